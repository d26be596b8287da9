/** Path lookups over a population of dentries (or objects of another cache), some of them kept referenced. */
import { nextBelow, nextChance } from '../../base/prng.ts';
import type { Operation } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import { pagesOf } from '../sizes.ts';
import type { Stream } from './draw.ts';
import { NEVER_DUE, type Player, type World } from './world.ts';
import { drawZipf, zipf } from './zipf.ts';

function cacheOf(name: string | undefined, caches: World['objectCaches']): number {
  return Math.max(
    0,
    caches.findIndex((cache) => cache.name === name),
  );
}

/** Objects an actor asks for. */
export function populationOf(
  actor: ActorOf<'dentries'>,
  pages: number,
  caches: World['objectCaches'],
): number {
  const perPage = caches[cacheOf(actor.cache, caches)]?.objectsPerSlab ?? 1;
  return Math.max(1, pagesOf(actor.population, pages) * perPage);
}

/**
 * The numbers of an actor's objects, nobody else's whatever their caches; with inodes every second one, the inode's
 * between them.
 */
function takeNumbers(world: World, population: number, paired: boolean): (place: number) => number {
  const { objects, pairs } = world;
  if (paired) {
    const base = pairs.next;
    pairs.next = base + 2 * population;
    return (place) => base + 2 * place;
  }
  const base = objects.next;
  objects.next = base + population;
  return (place) => base + place;
}

/** See ActorOf<'dentries'> in actor-schema.ts for what every parameter means. */
export function createDentries(
  actor: ActorOf<'dentries'>,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  const cache = cacheOf(actor.cache, world.objectCaches);
  const population = populationOf(actor, world.pages, world.objectCaches);
  const inode = actor.inodes === undefined ? undefined : cacheOf(actor.inodes, world.objectCaches);
  const numberOf = takeNumbers(world, population, inode !== undefined);
  const law = zipf(population, actor.skew);
  const mostHeld = Math.floor(population * actor.held);
  const held: number[] = [];
  const isHeld = new Uint8Array(population);
  let walked = 0;

  const choose = (): number => {
    if (actor.walk === 'zipf') return drawZipf(law, state);
    const object = walked;
    walked = (walked + 1) % population;
    return object;
  };

  const cpu = () => nextBelow(state, world.cpus);
  const drop = (op: 'objectPut' | 'objectFree', place: number): Operation => ({
    op,
    cache,
    object: numberOf(place),
    cpu: cpu(),
  });
  /** Objects are numbered level by level down a tree in which every directory has as many. */
  const ask = (op: 'objectGet' | 'objectLookup', place: number): Operation => ({
    op,
    cache,
    object: numberOf(place),
    ...(actor.directory > 0 && place > 0
      ? { parent: numberOf(Math.floor((place - 1) / actor.directory)) }
      : {}),
    ...(inode === undefined ? {} : { inode }),
    cpu: cpu(),
  });

  /** Opens and closes: about one access in eight, so that references wander over the population. */
  const openOrClose = (): Operation | undefined => {
    if (mostHeld === 0 || nextBelow(state, 8) !== 0) return undefined;
    if (held.length >= mostHeld) {
      const at = nextBelow(state, held.length);
      const place = held[at]!;
      held[at] = held[held.length - 1]!;
      held.pop();
      isHeld[place] = 0;
      return drop('objectPut', place);
    }
    const place = choose();
    if (isHeld[place]) return ask('objectLookup', place);
    isHeld[place] = 1;
    held.push(place);
    return ask('objectGet', place);
  };

  return {
    ...time,
    weight: actor.weight,
    isDue: NEVER_DUE,
    next: () => {
      const opened = openOrClose();
      if (opened !== undefined) return opened;
      const place = nextChance(state, actor.free) ? drawZipf(law, state) : -1;
      if (place >= 0 && !isHeld[place]) return drop('objectFree', place);
      return ask('objectLookup', choose());
    },
  };
}

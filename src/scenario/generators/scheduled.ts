/** Actors that act at set times: high-order requests, pins, writeback, and bursts of exits. */
import { nextBelow } from '../../base/prng.ts';
import { GFP_MASKS } from '../../engine/gfp.ts';
import { type Operation, REGIONS } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import { pagesOf, stepsOf } from '../sizes.ts';
import type { Stream } from './draw.ts';
import { addDue, createDueHeap, earliest, takeDue } from './due-heap.ts';
import { giveSlot, takeSlot } from './slots.ts';
import type { Player, World } from './world.ts';

interface Time {
  readonly from: number;
  readonly until: number;
}

/** A clock that rings at from, from + every, … */
function createClock(time: Time, every: number, world: World) {
  const period = Math.max(1, stepsOf(every, world.steps));
  let at = time.from;
  return {
    rings: (step: number) => step >= at && step < time.until,
    wind: (step: number) => {
      at = step + period;
    },
  };
}

/** Requests of one order, each held for a while. Blocks still held when its time is over are freed when due. */
export function createHighOrder(
  actor: ActorOf<'highOrder'>,
  world: World,
  state: Stream,
  time: Time,
): Player {
  const clock = createClock(time, actor.every, world);
  const hold = Math.max(1, stepsOf(actor.hold, world.steps));
  const held = createDueHeap();
  const gfp = GFP_MASKS[actor.gfp];
  let left = actor.count ?? Number.POSITIVE_INFINITY;
  return {
    from: time.from,
    until: world.end,
    weight: 0,
    isDue: (step) => (left > 0 && clock.rings(step)) || earliest(held) <= step,
    next: (step) => {
      const cpu = nextBelow(state, world.cpus);
      if (earliest(held) <= step) {
        const id = takeDue(held);
        giveSlot(world.allocations, id);
        return { op: 'free', id, cpu };
      }
      clock.wind(step);
      left--;
      const id = takeSlot(world.allocations);
      addDue(held, step + hold, id);
      return { op: 'alloc', id, order: actor.order, gfp, tag: actor.tag, cpu };
    },
  };
}

/** One page after the other that reclaim meets and must leave: mlocked, or held by an extra reference. */
export function createPins(actor: ActorOf<'pins'>, world: World, _state: Stream, time: Time): Player {
  const clock = createClock(time, actor.every, world);
  const queue: Operation[] = [];
  let pinned = 0;
  let process = -1;

  const lockPage = (): void => {
    const region = pinned % REGIONS;
    if (region === 0) {
      process = takeSlot(world.processes);
      queue.push({ op: 'spawn', process });
    }
    queue.push(
      { op: 'mapAnon', process, region, pages: 1 },
      { op: 'lock', process, region },
      { op: 'touch', process, region, page: 0, write: true },
    );
  };
  const pinFilePage = (): void => {
    const file = takeSlot(world.files);
    queue.push(
      { op: 'createFile', file, pages: 1 },
      { op: 'readFile', file, page: 0 },
      { op: 'pin', file, page: 0 },
    );
  };

  return {
    from: time.from,
    until: world.end,
    weight: 0,
    isDue: (step) => queue.length > 0 || (pinned < actor.count && clock.rings(step)),
    next: (step) => {
      if (queue.length === 0) {
        clock.wind(step);
        if (actor.target === 'mlock') lockPage();
        else pinFilePage();
        pinned++;
      }
      return queue.shift();
    },
  };
}

/** pdflush, as far as it shows: every so often dirty pages are written. */
export function createWriteback(
  actor: ActorOf<'writeback'>,
  world: World,
  _state: Stream,
  time: Time,
): Player {
  const clock = createClock(time, actor.every, world);
  const pages = Math.max(1, pagesOf(actor.pages, world.pages));
  return {
    ...time,
    weight: 0,
    isDue: clock.rings,
    next: (step) => {
      clock.wind(step);
      return { op: 'sync', pages };
    },
  };
}

/** A share of the live processes exits, one step each, before anybody else acts. */
export function createExitAll(actor: ActorOf<'exitAll'>, world: World, state: Stream, time: Time): Player {
  const clock = createClock(time, actor.every ?? 1, world);
  let rung = false;
  let left = 0;
  return {
    from: time.from,
    until: world.end,
    weight: 0,
    isDue: (step) => left > 0 || (clock.rings(step) && !(rung && actor.every === undefined)),
    next: (step) => {
      if (left === 0) {
        rung = true;
        clock.wind(step);
        left = Math.ceil(world.live.length * actor.share);
      }
      left = Math.min(left, world.live.length);
      if (left === 0) return undefined;
      left--;
      const process = world.live[nextBelow(state, world.live.length)]!;
      process.leave();
      return { op: 'exit', process: process.id, cpu: process.cpu };
    },
  };
}

/** A file population: read through or at random, written, mapped, replaced. */
import { ceilLog2 } from '../../base/bits.ts';
import { nextBelow, nextChance } from '../../base/prng.ts';
import { type Operation, REGIONS } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import type { Stream } from './draw.ts';
import { giveSlot, takeSlot } from './slots.ts';
import { drawPages, NEVER_DUE, type Player, type World } from './world.ts';
import { drawZipf, type Zipf, zipf } from './zipf.ts';

interface File {
  readonly id: number;
  readonly pages: number;
  /** Region of the mapping process, or -1. */
  region: number;
}

/** See ActorOf<'files'> in actor-schema.ts for what every parameter means. */
export function createFiles(
  actor: ActorOf<'files'>,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  const files: File[] = [];
  const queue: Operation[] = [];
  const regions: (File | undefined)[] = new Array<File | undefined>(REGIONS).fill(undefined);
  const popularity = zipf(actor.count, actor.skew);
  const laws: (Zipf | undefined)[] = [];
  let mapper = -1;
  let reading: { file: File; page: number; writes: boolean } | undefined;
  /** Place in `files` of the next one, where each is read in turn. */
  let turn = 0;
  const cpu = () => nextBelow(state, world.cpus);

  const create = (): Operation => {
    const file = { id: takeSlot(world.files), pages: drawPages(state, world, actor.size), region: -1 };
    files.push(file);
    return { op: 'createFile', file: file.id, pages: file.pages, cpu: cpu() };
  };

  const remove = (): Operation => {
    const [file] = files.splice(nextBelow(state, files.length), 1) as [File];
    if (reading?.file === file) reading = undefined;
    const gone: Operation = { op: 'deleteFile', file: file.id };
    if (file.region < 0) return gone;
    // Its number stays taken until the file is gone: another actor may act between the two.
    regions[file.region] = undefined;
    queue.unshift(gone);
    return { op: 'unmap', process: mapper, region: file.region };
  };

  /** A page by Zipf. Laws are shared by files of about one size: a table for every size would cost more than it tells. */
  const popularPage = (file: File): number => {
    const width = ceilLog2(file.pages);
    let law = laws[width];
    if (law === undefined) {
      law = zipf(1 << width, actor.skew);
      laws[width] = law;
    }
    return drawZipf(law, state) % file.pages;
  };

  const mapped = (file: File, page: number, write: boolean): Operation => {
    const touch = (): Operation => {
      const at = { process: mapper, region: file.region, page };
      return write ? { op: 'touch', ...at, write } : { op: 'touch', ...at };
    };
    if (file.region >= 0) return touch();
    const region = nextBelow(state, REGIONS);
    const before = regions[region];
    if (before !== undefined) {
      before.region = -1;
      queue.push({ op: 'unmap', process: mapper, region });
    }
    regions[region] = file;
    file.region = region;
    queue.push({ op: 'mapFile', process: mapper, region, file: file.id, pages: file.pages }, touch());
    return queue.shift()!;
  };

  const nextInTurn = (): File => {
    turn = turn < files.length ? turn : 0;
    return files[turn++]!;
  };

  const access = (): Operation => {
    let file = files[Math.min(files.length - 1, drawZipf(popularity, state))]!;
    let page: number;
    const isOnward = nextChance(state, actor.sequential);
    if (isOnward) {
      reading ??= { file: actor.walk === 'sequential' ? nextInTurn() : file, page: 0, writes: false };
      file = reading.file;
      page = reading.page++;
    } else {
      page = popularPage(file);
    }
    let write = nextChance(state, actor.write);
    if (isOnward && reading !== undefined) {
      if (page % actor.writeRun === 0) reading.writes = write;
      write = reading.writes;
      if (reading.page >= file.pages) reading = undefined;
    }
    if (actor.mmap > 0 && nextChance(state, actor.mmap)) {
      if (mapper >= 0) return mapped(file, page, write);
      mapper = takeSlot(world.processes);
      return { op: 'spawn', process: mapper };
    }
    return { op: write ? 'writeFile' : 'readFile', file: file.id, page, cpu: cpu() };
  };

  const begin = (): Operation => {
    if (files.length < actor.count) return create();
    return nextChance(state, actor.churn) ? remove() : access();
  };

  return {
    ...time,
    weight: actor.weight,
    isDue: NEVER_DUE,
    next: () => {
      const operation = queue.shift() ?? begin();
      if (operation.op === 'deleteFile') giveSlot(world.files, operation.file);
      return operation;
    },
  };
}

/** Processes that start, fork, grow, touch what they have, shrink and exit. */
import { nextBelow, nextChance } from '../../base/prng.ts';
import type { Operation } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import { pagesOf } from '../sizes.ts';
import { lowBelow, type Stream } from './draw.ts';
import { giveSlot, takeSlot } from './slots.ts';
import { drawPages, type LiveProcess, NEVER_DUE, type Player, type World } from './world.ts';

/** Region 0 is anonymous memory, regions 1.. the shared libraries. */
const HEAP = 0;

interface Process extends LiveProcess {
  readonly pages: number;
  /** Pages of the heap touched so far, from page 0 up. */
  touched: number;
  /** Touches left before it exits. */
  life: number;
  /** Touches left when it had grown full; 0 before. */
  lifeWhenFull: number;
  /** Whether the upper half was given back. */
  shrunk: boolean;
}

type Settings = ActorOf<'processes'>;

/** See {@link Settings} in actor-schema.ts for what every parameter means. */
export function createProcesses(
  actor: Settings,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  const members: Process[] = [];
  const libraries: { file: number; pages: number }[] = [];
  const queue: Operation[] = [];
  const libraryPages = Math.max(1, pagesOf(actor.librarySize, world.pages));
  for (let i = 0; i < actor.libraries; i++) {
    const file = takeSlot(world.files);
    libraries.push({ file, pages: libraryPages });
    queue.push({ op: 'createFile', file, pages: libraryPages });
  }

  const enter = (pages: number, touched: number, life: number): Process => {
    const id = takeSlot(world.processes);
    const member: Process = {
      id,
      cpu: id % world.cpus,
      pages,
      touched,
      life,
      lifeWhenFull: 0,
      shrunk: false,
      leave: () => {
        members.splice(members.indexOf(member), 1);
        world.live.splice(world.live.indexOf(member), 1);
        giveSlot(world.processes, id);
        for (let i = queue.length - 1; i >= 0; i--) {
          const queued = queue[i]!;
          if ('process' in queued && queued.process === id) queue.splice(i, 1);
        }
      },
    };
    members.push(member);
    world.live.push(member);
    return member;
  };

  const start = (): Operation => {
    if (members.length > 0 && nextChance(state, actor.fork)) {
      const parent = members[nextBelow(state, members.length)]!;
      const child = enter(parent.pages, parent.touched, 1 + Math.floor((parent.pages * actor.hold) / 2));
      child.shrunk = true;
      return { op: 'fork', process: parent.id, child: child.id, cpu: parent.cpu };
    }
    const pages = drawPages(state, world, actor.size);
    const growing = Math.ceil(pages / Math.max(0.1, 1 - actor.idle)) + 1;
    const life = Math.max(growing, Math.floor(pages * (1 + actor.hold) * (1 + actor.idle)));
    const { id: process, cpu } = enter(pages, 0, life);
    queue.push({ op: 'mapAnon', process, region: HEAP, pages, cpu });
    for (const [i, library] of libraries.entries()) {
      queue.push({ op: 'mapFile', process, region: i + 1, file: library.file, pages: library.pages, cpu });
    }
    return { op: 'spawn', process, cpu };
  };

  const growsNow = (p: Process): boolean => {
    if (p.touched >= p.pages || p.shrunk) return false;
    if (actor.curve === 'steady') return nextBelow(state, Math.max(1, p.life)) < p.pages - p.touched;
    return !nextChance(state, actor.idle);
  };

  const live = (p: Process): Operation => {
    const { id: process, cpu } = p;
    if (p.life <= 0) {
      p.leave();
      return { op: 'exit', process, cpu };
    }
    p.life--;
    if (p.touched === p.pages && p.lifeWhenFull === 0) p.lifeWhenFull = p.life;
    if (actor.curve === 'peak' && !p.shrunk && p.life * 2 < p.lifeWhenFull && p.touched > 1) {
      p.shrunk = true;
      const page = p.touched >> 1;
      const pages = p.touched - page;
      p.touched = page;
      return { op: 'zap', process, region: HEAP, page, pages, cpu };
    }
    if (growsNow(p)) return { op: 'touch', process, region: HEAP, page: p.touched++, write: true, cpu };
    if (p.touched === 0 || (libraries.length > 0 && nextBelow(state, 4) === 0)) {
      const i = libraries.length === 0 ? -1 : lowBelow(state, libraries.length);
      const library = libraries[i];
      if (library) {
        return { op: 'touch', process, region: i + 1, page: lowBelow(state, library.pages), cpu };
      }
    }
    const page = lowBelow(state, Math.max(1, p.touched));
    return nextChance(state, actor.write)
      ? { op: 'touch', process, region: HEAP, page, write: true, cpu }
      : { op: 'touch', process, region: HEAP, page, cpu };
  };

  return {
    ...time,
    weight: actor.weight,
    isDue: NEVER_DUE,
    next: () => {
      const queued = queue.shift();
      if (queued !== undefined) return queued;
      const missing = actor.live - members.length;
      // One start a few draws apart: a burst of empty processes would stand still together.
      if (missing > 0 && (members.length === 0 || nextBelow(state, 8) === 0)) return start();
      return live(members[nextBelow(state, members.length)]!);
    },
  };
}

/**
 * What became of each operation of a run, so that two runs of one workload can be laid side by side. An outcome is what
 * the workload meets (served or failed, read back, gone, an act the policy lacks) and which logical pages were its
 * victims; where pages were put is kept apart, since it differs at the first allocation.
 */
import { C } from '../engine/counters.ts';
import type { Machine } from '../engine/machine.ts';
import { EV, type EventLog } from '../engine/trace-event.ts';

/** Bits of an operation's fate. */
export const FATE = {
  failed: 1,
  served: 2,
  oom: 4,
  refault: 8,
  absent: 16,
  lacking: 32,
  evicted: 64,
} as const;

/** One entry an operation, beginning with operation `from`. */
export interface Outcomes {
  readonly from: number;
  /** Bits of {@link FATE}. */
  readonly fates: Uint8Array;
  /** Digest of the logical pages and kernel objects that were given up; 0 for none. Their order does not count. */
  readonly victims: Uint32Array;
  /** Digest of the page frames that were handed out or moved to; 0 for none. */
  readonly places: Uint32Array;
}

/** What outcomes need of a timeline. */
export interface OutcomeCourse {
  readonly machine: Machine;
  /** Operations of the log; read anew for every run. */
  length(): number;
  /** Takes the machine to a step. */
  seek(step: number): void;
  /** Applies the next operation and leaves its events in the machine's log. */
  step(): void;
}

export interface OutcomeRun {
  /** Operations told so far. */
  readonly done: number;
  /**
   * Goes on for at most `budget` operations. The machine may be elsewhere before, and is at `done` after.
   * @returns true when the end of the log is reached
   */
  run(budget: number): boolean;
  /** Forgets operations from `step` on, where the log has changed. */
  rewind(step: number): void;
  /** What is told of operations from `from` on, copied. */
  since(from: number): Outcomes;
}

/** Prepares to tell the outcomes of `course` from step 0. */
export function createOutcomeRun(course: OutcomeCourse): OutcomeRun {
  const { machine: m } = course;
  let fates = new Uint8Array(0);
  let victims = new Uint32Array(0);
  let places = new Uint32Array(0);
  let done = 0;

  const makeRoom = (length: number) => {
    if (fates.length >= length) return;
    const grown = Math.max(length, 1024);
    fates = longer(fates, new Uint8Array(grown));
    victims = longer(victims, new Uint32Array(grown));
    places = longer(places, new Uint32Array(grown));
  };

  return {
    get done() {
      return done;
    },
    run(budget) {
      const end = Math.min(course.length(), done + budget);
      makeRoom(course.length());
      course.seek(done);
      for (; done < end; done++) {
        const served = m.counters[C.highOrderServed]!;
        course.step();
        const told = outcomeOf(m.log);
        fates[done] = told.fate | (m.counters[C.highOrderServed]! > served ? FATE.served : 0);
        victims[done] = told.victims;
        places[done] = told.places;
      }
      return done >= course.length();
    },
    rewind(step) {
      done = Math.min(done, step);
    },
    since(from) {
      const first = Math.min(from, done);
      return {
        from: first,
        fates: fates.slice(first, done),
        victims: victims.slice(first, done),
        places: places.slice(first, done),
      };
    },
  };
}

function longer<T extends Uint8Array | Uint32Array>(column: T, into: T): T {
  into.set(column);
  return into;
}

/** The bit that an event of a type sets. */
const BIT_OF: Readonly<Partial<Record<number, number>>> = {
  [EV.allocFailed]: FATE.failed,
  [EV.poolFail]: FATE.failed,
  [EV.oomKill]: FATE.oom,
  [EV.refault]: FATE.refault,
  [EV.absent]: FATE.absent,
  [EV.notHere]: FATE.lacking,
};

/** Told by the events of one operation. */
function outcomeOf(log: EventLog): { fate: number; victims: number; places: number } {
  let fate = 0;
  let victims = 0;
  let places = 0;
  for (let i = 0; i < log.count; i++) {
    const type = log.type[i]!;
    fate |= BIT_OF[type] ?? 0;
    if (type === EV.drop || type === EV.objectFree) {
      if (type === EV.drop) fate |= FATE.evicted;
      victims = (victims + mixed(type, log.a[i]!, log.b[i]!)) >>> 0;
    } else if (type === EV.pageAlloc) {
      places = (places + mixed(type, log.pfn[i]!, log.order[i]!)) >>> 0;
    } else if (type === EV.movePage) {
      places = (places + mixed(type, log.pfn[i]!, log.a[i]!)) >>> 0;
    }
  }
  return { fate, victims, places };
}

/** A word from three numbers; sums of such words tell sets apart whatever their order. */
function mixed(a: number, b: number, c: number): number {
  let x = Math.imul(b ^ (a << 24), 0x9e3779b1) ^ Math.imul(c + 1, 0x85ebca77);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  x ^= x >>> 12;
  x = Math.imul(x, 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 0 || 1;
}

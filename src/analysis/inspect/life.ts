/**
 * The life story of a page frame, gathered while its machine runs: a watch listens to the events of each operation,
 * tells those that concern the frame, and at the operation's end what changed in it without an event of its own
 * (a present page touched, an array drained by cache_reap).
 */
import { count, hex } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { eventAt, type TraceEvent } from '../../engine/trace-event.ts';
import { freeBlockOf } from './block.ts';
import { concerns, isTransfer } from './concerns.ts';
import { factsOf, stateLines } from './life-changes.ts';
import { type LifeLine, line, type RawLine } from './life-line.ts';
import { lifeText } from './life-text.ts';
import { lookOf } from './look.ts';
import { contentWords } from './owner.ts';

/** Event types that are told as how often, not each. */
const FOLDS: Partial<Record<TraceEvent['type'], RawLine['fold']>> = {
  access: 'touch',
  split: 'buddy',
  merge: 'buddy',
  listAdd: 'buddy',
  scanSlab: 'scan',
  keep: 'scan',
};

/** Events that say where a frame goes better than the buddy steps that lead to them. */
const OUTRANKS_BUDDY: ReadonlySet<LifeLine['type']> = new Set([
  'pageAlloc',
  'pageFree',
  'cacheGrow',
  'slabDestroy',
  'stranded',
  'pcpRefill',
  'pcpDrain',
]);

export interface LifeWatch {
  /** Records what operation `op` does to the frame while `run` applies it; `whole` false when it stops half-way. */
  during(op: number, run: () => void, whole?: boolean): RawLine[];
}

/** Watches one frame of a machine. Only one watch may listen at a time. */
export function watchFrame(m: Machine, pfn: Pfn): LifeWatch {
  return {
    during(op, run, whole = true) {
      const before = factsOf(m, pfn);
      const lines: RawLine[] = [];
      let kind = before.kind;
      m.log.heard = (i) => {
        // most events are of other frames: look at the columns before a record is made of one
        const type = m.log.type[i]!;
        const named = concerns(m, type, m.log.pfn[i]!, m.log.order[i]!, m.log.a[i]!, pfn);
        if (!named && !(isTransfer(type) && m.kind[pfn] !== kind)) return;
        kind = m.kind[pfn]!;
        lines.push(eventLine(m, pfn, op, i));
      };
      try {
        run();
      } finally {
        m.log.heard = null;
      }
      if (whole) lines.push(...stateLines(m, pfn, op, before, factsOf(m, pfn), lines));
      return withoutMechanism(lines);
    },
  };
}

/** Leaves out buddy steps that lead straight to a line which says where the frame went. */
function withoutMechanism(lines: readonly RawLine[]): RawLine[] {
  let leads = false;
  return lines
    .toReversed()
    .filter((one) => {
      if (one.fold !== 'buddy') leads = OUTRANKS_BUDDY.has(one.type);
      return one.fold !== 'buddy' || !leads;
    })
    .toReversed();
}

function eventLine(m: Machine, pfn: Pfn, op: number, i: number): RawLine {
  const event = eventAt(m.log, i);
  const { text, fn } = lifeText(event, m, pfn);
  return line(op, op, i + 1, event.type, text, fn, lookOf(m, pfn), FOLDS[event.type] ?? null);
}

/** The line of step 0, after boot. */
export function bootLine(m: Machine, pfn: Pfn): RawLine {
  const block = freeBlockOf(m, pfn);
  const text = block
    ? `Part of a free block of order ${block.order} after boot: ${hex(block.pfn)} to ${hex(block.pfn + (1 << block.order) - 1)}`
    : `After boot: ${contentWords(m, pfn)}`;
  return {
    ...line(-1, 0, 0, 'boot', text, block ? 'free_all_bootmem' : 'reserve_bootmem', lookOf(m, pfn)),
    since: 0,
  };
}

/** Folds lines of the same sort in a row: the last stands for all of them. */
export function foldLines(lines: readonly RawLine[]): RawLine[] {
  const folded: RawLine[] = [];
  for (const next of lines) {
    const last = folded[folded.length - 1];
    if (!last || next.fold === null || last.fold !== next.fold) {
      folded.push(next);
      continue;
    }
    folded[folded.length - 1] = {
      ...next,
      times: last.times + next.times,
      since: last.since,
      firstOp: last.firstOp,
    };
  }
  return folded.map((one) =>
    one.fold === 'touch' && one.times > 1 ? { ...one, text: touchedWords(one) } : one,
  );
}

function touchedWords({ times, step, event }: RawLine): string {
  return `Touched ${count(times)} times, last at step ${count(event === 0 ? step : step + 1)}`;
}

/** A line as it is told. */
export function toldLine({ step, event, type, text, fn, look, times, since }: RawLine): LifeLine {
  return { step, event, type, text, fn, look, times, since };
}

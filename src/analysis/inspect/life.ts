/**
 * The life story of a page frame, gathered while its machine runs: a watch listens to the events of each operation,
 * tells those that concern the frame, and at the operation's end what changed in it without an event of its own
 * (a present page touched, an array drained by cache_reap).
 */
import { count, hex, plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { eventAt, type TraceEvent } from '../../engine/trace-event.ts';
import { SHOWN_MOD } from '../picture.ts';
import { freeBlockOf } from './block.ts';
import { concerns, isTransfer } from './concerns.ts';
import { lifeText } from './life-text.ts';
import { lookOf } from './look.ts';
import { contentWords } from './owner.ts';

/** One line of a frame's life. `step` and `event` are the position just after it, to seek to. */
export interface LifeLine {
  readonly step: number;
  readonly event: number;
  /** Event type; `state` where the frame changed without an event of its own; `boot` for the beginning. */
  readonly type: TraceEvent['type'] | 'state' | 'boot';
  /** At most 80 characters, present tense. */
  readonly text: string;
  readonly fn: string;
  /** State byte of the frame then, as the grid draws it. */
  readonly look: number;
  /** Lines like it in a row that it stands for, itself the last of them, and the position's step of the first. */
  readonly times: number;
  readonly since: number;
}

/** A line with the operation it happened in, and what it may be folded with. */
export interface RawLine extends LifeLine {
  readonly op: number;
  readonly firstOp: number;
  readonly fold: 'touch' | 'buddy' | 'scan' | null;
}

/** Characters a line may have. */
export const LIFE_TEXT = 80;

/** What is compared at an operation's end. */
interface Facts {
  readonly kind: number;
  readonly owner: number;
  readonly flags: number;
  readonly mapcount: number;
  readonly allocOp: number;
  readonly lastTouch: number;
  readonly look: number;
}

function factsOf(m: Machine, pfn: Pfn): Facts {
  return {
    kind: m.kind[pfn]!,
    owner: m.owner[pfn]!,
    flags: m.flags[pfn]!,
    mapcount: m.mapcount[pfn]!,
    allocOp: m.allocOp[pfn]!,
    lastTouch: m.lastTouch[pfn]!,
    look: lookOf(m, pfn),
  };
}

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

function line(
  op: number,
  step: number,
  event: number,
  type: LifeLine['type'],
  text: string,
  fn: string,
  look: number,
  fold: RawLine['fold'] = null,
): RawLine {
  const short = text.length <= LIFE_TEXT ? text : `${text.slice(0, LIFE_TEXT - 1)}…`;
  return { op, firstOp: op, step, event, type, text: short, fn, look, times: 1, since: step, fold };
}

/** What the operation did to the frame that no event of the frame's own has told. */
function stateLines(
  m: Machine,
  pfn: Pfn,
  op: number,
  was: Facts,
  now: Facts,
  told: readonly RawLine[],
): RawLine[] {
  const lines: RawLine[] = [];
  const say = (text: string, fn: string, fold: RawLine['fold'] = null) =>
    lines.push(line(op, op + 1, 0, 'state', text, fn, now.look, fold));
  const isSame = was.kind === now.kind && was.owner === now.owner && was.allocOp === now.allocOp;
  if (isSame && (now.kind === PAGE.anon || now.kind === PAGE.file)) {
    userChanges(was, now, told, say);
  } else if (isSame && was.lastTouch !== now.lastTouch && told.length === 0) {
    say('Touched: an object on it is looked up', 'd_lookup', 'touch');
  }
  const shown = lines.at(-1)?.look ?? told.at(-1)?.look ?? was.look;
  if (shown !== now.look) say(...lookChange(m, pfn, shown, now.look));
  return lines;
}

type Say = (text: string, fn: string, fold?: RawLine['fold']) => void;

function userChanges(was: Facts, now: Facts, told: readonly RawLine[], say: Say): void {
  const has = (...types: LifeLine['type'][]) => told.some((one) => types.includes(one.type));
  const touched = was.lastTouch !== now.lastTouch;
  // what reclaim marks dirty for swap was not written by anybody
  const dirtied = touched && !(was.flags & FLAG.dirty) && (now.flags & FLAG.dirty) !== 0;
  const mappings = now.mapcount - was.mapcount;
  const byFault = told.filter((one) => one.type === 'fault').length;
  if (dirtied && !has('fault', 'pageAlloc')) {
    say('Written: dirty, so whoever discards it must write it first', 'set_page_dirty');
  } else if (touched && !has('fault', 'access', 'activate', 'pageAlloc')) {
    say('Touched through its mapping', 'mark_page_accessed', 'touch');
  }
  if (mappings > byFault) {
    say(`Shared by a fork: ${plural(now.mapcount, 'mapping')} now`, 'copy_page_range');
  } else if (mappings < byFault && !has('unmap')) {
    const left = now.mapcount === 0 ? 'nobody maps it now' : `${plural(now.mapcount, 'mapping')} left`;
    say(`A mapping goes: ${left}`, 'page_remove_rmap');
  }
  if (was.flags & FLAG.active && !(now.flags & FLAG.active) && now.flags & FLAG.lru && !has('keep')) {
    say('Moves to the inactive list: it has grown cold', 'refill_inactive_zone');
  }
}

/** A change of the picture that nothing else accounts for. */
function lookChange(m: Machine, pfn: Pfn, was: number, now: number): [text: string, fn: string] {
  const changed = was ^ now;
  if (changed & 0x0f)
    return [`Now ${contentWords(m, pfn)}`, m.kind[pfn] === PAGE.slabIdle ? 'free_block' : ''];
  if (changed & SHOWN_MOD.pinned) {
    return now & SHOWN_MOD.pinned
      ? ['Held where it is: a region that maps it is locked', 'mlock_fixup']
      : ['No longer held where it is', 'mlock_fixup'];
  }
  return now & SHOWN_MOD.referenced
    ? ['Marked as used', 'mark_page_accessed']
    : ['Its mark of use is cleared', 'page_referenced'];
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

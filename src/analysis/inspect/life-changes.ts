/** What an operation changes in a page frame without an event of the frame's own: told from before and after. */
import { plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { SHOWN_MOD } from '../shown.ts';
import { type LifeLine, line, type RawLine } from './life-line.ts';
import { lookOf } from './look.ts';
import { contentWords } from './owner.ts';

/** What is compared at an operation's end. */
export interface Facts {
  readonly kind: number;
  readonly owner: number;
  readonly flags: number;
  readonly mapcount: number;
  readonly allocOp: number;
  readonly lastTouch: number;
  readonly look: number;
}

/** The frame as it is now. */
export function factsOf(m: Machine, pfn: Pfn): Facts {
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

/** What the operation did to the frame that no event of the frame's own has told. */
export function stateLines(
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

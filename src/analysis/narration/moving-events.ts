/** Sentences for page moving: the scan for a window, its pages' moves, the page that keeps it. */
import type { TraceEvent } from '../../engine/trace-event.ts';
import { pointerTo } from '../pointer-words.ts';
import type { EventSaying } from './allocation-events.ts';
import { count, hex, kindWords, plural, reasonWords } from './words.ts';

const SCAN_RULE = 'Page moving looks for a window in which every page is free or can be moved.';
const MOVE_RULE = 'The pages of the chosen window move to free frames outside it, the easy ones first.';

export const movingEvents = {
  scanWindow: (e, m) => {
    if (e.b === 0)
      return {
        rule: SCAN_RULE,
        fn: 'defrag_scan',
        texts: [`Window ${hex(e.pfn)} is looked at: ${plural(e.a, 'page')} to move`],
      };
    const obstacle = e.b - 1;
    const pointer = pointerTo(m, obstacle);
    const what = kindWords(m.kind[obstacle]!);
    return {
      rule:
        pointer === null
          ? `This scheme moves other pages: ${hex(obstacle)} is ${what}.`
          : `${hex(obstacle)} is ${what}. ${pointer} leads to it: nobody can find and change that pointer.`,
      fn: 'defrag_scan',
      texts: [
        ...(pointer === null ? [] : [`${hex(obstacle)} keeps window ${hex(e.pfn)}: ${pointer}`]),
        `Window ${hex(e.pfn)} stays: ${hex(obstacle)} is ${what}`,
      ],
    };
  },
  chooseWindow: (e) => ({
    rule: MOVE_RULE,
    fn: 'defrag_scan',
    texts: [
      `Window ${hex(e.pfn)} is chosen of ${count(e.b)}: ${plural(e.a, 'page')} to move`,
      `Window ${hex(e.pfn)} is chosen`,
    ],
  }),
  windowFreed: (e) => ({
    rule: MOVE_RULE,
    fn: 'defrag_block',
    texts: [
      `Window ${hex(e.pfn)} is free: ${plural(e.a, 'page')} moved, ${plural(e.b, 'PTE')} changed`,
      `Window ${hex(e.pfn)} is free: ${plural(e.a, 'page')} moved`,
    ],
  }),
  windowKept: (e) => ({
    rule: 'One page that cannot move keeps its window: what moved before was copied for nothing.',
    fn: 'defrag_block',
    texts: [
      `Window ${hex(e.pfn)} stays: ${reasonWords(e.reason)}; ${plural(e.a, 'copy', 'copies')} for nothing`,
      `Window ${hex(e.pfn)} stays: ${plural(e.a, 'copy', 'copies')} for nothing`,
    ],
  }),
  noWindow: (e) => ({
    rule: SCAN_RULE,
    fn: 'defrag_scan',
    texts: [
      ...(e.reason === 'noMemory' ? [`Too few pages are free to move a window of order ${e.order} to`] : []),
      `None of ${plural(e.a, 'window')} of order ${e.order} can be emptied by moving`,
      `No window of order ${e.order} can be emptied by moving`,
    ],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;

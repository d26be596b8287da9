/** Sentences for the events of reclaim: kswapd, direct reclaim, one slab's reclaim, shrinkers, the OOM killer. */
import { duration } from '../../base/text.ts';
import type { Machine } from '../../engine/machine.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import { weighsChildren } from '../../engine/user/children.ts';
import { oomVictim, scoresHeldPages } from '../../engine/user/oom-score.ts';
import type { EventSaying } from './allocation-events.ts';
import { count, hex, objectCacheWords, plural, reasonWords, sentence, zoneWords } from './words.ts';

const hasSlabs = (m: Machine): boolean => m.config.policy.name === 'order0-slab';

const LRU_RULE = 'LRU reclaim takes the coldest pages, wherever they lie.';
const SLAB_RULE = 'One slab is chosen and every page in it must go.';
const GROUP_RULE = 'A block above the slab order needs neighbouring slabs, all of them empty.';
const DAEMON_RULE = 'The daemon wakes when an order runs short or a request fails, and has a budget.';
const KSWAPD_RULE = 'kswapd works from the low watermark up to the high one.';

export const reclaimEvents = {
  kswapdWake: (e, m) => ({
    rule: KSWAPD_RULE,
    fn: 'wakeup_kswapd',
    texts: [`kswapd wakes for ${zoneWords(m, e.a)}: its low mark is reached`],
  }),
  kswapdSleep: (e) => ({
    rule: KSWAPD_RULE,
    fn: 'balance_pgdat',
    texts: [`kswapd goes to sleep: ${plural(e.a, 'page')} freed`],
  }),
  directReclaimBegin: (e) => ({
    rule: LRU_RULE,
    fn: 'try_to_free_pages',
    texts: [`Direct reclaim begins: order ${e.order} is wanted`],
  }),
  directReclaimEnd: (e) => ({
    rule: LRU_RULE,
    fn: 'try_to_free_pages',
    texts:
      e.order > 0 && e.a > 0
        ? [
            `Direct reclaim frees ${plural(e.a, 'page')} in ${plural(e.b, 'window')} of order ${e.order}`,
            `Direct reclaim frees ${plural(e.a, 'page')}`,
          ]
        : [`Direct reclaim frees ${plural(e.a, 'page')}`],
  }),
  scanSlab: (e) => ({
    rule: 'The daemon counts clean file pages in MAX_DEFRAG_SCAN slabs.',
    fn: 'defrag_scan',
    texts: [
      `Slab ${hex(e.pfn)} is looked at: ${count(e.a)} of ${count(e.b)} used pages are clean`,
      `Slab ${hex(e.pfn)} is looked at: ${plural(e.a, 'clean page')}`,
    ],
  }),
  chooseSlab: (e) => ({
    rule: 'The best of the slabs scanned is taken, not the best of all.',
    fn: 'defrag_scan',
    texts: [
      `Slab ${hex(e.pfn)} is chosen: ${plural(e.a, 'clean page')}${bestOfAll(e)}`,
      `Slab ${hex(e.pfn)} is chosen: ${plural(e.a, 'clean page')}`,
    ],
  }),
  scanGroup: (e) => ({
    rule: GROUP_RULE,
    fn: 'defrag_scan',
    texts: [
      `Group ${hex(e.pfn)} is looked at: ${plural(e.a, 'page')} of it need no writing`,
      `Group ${hex(e.pfn)} is looked at`,
    ],
  }),
  chooseGroup: (e) => ({
    rule: GROUP_RULE,
    fn: 'defrag_scan',
    texts: [
      `Group ${hex(e.pfn)} of order ${e.order} is chosen: ${plural(e.b, 'slab')} to empty`,
      `Group ${hex(e.pfn)} is chosen`,
    ],
  }),
  groupRefused: (e) => ({
    rule: 'One page that stays keeps its slab, and the slab keeps the whole group.',
    fn: 'defrag_slab',
    texts: [`Group ${hex(e.pfn)} stays: slab ${hex(e.a)} cannot be emptied`, `Group ${hex(e.pfn)} stays`],
  }),
  daemonWake: (e) => ({
    rule: DAEMON_RULE,
    fn: 'defragd',
    texts: [
      `The daemon wakes: ${plural(e.a, 'block')} of order ${e.order} free, ${count(e.b)} wanted`,
      `The daemon wakes: too few blocks of order ${e.order}`,
    ],
  }),
  daemonSleep: (e) => ({
    rule: DAEMON_RULE,
    fn: 'defragd',
    texts: [
      `The daemon sleeps: ${plural(e.a, 'block')} freed, ${plural(e.b, 'page')} looked at`,
      `The daemon sleeps: ${plural(e.a, 'block')} freed`,
    ],
  }),
  unmap: (e) => ({
    rule: 'rmap leads from a page to every PTE that maps it.',
    fn: 'try_to_unmap',
    texts: [
      e.a === 1
        ? `${hex(e.pfn)}: its one mapping is removed`
        : `${hex(e.pfn)}: its ${plural(e.a, 'mapping')} are removed`,
    ],
  }),
  drop: (e) => ({
    rule: 'A page that nobody maps, whose content is kept elsewhere, leaves its cache.',
    fn: '__remove_from_page_cache',
    texts: [`${hex(e.pfn)}: no mapping left, dropped`],
  }),
  writePage: (e) => ({
    rule: 'A dirty page is written to its file before its frame is free.',
    fn: 'pageout',
    texts: [`${hex(e.pfn)}: dirty file page, written to its file`],
  }),
  swapPage: (e) => ({
    rule: 'An anonymous page has no file: it goes to swap.',
    fn: 'swap_writepage',
    texts: [`${hex(e.pfn)}: anonymous page, written to swap slot ${count(e.a)}`],
  }),
  movePage: (e) => ({
    rule: 'A user page is moved by copying it and changing every PTE that maps it.',
    fn: 'migrate_pages',
    texts: [
      `${hex(e.pfn)} is moved to ${hex(e.a)}: ${plural(e.b, 'PTE')} changed`,
      `${hex(e.pfn)} is moved to ${hex(e.a)}`,
    ],
  }),
  refuse: (e, m) => ({
    rule: hasSlabs(m)
      ? 'One page that cannot go keeps its whole slab.'
      : 'One page that cannot go keeps its whole window.',
    fn: e.reason === 'mlocked' ? 'try_to_unmap' : hasSlabs(m) ? 'defrag_slab' : 'defrag_block',
    texts: [`${hex(e.pfn)} cannot go: ${reasonWords(e.reason)}`],
  }),
  clearObjects: (e) => ({
    rule: 'The extended shrinker is told one slab and clears all objects in it.',
    fn: 'set_shrinker',
    texts: [`${hex(e.pfn)}: ${plural(e.a, 'object')} cleared by the shrinker`],
  }),
  slabRefused: (e) => ({
    rule: 'What was evicted from a slab that stays was evicted for nothing.',
    fn: 'defrag_slab',
    texts: [
      e.b > 0
        ? `Slab ${hex(e.pfn)} stays: ${plural(e.b, 'page')} moved for nothing`
        : e.a === 0
          ? `Slab ${hex(e.pfn)} stays: nothing was evicted from it`
          : `Slab ${hex(e.pfn)} stays: ${plural(e.a, 'page')} lost for nothing`,
    ],
  }),
  slabDiscarded: (e) => ({
    rule: SLAB_RULE,
    fn: 'slab_destroy',
    texts: [
      `Slab ${hex(e.pfn)} emptied: ${e.b > 0 ? `${plural(e.b, 'page')} moved` : `${plural(e.a, 'page')} evicted`}, order ${e.order} returned`,
      `Slab ${hex(e.pfn)} emptied: order ${e.order} returned`,
    ],
  }),
  slabReclaimEnd: (e) => ({
    rule: SLAB_RULE,
    fn: 'defrag_slab',
    texts: [
      e.a === 0
        ? 'A slab was empty already: it goes back, nothing is evicted'
        : `Slab reclaim ends: ${plural(e.a, 'slab')} tried, ${e.b === 1 ? 'one block freed' : 'no block freed'}`,
    ],
  }),
  noCandidate: (e) => ({
    rule: 'A slab with no page that could go is no candidate.',
    fn: 'defrag_scan',
    texts: [
      e.a === 0 ? 'No candidate among the slabs' : `No candidate among the ${plural(e.a, 'slab')} looked at`,
    ],
  }),
  keep: (e) => ({
    rule: LRU_RULE,
    fn: 'shrink_list',
    texts: [`${hex(e.pfn)} is kept: ${reasonWords(e.reason)}`],
  }),
  activate: (e) => ({
    rule: 'A page used twice moves to the active list.',
    fn: 'activate_page',
    texts: [
      `${hex(e.pfn)} joins the active list: ${e.reason === 'none' ? 'it is used again' : reasonWords(e.reason)}`,
      `${hex(e.pfn)} joins the active list`,
    ],
  }),
  deactivate: (e, m) => ({
    rule: 'The active list gives its coldest pages to the inactive one.',
    fn: 'refill_inactive_zone',
    texts: [
      e.a === 0
        ? `No page of ${zoneWords(m, e.b)} leaves the active list`
        : `${sentence(plural(e.a, 'page'))} of ${zoneWords(m, e.b)} to the inactive list`,
    ],
  }),
  writebackStart: (e) => ({
    rule: 'LRU reclaim queues a write and takes the page when it has ended.',
    fn: 'pageout',
    texts: [`${hex(e.pfn)}: write queued, ends at ${duration(e.a * 1000)}`, `${hex(e.pfn)}: write queued`],
  }),
  writebackEnd: (e) => ({
    rule: 'A page under writeback is free to go when its write has ended.',
    fn: 'end_page_writeback',
    texts: [`${hex(e.pfn)}: its write has ended`],
  }),
  shrinkSlab: (e, m) => ({
    rule: 'The stock shrinker is told a number, not a slab.',
    fn: 'shrink_slab',
    texts: [
      `${objectCacheWords(m, e.a)} shrinker looks at ${plural(e.b, 'object')}`,
      `A shrinker looks at ${plural(e.b, 'object')}`,
    ],
  }),
  oomKill: (e, m) => ({
    rule: oomRule(m),
    fn: scoresHeldPages(m) ? 'oom_badness' : 'badness',
    texts: [
      ...nextInLine(e, m),
      `Process ${count(e.a)} is killed: out of memory, score ${count(e.b)}`,
      `Process ${count(e.a)} is killed: out of memory`,
    ],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;

function oomRule(m: Machine): string {
  if (scoresHeldPages(m))
    return 'The score is what a process holds: resident pages, swap and page tables. The highest dies.';
  return weighsChildren(m)
    ? 'The score is virtual pages, with half of the children’s, over the fourth root of the run time. The oldest child of the highest dies first.'
    : 'The score is virtual pages over the fourth root of the run time. The highest dies.';
}

/** A kill with the process that was next in line, where one still runs. */
function nextInLine(e: TraceEvent, m: Machine): string[] {
  const next = oomVictim(m);
  if (next === null) return [];
  return [
    `Process ${count(e.a)} is killed: out of memory, score ${count(e.b)}; next is process ${count(next.process)} with ${count(next.score)}`,
  ];
}

/** How the slab chosen compares with the best of all slabs, where that was looked up. */
function bestOfAll(e: TraceEvent): string {
  if (e.b < 0) return '';
  return e.b === e.a ? ', no slab has more' : `, the best of all has ${count(e.b)}`;
}

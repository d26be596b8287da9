/** The shape of `order0 why --json`, checked against {@link WhyInFull} by the compiler. */
import * as v from 'valibot';
import type { WhyInFull } from '../../analysis/why-report.ts';
import { POLICY_IDS } from '../../engine/config.ts';
import { countOf, index, list, text } from './parts.ts';

const nanoseconds = (what: string) => v.pipe(v.nullable(countOf('ns')), v.description(what));

const blocker = v.strictObject({
  kind: text('What keeps the window: "knoreclaim", "live object", "mlocked", "boot", ...'),
  pages: countOf('Pages of that kind.'),
  owner: text('Who holds them.'),
  pfn: countOf('The first of them.'),
  pointer: v.pipe(
    v.nullable(v.string()),
    v.description('Who keeps the address of the first, for a kernel page.'),
  ),
});

const window = v.strictObject({
  pfn: countOf('First page frame, a multiple of 2^order.'),
  order: countOf('Order of the window.'),
  zone: text('Zone it lies in.'),
  free: countOf('Pages on buddy lists and idle in slabs.'),
  reclaimable: countOf('Pages that could be evicted.'),
  blocking: countOf('Pages that could not; free + reclaimable + blocking = 2^order.'),
  drop: countOf('Reclaimable pages that need no writing.'),
  write: countOf('Reclaimable pages to be written to a file.'),
  swap: countOf('Reclaimable pages to be written to swap.'),
  costNs: nanoseconds('Price of emptying the window; null where it is blocked.'),
  movable: countOf('Pages that could be moved elsewhere.'),
  moveCostNs: nanoseconds('Price of moving them; null where a page can neither move nor be cleared.'),
  blockers: list(blocker, 'What blocks it.'),
  owner: text('One of the three caches, "loose" or "boot".'),
  reason: text('What blocks it in short; empty where nothing does.'),
});

const answer = v.strictObject({
  question: text('Plain question.'),
  answer: text('Short answer.'),
  tone: v.picklist(['yes', 'no', 'open']),
  detail: text('The fact with its number.'),
  fn: text('Kernel function that decides it.'),
  pfn: v.exactOptional(countOf('The window the detail speaks of.')),
});

const means = v.strictObject({
  policy: v.picklist(POLICY_IDS),
  means: text('How the policy goes about it.'),
  emptiable: countOf('Windows, or slabs, it could empty now.'),
  obtainable: countOf('Aligned blocks of the order it could have if all it can reclaim or move went.'),
  cheapest: v.pipe(
    v.nullable(
      v.strictObject({
        pfn: countOf('First page of what is emptied.'),
        order: countOf('Its order: that of the request, or of the slab around it.'),
        costNs: countOf('ns'),
        drop: countOf('Clean file pages dropped.'),
        write: countOf('File pages written.'),
        swap: countOf('Pages written to swap.'),
        move: countOf('Pages moved.'),
        objects: countOf('Objects cleared.'),
      }),
    ),
    v.description('The cheapest for that policy; null where it has none.'),
  ),
});

export const whySchema = v.strictObject({
  order: countOf('Order of the request.'),
  step: countOf('Operations applied.'),
  reason: text('The reason in one sentence.'),
  wouldSucceed: v.pipe(v.boolean(), v.description('Whether the request would be served now.')),
  tree: list(answer, 'The reason tree.'),
  windows: list(window, 'Every aligned window of the order, cheapest first, blocked ones last.'),
  emptiable: countOf('Windows that could be emptied.'),
  blockedBy: list(
    v.strictObject({ kind: text('Kind of the first blocker.'), windows: countOf('Windows it blocks.') }),
    'Windows that could not be emptied, by what blocks them.',
  ),
  cheapest: v.pipe(
    v.nullable(window),
    v.description('The window cheapest to empty; null where there is none.'),
  ),
  unusableIndex: index,
  fragIndex: index,
  indexText: text('What the fragmentation index says, beside the watermark.'),
  outlook: v.pipe(
    v.strictObject({
      windows: countOf('Aligned blocks of the order.'),
      obtainable: countOf('Those without a page that stays whatever the policy does.'),
    }),
    v.description('What reclaim to exhaustion could obtain.'),
  ),
  byPolicy: list(means, 'What each policy could do about the pages as they lie.'),
  indexNote: text('What the fragmentation index leaves unsaid here.'),
}) satisfies v.GenericSchema<unknown, WhyInFull>;

/** The whole answer to "why did this fail, and what would it cost": `order0 why`, `window.order0.why`, the why panel. */
import { idiv } from '../base/bits.ts';
import { count, plural, thousandths } from '../base/text.ts';
import { freeByOrder } from '../engine/buddy.ts';
import type { Machine } from '../engine/machine.ts';
import { countObtainable } from './obtainable.ts';
import { type AskedRequest, explainOrder } from './why.ts';
import { policyMeans } from './why-policies.ts';
import type { WhyInFull, WhyReport, WhyWindow } from './why-report.ts';

/**
 * {@link explainOrder} with its windows sorted by cost, the five policies' means, and what the fragmentation index
 * leaves unsaid. Looks at every page once a policy: for a person's question, not for every frame.
 */
export function explainInFull(m: Machine, order: number, step: number, asked?: AskedRequest): WhyInFull {
  const report = explainOrder(m, order, step, asked);
  return {
    ...report,
    windows: [...report.windows].sort(byCost),
    outlook: countObtainable(m, order),
    byPolicy: policyMeans(m, order),
    indexNote: indexNote(m, report),
  };
}

/** Cheapest first; blocked windows last, those with the fewest blocking pages before the others; then by address. */
function byCost(a: WhyWindow, b: WhyWindow): number {
  return (
    (a.costNs ?? Number.MAX_SAFE_INTEGER) - (b.costNs ?? Number.MAX_SAFE_INTEGER) ||
    a.blocking - b.blocking ||
    a.pfn - b.pfn
  );
}

/** What the fragmentation index (Linux 6.12 mm/vmstat.c, __fragmentation_index) does not say at this moment. */
function indexNote(m: Machine, { order, fragIndex }: WhyReport): string {
  const rows = m.config.zones.map((_, zone) => freeByOrder(m, zone));
  const sum = (of: (blocks: number, k: number) => number) =>
    rows.reduce((total, row) => total + row.reduce((inRow, n, k) => inRow + of(n, k), 0), 0);
  const free = sum((n, k) => n * (1 << k));
  const size = 1 << order;
  if (fragIndex === -1000)
    return `A free block of order ${order} or more exists, so the index says nothing else.`;
  if (free === 0) return 'No page is free, and the index has nothing to weigh.';
  if (free < size && fragIndex >= 500)
    return (
      `The index, ${thousandths(fragIndex)}, reads as fragmentation, and that is its known flaw: ` +
      `${plural(free, 'free page')} cannot make a block of ${count(size)} however they lie.`
    );
  const blocks = sum((n) => n);
  return (
    `The index compares ${plural(free, 'free page')} in ${plural(blocks, 'block')} with ${count(size)} pages asked: ` +
    `enough for ${plural(idiv(free, size), 'block')} were they together. It counts neither what could be reclaimed nor the watermark.`
  );
}

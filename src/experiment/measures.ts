/** The figures people ask an experiment for first, in words; all others go by their name alone. */

export interface Measure {
  /** Name among a run's figures. */
  readonly name: string;
  readonly title: string;
  /** `pages`, `ns`, …; empty for a plain number. */
  readonly unit: string;
  /** Which end is better; null where neither is. */
  readonly better: 'more' | 'less' | null;
}

const measure = (name: string, title: string, unit: string, better: Measure['better']): Measure => ({
  name,
  title,
  unit,
  better,
});

export const MEASURES: readonly Measure[] = [
  measure('servedShare', 'Share of requests above order 0 that were served', '', 'more'),
  measure('failed', 'Requests above order 0 that failed', 'requests', 'less'),
  measure('largestFreeOrder', 'Largest free order at the end', 'order', 'more'),
  measure('blocksMade', 'Blocks that reclaim made', 'blocks', 'more'),
  measure('pagesEvicted', 'Pages evicted', 'pages', 'less'),
  measure('evictedForNothing', 'Pages evicted for nothing', 'pages', 'less'),
  measure('pagesWritten', 'Dirty file pages written', 'pages', 'less'),
  measure('pagesSwapped', 'Pages swapped out', 'pages', 'less'),
  measure('ioPages', 'Pages written or swapped', 'pages', 'less'),
  measure('ioPerBlock', 'Pages written or swapped for each block made', 'pages', 'less'),
  measure('movesPages', 'Pages moved', 'pages', 'less'),
  measure('pteUpdates', 'Page table entries changed', 'entries', 'less'),
  measure('inversions', 'Hot pages evicted before colder ones (inversions)', 'pages', 'less'),
  measure('refaults', 'Pages evicted and wanted again (refaults)', 'pages', 'less'),
  measure('pagesScanned', 'Pages looked at by reclaim', 'pages', 'less'),
  measure('latencyP99Ns[0]', 'Latency of order 0, 99 % below twice this', 'ns', 'less'),
  measure('latencyP99Ns[2]', 'Latency above order 3, 99 % below twice this', 'ns', 'less'),
  measure('user', 'User pages held at the end', 'pages', 'more'),
  measure('knoreclaim', 'Kernel pages held that cannot be reclaimed', 'pages', null),
  measure('obtainableShare[10]', 'Share of memory obtainable as blocks of order 10', '', 'more'),
  measure('evictedPerServed', 'Pages evicted for each block served', 'pages', 'less'),
  measure('writtenPerServed', 'Dirty file pages written for each block served', 'pages', 'less'),
  measure('movedPerServed', 'Pages moved for each block served', 'pages', 'less'),
  measure('costNs', 'Modelled cost of the whole run', 'ns', 'less'),
];

export const findMeasure = (name: string): Measure | undefined => MEASURES.find((one) => one.name === name);

/**
 * A run's figures as one flat list of numbers. Those of `pages`, `highOrder`, `reclaim`, `perCpu` and `faults` keep their
 * own names (`pagesWritten`), the others have their group before it (`daemonWakes`, `searchSlabBlocks`); lists by order
 * have the order behind it (`freeByOrder[5]`).
 */
import type { RunResult } from '../analysis/result.ts';

/** By name; null where a run has no such figure (a latency without requests). */
export type Figures = Readonly<Record<string, number | null>>;

const BARE = new Set(['pages', 'highOrder', 'reclaim', 'perCpu', 'faults']);
/** What is no outcome of a run, and lists that go by other things than orders. */
const LEFT_OUT = new Set(['seed', 'length', 'zones', 'caches', 'latency', 'invariants']);

/** The kernel's "a request would succeed": no index, so no part of a mean. */
const NO_INDEX = -1000;

export function figuresOf(run: RunResult): Figures {
  const figures: Record<string, number | null> = {};
  for (const [key, value] of Object.entries(run)) {
    if (!LEFT_OUT.has(key)) put(figures, BARE.has(key) ? '' : key, value);
  }
  for (const [i, { requests, medianNs, p99Ns }] of run.latency.classes.entries()) {
    figures[`latencyRequests[${i}]`] = requests;
    figures[`latencyMedianNs[${i}]`] = medianNs;
    figures[`latencyP99Ns[${i}]`] = p99Ns;
  }
  figures['stranded'] = run.caches.reduce((sum, { stranded }) => sum + stranded, 0);
  return { ...figures, ...derived(run) };
}

/** Whether a value counts in a mean. */
export function counts(name: string, value: number | null): value is number {
  return value !== null && !(value === NO_INDEX && name.startsWith('fragIndex['));
}

function put(figures: Record<string, number | null>, name: string, value: unknown): void {
  if (typeof value === 'number') figures[name] = value;
  else if (value === null) figures[name] = null;
  else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      if (typeof item === 'number') figures[`${name}[${i}]`] = item;
    }
  } else if (typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      put(figures, name === '' ? key : name + key.charAt(0).toUpperCase() + key.slice(1), part);
    }
  }
}

/** Figures that `order0 run` leaves to the reader. */
function derived({ highOrder, reclaim, search, moves }: RunResult): Record<string, number | null> {
  const made = Object.values(search).reduce<number>((sum, part) => {
    return typeof part === 'object' ? sum + part.blocks : sum;
  }, 0);
  const io = reclaim.pagesWritten + reclaim.pagesSwapped;
  const each = (pages: number) => (made === 0 ? null : pages / made);
  const eachServed = (pages: number) => (highOrder.served === 0 ? null : pages / highOrder.served);
  return {
    servedShare: highOrder.requested === 0 ? null : highOrder.served / highOrder.requested,
    blocksMade: made,
    ioPages: io,
    ioPerBlock: each(io),
    evictedPerBlock: each(reclaim.pagesEvicted),
    movedPerBlock: each(moves.pages),
    evictedPerServed: eachServed(reclaim.pagesEvicted),
    writtenPerServed: eachServed(reclaim.pagesWritten),
    movedPerServed: eachServed(moves.pages),
  };
}

/** The samples of a run as columns, ready to be drawn. */
import { fragmentationIndex, unusableIndex } from './indices.ts';
import { COUNTED, type Counted, HELD, type Held, type Sample } from './series-sample.ts';

/** Columns over a common grid of steps. Pages, thousandths and nanoseconds; all whole numbers. */
export interface Curves {
  readonly steps: readonly number[];
  /** Pages in free blocks of orders 0-1, 2-3, 4 and up. */
  readonly freeSmall: readonly number[];
  readonly freeMiddle: readonly number[];
  readonly freeLarge: readonly number[];
  /** Orders the short list of unusable indices is for, and its value in thousandths per sample. */
  readonly orders: readonly number[];
  readonly unusable: readonly (readonly number[])[];
  /** By order: pages in free blocks of it. */
  readonly freeByOrder: readonly (readonly number[])[];
  /** By order, in thousandths, as /sys/kernel/debug/extfrag prints them; −1000: a request would succeed. */
  readonly unusableByOrder: readonly (readonly number[])[];
  readonly fragByOrder: readonly (readonly number[])[];
  /** What holds the pages, counted at these steps: all of `steps` unless the machine is large. */
  readonly heldSteps: readonly number[];
  readonly held: Readonly<Record<Held, readonly number[]>>;
  /** Totals since boot. */
  readonly counted: Readonly<Record<Counted, readonly number[]>>;
  /**
   * Modelled cost in ns of the operations that asked for memory, with all they set off (reclaim they waited for,
   * and kswapd and the daemon where they were due): the total since boot, and the dearest one since the sample before.
   */
  readonly askedNs: readonly number[];
  readonly dearestNs: readonly number[];
  /** Totals since boot: pages that searches looked at, and blocks they made. */
  readonly searchedPages: readonly number[];
  readonly searchedBlocks: readonly number[];
}

const SHORT_LIST = [3, 4, 5, 6];

/** Columns of the samples; see {@link Curves}. */
export function asCurves(samples: readonly Sample[], maxOrder: number): Curves {
  const everyOrder = Array.from({ length: maxOrder + 1 }, (_, order) => order);
  const orders = SHORT_LIST.filter((order) => order <= maxOrder);
  const unusable = samples.map((sample) => unusableIndex(sample.blocks));
  const frag = samples.map((sample) => fragmentationIndex(sample.blocks));
  const counted = samples.filter((sample) => sample.held !== null);
  const column = <T>(names: readonly string[], of: (index: number) => readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, of(i)])) as T;
  return {
    steps: samples.map(({ step }) => step),
    freeSmall: samples.map(({ blocks }) => pagesIn(blocks, 0, 2)),
    freeMiddle: samples.map(({ blocks }) => pagesIn(blocks, 2, 4)),
    freeLarge: samples.map(({ blocks }) => pagesIn(blocks, 4, blocks.length)),
    orders,
    unusable: orders.map((order) => unusable.map((row) => row[order]!)),
    freeByOrder: everyOrder.map((order) => samples.map(({ blocks }) => pagesIn(blocks, order, order + 1))),
    unusableByOrder: everyOrder.map((order) => unusable.map((row) => row[order]!)),
    fragByOrder: everyOrder.map((order) => frag.map((row) => row[order]!)),
    heldSteps: counted.map(({ step }) => step),
    held: column<Curves['held']>(HELD, (i) => counted.map(({ held }) => held![i]!)),
    counted: column<Curves['counted']>(COUNTED, (i) => samples.map((sample) => sample.counted[i]!)),
    askedNs: samples.map(({ asked }) => asked.total),
    dearestNs: samples.map(({ asked }) => asked.dearest),
    searchedPages: samples.map(({ searched }) => searched.pages),
    searchedBlocks: samples.map(({ searched }) => searched.blocks),
  };
}

/** Pages in free blocks of the orders from `from` up to, but not including, `to`. */
function pagesIn(blocks: readonly number[], from: number, to: number): number {
  let pages = 0;
  for (let order = from; order < Math.min(to, blocks.length); order++) pages += blocks[order]! * 2 ** order;
  return pages;
}

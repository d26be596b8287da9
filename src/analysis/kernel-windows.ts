/**
 * Kernel pages and the aligned windows they hold. Inside slabs of order0-knoreclaim they share few windows; outside,
 * one page keeps a whole window from ever being a free block, for nobody can take it back: it poisons the window.
 */
import { FLAG, PAGE } from '../engine/frames.ts';
import { CACHE_CLASS } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';

/** Windows are of the slab order; a block that fills one or more of them alone poisons none. */
export interface KernelWindows {
  /** Pages in slabs of order0-knoreclaim, and pages outside of them. */
  readonly pagesInside: number;
  readonly pagesOutside: number;
  /** Slabs of order0-knoreclaim with a kernel page in use. */
  readonly slabsHeld: number;
  /** Windows outside of them with a kernel page. */
  readonly blocksPoisoned: number;
}

const KERNEL: ReadonlySet<number> = new Set([
  PAGE.kmalloc,
  PAGE.pageTable,
  PAGE.stack,
  PAGE.vmalloc,
  PAGE.highOrder,
  PAGE.unknown,
]);

/** Counts at the machine's present state. Cost: one pass over the pages. */
export function kernelWindows(m: Machine): KernelWindows {
  const { slabOrder, pages } = m.config;
  const size = 1 << slabOrder;
  let pagesInside = 0;
  let pagesOutside = 0;
  let slabsHeld = 0;
  let blocksPoisoned = 0;
  for (let first = 0; first < pages; first += size) {
    const n = kernelPages(m, first, Math.min(pages, first + size));
    if (n === 0) continue;
    if (isKernelSlab(m, first)) {
      pagesInside += n;
      slabsHeld++;
    } else {
      pagesOutside += n;
      if (!isOneBlock(m, first, n === size)) blocksPoisoned++;
    }
  }
  return { pagesInside, pagesOutside, slabsHeld, blocksPoisoned };
}

function kernelPages(m: Machine, from: number, to: number): number {
  let n = 0;
  for (let pfn = from; pfn < to; pfn++) if (KERNEL.has(m.kind[pfn]!)) n++;
  return n;
}

function isKernelSlab(m: Machine, first: number): boolean {
  const cache = m.slabCache[first >>> m.config.slabOrder]!;
  return cache !== 0 && (cache - 1) % 3 === CACHE_CLASS.knoreclaim && (m.flags[first]! & FLAG.inSlab) !== 0;
}

/** Whether a window full of kernel pages is, or lies in, one block of at least its size: all its pages have one owner. */
function isOneBlock(m: Machine, first: number, full: boolean): boolean {
  if (!full || m.kind[first] !== PAGE.highOrder) return false;
  const owner = m.owner[first];
  for (let pfn = first; pfn < first + (1 << m.config.slabOrder); pfn++) {
    if (m.kind[pfn] !== PAGE.highOrder || m.owner[pfn] !== owner) return false;
  }
  return true;
}

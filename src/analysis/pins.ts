/** Machines with a share of pages that cannot go: what the engine shows beside the curve of pin-share.ts. */
import { nextBelow, seedPrng } from '../base/prng.ts';
import type { Order } from '../base/units.ts';
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import type { MachineConfig } from '../engine/config.ts';
import { PAGE } from '../engine/frames.ts';
import { GFP_MASKS } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import {
  createOperationLog,
  encodeOperation,
  OP,
  type OperationLog,
  pushOperation,
} from '../engine/operation.ts';
import { isEvictable } from '../engine/user/evicted.ts';

/** Aligned windows of an order, and those in which every page is free or could be evicted. */
export interface CleanWindows {
  readonly windows: number;
  readonly clean: number;
}

/** Counts a machine's windows; those that reach out of a zone or hold a page that was never the allocator's are left out. */
export function cleanWindows(m: Machine, order: Order): CleanWindows {
  return countWindows(m, order, false);
}

/** The same of windows that have no page on the free lists: they are what a pin could spoil. */
export function cleanTakenWindows(m: Machine, order: Order): CleanWindows {
  return countWindows(m, order, true);
}

function countWindows(m: Machine, order: Order, taken: boolean): CleanWindows {
  const pages = 1 << order;
  let windows = 0;
  let clean = 0;
  for (const { start, end } of m.config.zones) {
    for (let pfn = Math.ceil(start / pages) * pages; pfn + pages <= end; pfn += pages) {
      const state = windowState(m, pfn, pages);
      if (state === 'outside' || (taken && hasFree(m, pfn, pages))) continue;
      windows++;
      if (state === 'clean') clean++;
    }
  }
  return { windows, clean };
}

function hasFree(m: Machine, pfn: number, pages: number): boolean {
  return m.kind.subarray(pfn, pfn + pages).includes(PAGE.free);
}

function windowState(m: Machine, pfn: number, pages: number): 'outside' | 'clean' | 'pinned' {
  let state: 'clean' | 'pinned' = 'clean';
  for (let p = pfn; p < pfn + pages; p++) {
    const kind = m.kind[p];
    if (kind === PAGE.hole || kind === PAGE.boot) return 'outside';
    if (!mayGo(m, p)) state = 'pinned';
  }
  return state;
}

function mayGo(m: Machine, p: number): boolean {
  switch (m.kind[p]) {
    case PAGE.free:
    case PAGE.pcp:
    case PAGE.slabIdle:
    case PAGE.slabParked:
      return true;
    case PAGE.anon:
    case PAGE.file:
      return isEvictable(m, p);
    default:
      return false;
  }
}

/**
 * A machine run by the engine with a share of its page-cache pages pinned, each drawn for itself: the dots on the
 * curve. Nine tenths of memory hold one file's pages, one read after the other, and the rest stays free.
 *
 * @param config a machine of one zone without boot memory
 * @param p share of pages pinned, 0 to 1
 */
export function pinnedMachine(config: MachineConfig, p: number, seed: number): Machine {
  const m = bootMachine(config);
  const pages = Math.floor(config.pages * 0.9);
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'pins');
  const log = createOperationLog(2 * pages + 1);
  pushOperation(log, OP.createFile, 0, 0, pages);
  for (let page = 0; page < pages; page++) pushOperation(log, OP.readFile, 0, page);
  for (let page = 0; page < pages; page++) {
    if (nextBelow(rng, 1_000_000) < p * 1_000_000) pushOperation(log, OP.pin, 0, page, 1);
  }
  runAll(m, log);
  return m;
}

/**
 * The other way to be in the way: the same share of pages are single kernel pages, asked for in between, of which none
 * is ever given back. Where they lie is the policy's choice.
 *
 * @param config a machine of one zone without boot memory
 * @param p share of pages that are the kernel's, 0 to 1
 */
export function kernelSharedMachine(config: MachineConfig, p: number, seed: number): Machine {
  const m = bootMachine(config);
  const pages = Math.floor(config.pages * 0.9);
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'pins');
  const log = createOperationLog(pages + 1);
  pushOperation(log, OP.createFile, 0, 0, pages);
  for (let page = 0; page < pages; page++) {
    const kernel = nextBelow(rng, 1_000_000) < p * 1_000_000;
    if (kernel)
      encodeOperation(log, { op: 'alloc', id: page, order: 0, gfp: GFP_MASKS.kernel, tag: 'kmalloc' });
    else pushOperation(log, OP.readFile, 0, page);
  }
  runAll(m, log);
  return m;
}

function runAll(m: Machine, log: OperationLog): void {
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
}

import { describe, expect, it } from 'vitest';
import { kernelWindows } from '../../src/analysis/kernel-windows.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import type { Machine } from '../../src/engine/machine.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { apply, plainMachine, reads } from '../engine/support.ts';

const page = (id: number, order = 0): Operation => ({
  op: 'alloc',
  id,
  order,
  gfp: GFP_MASKS.kernel,
  tag: 'kmalloc',
});

/** Eight-page windows; file pages between the kernel's, so that these lie apart where nothing keeps them together. */
function mixed(policy: 'order0-slab' | 'buddy-2.6'): Machine {
  const m = plainMachine({ policyChange: { name: policy } });
  apply(m, { op: 'createFile', file: 0, pages: 200 });
  for (let i = 0; i < 16; i++) apply(m, ...reads(0, i * 8, i * 8 + 8), page(i + 1));
  return m;
}

describe('windows that kernel pages hold', () => {
  it('are few inside their cache, and one a page outside', () => {
    const inside = kernelWindows(mixed('order0-slab'));
    // one window more for the pages of descriptors, which cannot be in a slab
    expect(inside).toEqual({ pagesInside: 16, pagesOutside: 1, slabsHeld: 2, blocksPoisoned: 1 });
    const outside = kernelWindows(mixed('buddy-2.6'));
    expect(outside).toMatchObject({ pagesInside: 0, pagesOutside: 16, slabsHeld: 0 });
    expect(outside.blocksPoisoned).toBeGreaterThanOrEqual(14);
  });

  it('are none where a block fills them alone, and one where it only fills a part', () => {
    const m = plainMachine();
    apply(m, page(1, 3), page(2, 4));
    expect(kernelWindows(m)).toEqual({ pagesInside: 0, pagesOutside: 24, slabsHeld: 0, blocksPoisoned: 0 });
    apply(m, page(3, 2), page(4, 2));
    expect(kernelWindows(m)).toMatchObject({ pagesOutside: 32, blocksPoisoned: 1 });
  });

  it('are free again with the last kernel page', () => {
    const m = mixed('buddy-2.6');
    for (let i = 1; i <= 16; i++) apply(m, { op: 'free', id: i });
    expect(kernelWindows(m)).toEqual({ pagesInside: 0, pagesOutside: 0, slabsHeld: 0, blocksPoisoned: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { cleanShare } from '../../src/analysis/pin-share.ts';
import {
  cleanTakenWindows,
  cleanWindows,
  kernelSharedMachine,
  pinnedMachine,
} from '../../src/analysis/pins.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { drawnMachine, toyConfig } from '../engine/support.ts';

const PAGES = 8192;
const config = (name: 'order0-slab' | 'buddy-2.6') =>
  toyConfig({
    pages: PAGES,
    zones: [{ name: 'Normal', start: 0, end: PAGES }],
    boot: [],
    policyChange: { name },
  });

/** Windows of an order that hold pages of the file only, and those of them without a pin, counted page by page. */
function filledWindows(m: Machine, order: number): { windows: number; clean: number } {
  let windows = 0;
  let clean = 0;
  for (let pfn = 0; pfn < PAGES; pfn += 1 << order) {
    const pages = Array.from({ length: 1 << order }, (_, i) => pfn + i);
    if (!pages.every((p) => m.kind[p] === PAGE.file)) continue;
    windows++;
    if (pages.every((p) => m.pins[p] === 0)) clean++;
  }
  return { windows, clean };
}

describe('the pin curve', () => {
  it.each([
    [0.002, 5, 0.938],
    [0.002, 9, 0.359],
    [0.002, 10, 0.129],
    [0.01, 5, 0.725],
    [0.01, 9, 0.006],
    [0.01, 10, 0],
    [0, 10, 1],
    [1, 0, 0],
  ])('with %f of pages pinned leaves blocks of order %i clean with probability %f', (p, order, share) => {
    expect(cleanShare(p, order)).toBeCloseTo(share, 3);
  });

  it('runs through the shares that machines with random pins show, within the binomial error', () => {
    let within = 0;
    let dots = 0;
    for (const p of [0.002, 0.01, 0.05]) {
      for (const seed of [1, 2]) {
        const m = pinnedMachine(config('buddy-2.6'), p, seed);
        for (const order of [2, 3, 4, 5]) {
          const { windows, clean } = filledWindows(m, order);
          expect(windows).toBeGreaterThan(100);
          const expected = cleanShare(p, order);
          const error = Math.sqrt((expected * (1 - expected)) / windows);
          expect(Math.abs(clean / windows - expected)).toBeLessThan(4 * error);
          if (Math.abs(clean / windows - expected) < 2 * error) within++;
          dots++;
        }
      }
    }
    expect(within / dots).toBeGreaterThan(0.8);
  });

  it.each(['order0-slab', 'buddy-2.6'] as const)('is measured on a lawful machine under %s', (name) => {
    const m = pinnedMachine(config(name), 0.01, 7);
    expect(checkInvariants(m)).toBeNull();
    const pinned = m.pins.filter((pins) => pins > 0).length;
    expect(pinned / (PAGES * 0.9)).toBeGreaterThan(0.006);
    expect(pinned / (PAGES * 0.9)).toBeLessThan(0.014);
    const { windows, clean } = cleanWindows(m, 5);
    expect(windows).toBe(PAGES / 32);
    // the rest of memory is free, which only adds clean windows
    expect(clean / windows).toBeGreaterThan(cleanShare(0.014, 5));
    expect(clean / windows).toBeLessThan(1);
  });
});

describe('clean windows', () => {
  it("leave out what was never the allocator's, and count a kernel page as one that stays", () => {
    const m = drawnMachine('........B.......................', 3);
    expect(cleanWindows(m, 3)).toEqual({ windows: 3, clean: 3 });
    m.kind[17] = PAGE.kmalloc;
    expect(cleanWindows(m, 3)).toEqual({ windows: 3, clean: 2 });
    expect(cleanWindows(m, 5)).toEqual({ windows: 0, clean: 0 });
  });
});

describe('windows without a free page', () => {
  it('are the only ones that a pin could spoil', () => {
    const m = drawnMachine('........B.......................', 3);
    expect(cleanTakenWindows(m, 3)).toEqual({ windows: 0, clean: 0 });
    m.kind.fill(PAGE.slabIdle, 16, 24);
    m.kind[25] = PAGE.kmalloc;
    expect(cleanTakenWindows(m, 3)).toEqual({ windows: 1, clean: 1 });
    m.kind[17] = PAGE.kmalloc;
    expect(cleanTakenWindows(m, 3)).toEqual({ windows: 1, clean: 0 });
  });
});

describe('kernel pages in the place of pins', () => {
  const clean = (name: 'order0-slab' | 'buddy-2.6', order: number) => {
    const m = kernelSharedMachine(config(name), 0.02, 3);
    expect(checkInvariants(m)).toBeNull();
    const counted = cleanTakenWindows(m, order);
    return counted.clean / counted.windows;
  };

  it('lie on the curve under buddy-2.6, and far above it in slabs of their own', () => {
    for (const order of [3, 5]) {
      expect(clean('buddy-2.6', order)).toBeCloseTo(cleanShare(0.02, order), 1);
      expect(clean('order0-slab', order)).toBeGreaterThan(0.94);
    }
  });
});

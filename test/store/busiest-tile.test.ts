import { describe, expect, it } from 'vitest';
import { busiestTile } from '../../src/store/busiest-tile.ts';

describe('the busiest tile', () => {
  it('is the first where all pages are alike', () => {
    expect(busiestTile(new Uint8Array(4096))).toBe(0);
  });

  it('is where kinds change most often, whatever their modifiers', () => {
    const state = new Uint8Array(4000);
    for (let pfn = 0; pfn < 1024; pfn += 2) state[pfn] = 0x40;
    state.fill(2, 1100, 1200);
    for (let pfn = 3080; pfn < 3200; pfn += 2) state[pfn] = 4;
    expect(busiestTile(state)).toBe(3072);
  });
});

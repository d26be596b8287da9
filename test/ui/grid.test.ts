import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellX, cellY, layoutOf, pfnAt } from '../../src/render/layout.ts';
import type { PageView } from '../../src/render/page-view.ts';
import {
  blockAt,
  blocksOfRow,
  buddyOf,
  describeBlock,
  drawnChanges,
  neighbour,
  vertical,
} from '../../src/ui/grid/blocks.ts';
import { layOutBoard } from '../../src/ui/grid/board-plan.ts';
import { ledgerLines } from '../../src/ui/grid/ledger.ts';
import { marksOf } from '../../src/ui/grid/marks.ts';
import { stripOf } from '../../src/ui/grid/strip.ts';
import { layoutFor } from '../../src/ui/use-layout.ts';
import { openingPicture, PAGES, ZONES } from './fixtures/machine.ts';
import { FAILED, frameAt, RECLAIMING, SERVED, whyReport } from './fixtures/moments.ts';

const view: PageView = { pages: PAGES, zones: ZONES, slabOrder: 5, ...openingPicture() };
const layout = layoutOf({ pages: PAGES, zones: ZONES, mode: 'rows', width: 560, height: 700 });

describe('blocks', () => {
  it('are found from any of their pages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: PAGES - 1 }), (pfn) => {
        const block = blockAt(view, pfn);
        expect(block.pfn).toBeLessThanOrEqual(pfn);
        expect(block.pfn + block.pages).toBeGreaterThan(pfn);
        expect(blockAt(view, block.pfn)).toEqual(block);
      }),
    );
  });

  it('walked one by one cover memory without a gap', () => {
    let block = blockAt(view, 0);
    for (;;) {
      const next = neighbour(view, block, 1);
      if (next.pfn === block.pfn) break;
      expect(next.pfn).toBe(block.pfn + block.pages);
      expect(neighbour(view, next, -1)).toEqual(block);
      block = next;
    }
    expect(block.pfn + block.pages).toBe(PAGES);
  });

  it('are crossed from zone to zone by the arrow keys', () => {
    const above = blockAt(view, 0xe0);
    expect(vertical(view, layout, above, 1).pfn).toBe(0x100);
    expect(vertical(view, layout, blockAt(view, 0x100), -1).pfn).toBe(0xe0);
    expect(vertical(view, layout, blockAt(view, 0), -1).pfn).toBe(0);
  });

  it('are told in words', () => {
    expect(describeBlock(view, blockAt(view, 0x0a3))).toBe('0x0a0: free block of order 4, 16 pages');
    expect(describeBlock(view, blockAt(view, 0x2c0))).toBe('0x2c0: clean file page, slab 0x2c0');
  });

  it('are what changed pages are drawn as, where they went into a free one', () => {
    const range = (pfn: number, pages: number) => ({ pfn, pages });
    expect(drawnChanges(view, [range(0x0a3, 1), range(0x0a5, 2)])).toEqual([range(0x0a0, 16)]);
    expect(drawnChanges(view, [range(0x2c0, 3)])).toEqual([range(0x2c0, 3)]);
    expect(drawnChanges(view, [])).toEqual([]);
  });

  it('make up the keyboard’s row', () => {
    const row = blocksOfRow(view, 0x0a5);
    expect(row[0]?.pfn).toBe(0x0a0);
    expect(row.reduce((sum, block) => sum + block.pages, 0)).toBe(32);
  });

  it('have a buddy only on the free lists', () => {
    expect(buddyOf(view, blockAt(view, 0x0a0))).toEqual({ pfn: 0x0b0, pages: 16 });
    expect(buddyOf(view, blockAt(view, 0x2c0))).toBeNull();
  });
});

describe('the ledger', () => {
  it('has a line a row, with the cost or the reason', () => {
    const lines = ledgerLines(whyReport(), true);
    expect(lines).toHaveLength(32);
    expect(lines.filter((line) => line.cheapest).map((line) => line.pfn)).toEqual([0x2c0]);
    expect(lines[22]).toMatchObject({
      drop: 18,
      write: 2,
      swap: 1,
      stuck: 0,
      text: '0.29 ms',
      blocked: false,
    });
    expect(lines[0]).toMatchObject({ stuck: 32, text: 'boot', blocked: true });
  });

  it('points at nothing while nothing is asked', () => {
    expect(ledgerLines(whyReport(), false).some((line) => line.cheapest)).toBe(false);
  });

  it('joins windows smaller than a row', () => {
    const why = whyReport();
    const halves = why.windows.flatMap((window) =>
      [0, 16].map((at) => ({ ...window, pfn: window.pfn + at, order: 4, drop: at === 0 ? window.drop : 0 })),
    );
    const lines = ledgerLines({ ...why, order: 4, windows: halves }, false);
    expect(lines).toHaveLength(32);
    expect(lines[22]).toMatchObject({ pfn: 0x2c0, drop: 18, text: '2 windows of 2' });
  });
});

describe('the strip of windows', () => {
  it('sorts windows by what cannot go, and counts those that hold none', () => {
    const why = whyReport();
    const strip = stripOf(why, 1000);
    expect(strip.bars).toHaveLength(32);
    expect(strip.none).toBe(why.emptiable);
    expect([...strip.bars].sort((a, b) => a - b)).toEqual(strip.bars);
    expect(strip.bars.at(-1)).toBe(1);
  });

  it('never has more bars than there is room for', () => {
    expect(stripOf(whyReport(), 10.5).bars).toHaveLength(10);
  });
});

describe('marks', () => {
  const input = { showChanges: true, hover: [], focus: null, tile: null, outlineWindow: true };

  it('point at the cheapest window of a failed request', () => {
    const marks = marksOf({ ...input, detail: frameAt(FAILED).full }, '');
    expect(marks.outlines).toEqual([{ pfn: 0x2c0, pages: 32, style: 'accent' }]);
    expect(marks.dimExcept).toBeNull();
  });

  it('dim everything but the scan while a slab is emptied, and tell each page’s phase', () => {
    const marks = marksOf({ ...input, detail: frameAt(RECLAIMING).full }, '');
    expect(marks.dimExcept?.map(({ pfn }) => pfn)).toContain(0x120);
    expect(marks.outlines.find(({ pfn }) => pfn === 0x120)?.style).toBe('failed');
    expect(marks.phases.get(0x2c0)).toBe('dropped');
    expect([...marks.phases.values()]).not.toContain('waiting');
  });

  it('name a block that was just served', () => {
    const marks = marksOf({ ...input, detail: frameAt(SERVED).full }, 'network buffer');
    expect(marks.label).toEqual({ pfn: 0x2c0, pages: 32, text: 'order 5, network buffer' });
  });

  it('leave out changes that are a new picture', () => {
    const changed = Array.from({ length: 500 }, (_, pfn) => ({ pfn, pages: 1 }));
    expect(marksOf({ ...input, detail: { ...frameAt(FAILED).full!, changed } }, '').changed).toEqual([]);
  });
});

describe('the room for the grid', () => {
  it.each([
    [1800, 'large'],
    [1440, 'wide'],
    [1439, 'medium'],
    [1023, 'small'],
    [699, 'phone'],
  ] as const)('at %i px is the %s layout', (width, name) => {
    expect(layoutFor(width, false)).toBe(name);
  });

  it('folds and scrolls on a projector of less than full HD', () => {
    expect(layoutFor(1920, true)).toBe('large');
    expect(layoutFor(1280, true)).toBe('medium');
  });

  const machine = { pages: PAGES, zones: ZONES };

  it('gives cells of 17 px at 1440 × 900, 21 and more at 1920 × 1080, 11 on a phone', () => {
    expect(
      layOutBoard(machine, null, { layout: 'wide', big: false, mainWidth: 1400, height: 692 - 68 }).layout
        .cell,
    ).toBe(17);
    expect(
      layOutBoard(machine, null, { layout: 'large', big: true, mainWidth: 1880, height: 846 - 95 }).layout
        .cell,
    ).toBeGreaterThanOrEqual(21);
    expect(
      layOutBoard(machine, null, { layout: 'phone', big: false, mainWidth: 358, height: 0 }).layout.cell,
    ).toBe(11);
  });

  it('shows a machine whose rows would be too low as tiles', () => {
    const board = layOutBoard({ pages: 4096, zones: ZONES }, null, {
      layout: 'wide',
      big: false,
      mainWidth: 1400,
      height: 624,
    });
    expect(board.layout).toMatchObject({ mode: 'z', tilesPerRow: 2 });
    expect(board.plan.ledger).toBe('none');
    expect(
      layOutBoard({ pages: 4096, zones: ZONES }, 'rows', {
        layout: 'wide',
        big: false,
        mainWidth: 1400,
        height: 624,
      }).layout.mode,
    ).toBe('rows');
  });

  it('lays the rows of two tiles side by side where one column would be too low for a ledger', () => {
    const space = { layout: 'wide', big: false, mainWidth: 1400, height: 624 } as const;
    const two = layOutBoard({ pages: 2048, zones: ZONES }, null, space);
    expect(two.layout).toMatchObject({ mode: 'rows', tilesPerRow: 2 });
    expect(two.layout.cell).toBeGreaterThanOrEqual(12);
    expect(two.layout.width).toBeLessThanOrEqual(two.plan.maxWidth);
    expect(pfnAt(two.layout, cellX(two.layout, 1500) + 2, cellY(two.layout, 1500) + 2)).toBe(1500);
    const phone = { layout: 'phone', big: false, mainWidth: 358, height: 0 } as const;
    expect(layOutBoard({ pages: 2048, zones: ZONES }, null, phone).layout.tilesPerRow).toBe(1);
  });

  it('puts a lens beside an overview', () => {
    const space = { layout: 'wide', big: false, mainWidth: 1400, height: 624 } as const;
    const { plan, layout: made } = layOutBoard({ pages: 65536, zones: ZONES }, null, space);
    expect(made.cell).toBe(2);
    expect(plan.lens).toBeGreaterThanOrEqual(294);
    expect(made.width + 26 + plan.lens).toBeLessThanOrEqual(plan.maxWidth);
    expect(layOutBoard(machine, null, space).plan.lens).toBe(0);
  });

  it('puts a lens beside tiles whose height leaves width, and none where their pages have letters', () => {
    const space = { layout: 'wide', big: false, mainWidth: 1400, height: 624 } as const;
    const { plan, layout: made } = layOutBoard({ pages: 4096, zones: ZONES }, null, space);
    expect(made.cell).toBe(8);
    expect(plan.lens).toBeGreaterThanOrEqual(16 * 16);
    expect(made.width + 26 + plan.lens).toBeLessThanOrEqual(plan.maxWidth);
    const narrow = layOutBoard({ pages: 4096, zones: ZONES }, null, { ...space, mainWidth: 1200 });
    expect(narrow.plan.lens).toBe(0);
  });

  it('tells of two tiles on both sides, unless their rows get too low by it', () => {
    const space = { layout: 'wide', big: false, mainWidth: 1400, height: 624 } as const;
    const { plan, layout: made } = layOutBoard({ pages: 2048, zones: ZONES }, null, space);
    expect(plan.sides).toBeGreaterThan(0);
    expect(made.width + 2 * plan.sides).toBeLessThanOrEqual(plan.maxWidth);
    const small = layOutBoard({ pages: 2048, zones: ZONES }, null, { ...space, inspecting: true });
    expect(small.plan.sides).toBe(0);
    expect(layOutBoard(machine, null, space).plan.sides).toBe(0);
  });

  it('fits a presented machine into the height there is', () => {
    for (const height of [300, 421, 520]) {
      const space = { layout: 'medium', big: true, mainWidth: 1240, height } as const;
      const { plan, layout: made } = layOutBoard(machine, null, space);
      expect(made.height).toBeLessThanOrEqual(plan.maxHeight);
      expect(plan.maxHeight).toBeLessThan(height);
    }
  });

  it('draws 16 GiB in a shape near to the room it has, and closer pages in all of it', () => {
    for (const [layout, mainWidth, height] of [
      ['wide', 1400, 624],
      ['large', 1880, 751],
    ] as const) {
      const board = layOutBoard({ pages: 4 << 20, zones: [] }, null, {
        layout,
        big: false,
        mainWidth,
        height,
      });
      expect(Math.max(board.layout.width, board.layout.height)).toBeGreaterThan(550);
      expect(Math.min(board.layout.width, board.layout.height)).toBeGreaterThan(500);
      expect(board.close.height).toBe(board.plan.maxHeight);
    }
  });

  it('never draws beyond the room there is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('large', 'wide', 'medium', 'small', 'phone'),
        fc.integer({ min: 320, max: 3000 }),
        fc.integer({ min: 200, max: 1600 }),
        fc.integer({ min: 1, max: 64 }),
        (layout, mainWidth, height, tiles) => {
          const {
            plan,
            layout: made,
            close,
            minimap,
          } = layOutBoard({ pages: tiles * 1024, zones: [] }, null, {
            layout,
            big: false,
            mainWidth,
            height,
          });
          expect(made.width).toBeLessThanOrEqual(Math.max(plan.maxWidth, 38));
          expect(close.width).toBeGreaterThanOrEqual(made.width);
          expect(close.height).toBeGreaterThanOrEqual(made.height);
          const besides = minimap.beside ? minimap.width : 0;
          const room = Math.max(plan.maxWidth, made.width) + plan.ledgerWidth;
          expect(close.width + besides).toBeLessThanOrEqual(room);
          expect(minimap.width).toBeLessThanOrEqual(minimap.beside ? 296 : close.width);
        },
      ),
    );
  });
});

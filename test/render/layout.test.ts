import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Layout, layoutOf, PAD, pfnAt, type Rect, rectOf, rectsOf } from '../../src/render/layout.ts';
import type { ZoneSpan } from '../../src/render/page-view.ts';

const zonesAt = (boundary: number, pages: number): ZoneSpan[] => [
  { name: 'DMA', start: 0, end: boundary },
  { name: 'Normal', start: boundary, end: pages },
];

const mode = fc.constantFrom('rows' as const, 'z' as const);
const layouts: fc.Arbitrary<Layout> = fc
  .record({
    mode,
    tiles: fc.integer({ min: 1, max: 40 }),
    cut: fc.integer({ min: 0, max: 1000 }),
    boundary: fc.integer({ min: 1, max: 60 }),
    width: fc.integer({ min: 100, max: 1600 }),
    height: fc.integer({ min: 100, max: 1200 }),
  })
  .map(({ mode, tiles, cut, boundary, width, height }) => {
    const pages = tiles * 1024 - cut;
    return layoutOf({ pages, zones: zonesAt(boundary * 16, pages), mode, width, height });
  });

const middle = (rect: Rect): [number, number] => [rect.x + rect.w / 2, rect.y + rect.h / 2];
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('where pages stand', () => {
  test('the middle of a page is that page, in both orders', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), (layout, n) => {
        const pfn = n % layout.pages;
        expect(pfnAt(layout, ...middle(rectOf(layout, pfn, 0)))).toBe(pfn);
      }),
    );
  });

  test('two pages never overlap, and both lie inside the layout', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), fc.nat(), (layout, n, m) => {
        const [a, b] = [rectOf(layout, n % layout.pages, 0), rectOf(layout, m % layout.pages, 0)];
        if (n % layout.pages !== m % layout.pages) expect(overlap(a, b)).toBe(false);
        for (const { x, y, w, h } of [a, b]) {
          expect(x).toBeGreaterThanOrEqual(PAD);
          expect(y).toBeGreaterThanOrEqual(PAD);
          expect(x + w).toBeLessThanOrEqual(layout.width - PAD);
          expect(y + h).toBeLessThanOrEqual(layout.height - PAD);
        }
      }),
    );
  });

  test('an aligned block is one rectangle: its pages fill it', () => {
    fc.assert(
      fc.property(mode, fc.integer({ min: 0, max: 10 }), fc.nat(31), (order, block, at) => {
        const layout = layoutOf({ pages: 32_768, zones: [], mode: order, width: 900, height: 900 });
        const first = (at << 10) | ((at << block) & 1023);
        const rect = rectOf(layout, first, block);
        expect(rect.w * rect.h).toBe(layout.cell * layout.cell * (1 << block));
        for (let pfn = first; pfn < first + (1 << block); pfn++) {
          const page = rectOf(layout, pfn, 0);
          expect(overlap(page, rect)).toBe(true);
        }
      }),
    );
  });

  test('the rectangles of a run cover exactly its pages', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), fc.integer({ min: 1, max: 300 }), (layout, n, length) => {
        const range = { pfn: n % layout.pages, pages: length };
        const rects = rectsOf(layout, range);
        const end = Math.min(range.pfn + length, layout.pages);
        for (let pfn = Math.max(0, range.pfn - 40); pfn < Math.min(end + 40, layout.pages); pfn++) {
          const [x, y] = middle(rectOf(layout, pfn, 0));
          const covering = rects.filter((r) => x > r.x && x < r.x + r.w && y > r.y && y < r.y + r.h);
          expect(covering.length).toBe(pfn >= range.pfn && pfn < end ? 1 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the layout fits the space unless the smallest cell does not', () => {
    fc.assert(
      fc.property(mode, fc.integer({ min: 1, max: 4096 }), (order, tiles) => {
        const layout = layoutOf({ pages: tiles * 1024, zones: [], mode: order, width: 862, height: 640 });
        expect(layout.width).toBeLessThanOrEqual(862);
        if (layout.tiles > 4 || order === 'z') expect(layout.height).toBeLessThanOrEqual(640);
      }),
    );
  });
});

describe('the layouts of the design', () => {
  test('1,024 pages in rows are one column with a gap before the second zone', () => {
    const layout = layoutOf({
      pages: 1024,
      zones: zonesAt(256, 1024),
      mode: 'rows',
      width: 560,
      height: 600,
    });
    expect(layout).toMatchObject({ cell: 17, tilesPerRow: 1, width: 550, height: 558 });
    expect(rectOf(layout, 0x2c0, 5)).toEqual({ x: 3, y: 3 + 22 * 17 + 8, w: 544, h: 17 });
    expect(rectOf(layout, 256, 0).y - rectOf(layout, 224, 0).y).toBe(25);
    expect(pfnAt(layout, 10, 3 + 8 * 17 + 4)).toBeNull();
  });

  test('a phone 390 px wide gets cells of 11 px', () => {
    const zones = zonesAt(256, 1024);
    expect(layoutOf({ pages: 1024, zones, mode: 'rows', width: 358, height: 800 }).cell).toBe(11);
  });

  test('4,096 pages in rows are 128 rows; one page more makes tiles', () => {
    const small = layoutOf({ pages: 4096, zones: [], mode: 'rows', width: 500, height: 1100 });
    expect(small).toMatchObject({ tilesPerRow: 1, tileGap: 0, cell: 8 });
    const large = layoutOf({ pages: 4097, zones: [], mode: 'rows', width: 500, height: 1100 });
    expect(large.tilesPerRow).toBeGreaterThan(1);
    expect(large.tileGap).toBeGreaterThan(0);
  });

  test('256 MiB is eight tiles by eight of 2 px a page', () => {
    const layout = layoutOf({ pages: 65_536, zones: [], mode: 'z', width: 546, height: 560 });
    expect(layout).toMatchObject({ cell: 2, tilesPerRow: 8, tileGap: 4, width: 8 * 64 + 7 * 4 + 6 });
  });

  test('16 GiB folds an aligned power of pages into a pixel', () => {
    const { cell } = layoutOf({ pages: 4_194_304, zones: [], mode: 'z', width: 1100, height: 1200 });
    expect([0.5, 0.25]).toContain(cell);
  });

  test.each([
    ['rows', 5, 32, 1],
    ['rows', 6, 32, 2],
    ['rows', 9, 32, 16],
    ['z', 5, 8, 4],
    ['z', 6, 8, 8],
    ['z', 9, 32, 16],
    ['z', 10, 32, 32],
  ] as const)('in %s an order-%i block is %i by %i cells', (mode, order, columns, rows) => {
    const layout = layoutOf({ pages: 1024, zones: [], mode, width: 600, height: 600, maxCell: 10 });
    expect(rectOf(layout, 0, order)).toMatchObject({ w: columns * 10, h: rows * 10 });
  });

  test('buddies lie beside each other for even orders in Z, above each other for odd ones', () => {
    const layout = layoutOf({ pages: 1024, zones: [], mode: 'z', width: 600, height: 600 });
    for (let order = 0; order < 10; order++) {
      const [a, b] = [rectOf(layout, 0, order), rectOf(layout, 1 << order, order)];
      expect(order % 2 === 0 ? [b.x, b.y] : [b.y, b.x]).toEqual(
        order % 2 === 0 ? [a.x + a.w, a.y] : [a.y + a.h, a.x],
      );
    }
  });
});

describe('what has no place', () => {
  const layout = layoutOf({ pages: 1000, zones: [], mode: 'z', width: 400, height: 400 });

  test('the margin and everything outside is no page', () => {
    for (const [x, y] of [
      [0, 50],
      [50, 1],
      [layout.width - 1, 50],
      [50, layout.height],
      [-5, -5],
    ] as const) {
      expect(pfnAt(layout, x, y)).toBeNull();
    }
  });

  test('cells past the end of memory are no page', () => {
    expect(pfnAt(layout, layout.width - PAD - 1, layout.height - PAD - 1)).toBeNull();
  });

  test('a block that is not aligned, or larger than a tile, has no rectangle', () => {
    expect(() => rectOf(layout, 3, 1)).toThrow('pfn 3, order 1');
    expect(() => rectOf(layout, 0, 11)).toThrow(RangeError);
  });

  test('a machine of no pages has a layout of margins only', () => {
    const none = layoutOf({ pages: 0, zones: [], mode: 'rows', width: 400, height: 400 });
    expect(none.height).toBe(2 * PAD);
    expect(pfnAt(none, 10, 5)).toBeNull();
  });
});

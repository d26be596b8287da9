import { expect, test } from 'vitest';
import { layoutOf, PAD } from '../../src/render/layout.ts';
import { zoneSegments } from '../../src/render/zone-lines.ts';

const zones = (start: number, pages: number) => [
  { name: 'DMA', start: 0, end: start },
  { name: 'Normal', start, end: pages },
];
const length = (segments: ReturnType<typeof zoneSegments>) =>
  segments.reduce((sum, [x1, y1, x2, y2]) => sum + Math.abs(x2 - x1) + Math.abs(y2 - y1), 0);

test('a zone of four tiles in rows of eight is a line below them and one to the right', () => {
  const layout = layoutOf({ pages: 65_536, zones: zones(4096, 65_536), mode: 'z', width: 546, height: 560 });
  const segments = zoneSegments(layout);
  const upright = segments.filter(([x1, , x2]) => x1 === x2);
  const x = PAD + 4 * 64 + 3 * 4 + 2;
  expect(new Set(upright.map(([at]) => at))).toEqual(new Set([x]));
  expect(upright.length).toBe(32);
  const flat = segments.filter(([, y1, , y2]) => y1 === y2);
  expect(new Set(flat.map(([, y]) => y))).toEqual(new Set([PAD + 64 + 2]));
  expect(flat.length).toBe(4 * 32);
});

test('a boundary inside a tile follows the cells', () => {
  const layout = layoutOf({
    pages: 1024,
    zones: zones(256, 1024),
    mode: 'z',
    width: 400,
    height: 400,
    maxCell: 10,
  });
  const segments = zoneSegments(layout);
  expect(length(segments)).toBe(2 * 16 * 10);
  for (const [x1, y1, x2, y2] of segments) expect(x1 === x2 ? x1 : y1 === y2 && y1).toBe(PAD + 160);
});

test('in rows a zone that starts a row has a gap instead, one that does not has a line', () => {
  const at = (start: number) =>
    zoneSegments(layoutOf({ pages: 1024, zones: zones(start, 1024), mode: 'rows', width: 400, height: 400 }));
  expect(at(256)).toEqual([]);
  expect(at(264).length).toBe(32 + 1);
});

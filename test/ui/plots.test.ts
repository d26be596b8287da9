import { describe, expect, it } from 'vitest';
import { freeAreas, indexRow, sampleAt, stepScale } from '../../src/ui/bottom/plots.ts';
import { opened } from './fixtures/moments.ts';

const { series, length } = opened();
const x = stepScale(length, 100, 1100);

describe('the timeline’s plots', () => {
  it('share one axis from the first to the last step', () => {
    expect([x(0), x(length), x(length * 2)]).toEqual([100, 1100, 1100]);
    expect(stepScale(0, 0, 10)(0)).toBe(0);
  });

  it('stack three areas within their row', () => {
    const areas = freeAreas(series, x, 24, 30);
    expect(areas).toHaveLength(3);
    const ys = areas.flatMap((d) => [...d.matchAll(/,(-?[\d.]+)/g)].map((match) => Number(match[1])));
    expect(Math.min(...ys)).toBeCloseTo(24);
    expect(Math.max(...ys)).toBeCloseTo(54);
  });

  it('show an index as cells that cover the axis once', () => {
    const cells = indexRow(series, 0, x, 60, 6).flatMap(({ d }) =>
      [...d.matchAll(/M([\d.]+) 60H([\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])] as const),
    );
    cells.sort((a, b) => a[0] - b[0]);
    expect(cells).toHaveLength(series.steps.length);
    for (const [i, [from]] of cells.slice(1).entries()) expect(from).toBeCloseTo(cells[i]![1] - 0.3, 0);
  });

  it('are darkest where nothing is usable', () => {
    const full = { ...series, unusable: [series.steps.map(() => 1000)] };
    expect(indexRow(full, 0, x, 60, 6).map(({ level }) => level)).toEqual([1]);
  });

  it('are read at the last sample before a step', () => {
    expect(sampleAt(series, 0)).toBe(0);
    expect(sampleAt(series, series.steps[5]!)).toBe(5);
    expect(sampleAt(series, series.steps[5]! - 1)).toBe(4);
    expect(sampleAt(series, length)).toBe(series.steps.length - 1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeScale } from '../../src/ui/bottom/plots.ts';
import { laidOver } from '../../src/ui/plots/against.ts';
import { dashOf, drawPlot } from '../../src/ui/plots/drawing.ts';
import { csvOf } from '../../src/ui/plots/export-csv.ts';
import { fileName, type Origin } from '../../src/ui/plots/export-files.ts';
import { svgOf } from '../../src/ui/plots/export-svg.ts';
import { type Plot, type PlotId, sampleFor } from '../../src/ui/plots/plot.ts';
import { rowsOf } from '../../src/ui/plots/plot-rows.ts';
import { plotsOf } from '../../src/ui/plots/plots-of.ts';
import { opened } from './fixtures/moments.ts';

const { series, length } = opened();
const plots = plotsOf(series);
const plot = (id: PlotId): Plot => plots.find((one) => one.id === id)!;
const whole = { from: 0, to: length };
const { steps } = series;

const origin: Origin = {
  title: 'One slab, "quoted"\nand <more>',
  scenario: 'one-slab',
  policy: 'order0-slab',
  seed: 2003,
  step: 700,
  length,
  range: whole,
  engineVersion: '1',
  url: 'https://example.org/#v=1&preset=one-slab&step=700',
};

describe('the plots of a run', () => {
  it('are read at the last sample before a step, sums at the sample that ends them', () => {
    const between = steps[7]! + 1;
    expect(sampleFor(plot('free'), between)).toBe(7);
    expect(sampleFor(plot('evicted'), between)).toBe(8);
    for (const id of ['free', 'evicted'] as const) {
      expect(sampleFor(plot(id), steps[7]!)).toBe(7);
      expect(sampleFor(plot(id), 0)).toBe(0);
    }
  });

  it('draw what a total grew by, and nothing before the first sample', () => {
    expect(plot('evicted').lines.map(({ values }) => values.slice(0, 3))).toEqual([
      [0, 5, 5],
      [0, 3, 3],
    ]);
  });

  it('give the mean cost of a request and the dearest operation', () => {
    const [dearest, mean] = plot('cost').lines;
    expect(mean!.values.slice(0, 2)).toEqual([0, 2000]);
    expect(dearest!.between(0, 20)).toBe(290_000);
    expect(plot('cost').text(0)).toBe('·');
  });

  it('stay within their height, over any part of the run', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...plots),
        fc.nat(length),
        fc.integer({ min: 10, max: length }),
        (one, from, wide) => {
          const x = rangeScale(from, Math.min(length, from + wide), 100, 900);
          const { marks, ticks } = drawPlot(one, x, 80);
          expect(marks.length).toBeGreaterThan(0);
          const all = marks.map(({ d }) => d).join('');
          expect(all).not.toMatch(/NaN|Infinity/);
          const points = [...all.matchAll(/[ML](-?[\d.]+)[ ,](-?[\d.]+)/g)];
          const outside = points.filter(([, px, py]) => {
            const [across, down] = [Number(px), Number(py)];
            return across < 99.9 || across > 900.5 || down < -0.01 || down > 80.01;
          });
          expect(outside).toEqual([]);
          for (const { y } of ticks) expect(y).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leave the paper bare where a request would succeed', () => {
    const x = rangeScale(0, length, 100, 900);
    const rows = drawPlot(plot('fragmentation'), x, 110).marks.map(({ key }) => key.split('-')[0]);
    expect(new Set(rows)).toEqual(
      new Set([5, 6, 7, 8, 9, 10].map((order) => `fragmentation_order_${order}`)),
    );
  });
});

describe('plots with another policy laid over them', () => {
  const again = { hotEvicted: steps.map((_, i) => i), prices: { readPage: 100, swapIn: 10_000 } };
  const mine = plotsOf(series, again);
  const other = {
    ...series,
    counted: { ...series.counted, pagesRead: series.counted.pagesRead.map((n) => n * 3) },
  };
  const both = laidOver(mine, plotsOf(other, again), 'buddy-2.6');
  const laid = (id: PlotId): Plot => both.find((one) => one.id === id)!;
  const x = rangeScale(0, length, 100, 900);

  it('keep their own lines and name the others', () => {
    for (const one of mine) expect(laid(one.id).lines.slice(0, one.lines.length)).toEqual(one.lines);
    expect(laid('lru').lines.map(({ name }) => name)).toEqual([
      'inversions',
      'refaults',
      'hot pages evicted',
      'buddy-2.6: inversions',
      'buddy-2.6: refaults',
      'buddy-2.6: hot pages evicted',
    ]);
    expect(laid('held')).toEqual(mine.find(({ id }) => id === 'held'));
    expect(
      laid('free')
        .lines.filter(({ of }) => of)
        .map(({ name }) => name),
    ).toEqual(['buddy-2.6: all orders']);
  });

  it('are told apart by how their lines are broken, within the height of both', () => {
    const dashes = laid('lru').lines.map((line) => dashOf(laid('lru'), line));
    expect(new Set(dashes).size).toBe(6);
    const { marks } = drawPlot(laid('io'), x, 80);
    const dashed = marks.filter(({ dash }) => dash !== undefined);
    expect(dashed).toHaveLength(4);
    const heights = dashed.flatMap(({ d }) => [...d.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y)));
    expect(Math.min(...heights)).toBeCloseTo(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(80);
  });

  it('go into the table and every file', () => {
    const csv = csvOf(both, { ...origin, against: 'buddy-2.6' });
    expect(csv).toContain('# against: buddy-2.6, on the same operations');
    const head = csv.split('\n').find((line) => line.startsWith('step,'))!;
    expect(head.split(',')).toContain('hot_evicted@buddy-2.6');
    expect(rowsOf(laid('lru'), whole).rows[1]!.values).toHaveLength(6);
    const svg = svgOf(both, { ...origin, against: 'buddy-2.6' }, () => '#000');
    expect(svg).toContain('buddy-2.6: hot pages evicted');
    expect(svg).toContain('stroke-dasharray="7 3"');
  });

  it('price refaults by where they are read from', () => {
    const one = mine.find(({ id }) => id === 'refault-cost')!;
    const k = steps.length - 1;
    const [refaults, swapped] = [series.counted.refaults[k]!, series.counted.pagesSwappedIn[k]!];
    expect(one.lines[0]!.values[k]).toBe((refaults - swapped) * 100 + swapped * 10_000);
  });
});

describe('the table behind a plot', () => {
  it('has every sample where they fit', () => {
    const { rows, samples } = rowsOf(plot('free'), whole);
    expect(rows.map(({ step }) => step)).toEqual(steps);
    expect(samples).toBe(steps.length);
    expect(rows[3]!.values).toEqual(plot('free').lines.map(({ values }) => values[3]));
  });

  it('takes samples together without losing any of a sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), (limit) => {
        const { rows } = rowsOf(plot('evicted'), whole, limit);
        expect(rows.length).toBeLessThanOrEqual(limit);
        const total = rows.reduce((sum, { values }) => sum + values[0]!, 0);
        expect(total).toBe(series.counted.pagesEvicted.at(-1));
        expect(rows.at(-1)!.step).toBe(steps.at(-1));
      }),
    );
  });

  it('takes the largest of dearest operations, and the mean over all requests', () => {
    const { rows } = rowsOf(plot('cost'), whole, 1);
    const asked = series.askedNs.at(-1)! / series.counted.requests.at(-1)!;
    expect(rows).toEqual([{ step: steps.at(-1), values: [290_000, Math.round(asked)] }]);
  });
});

describe('a CSV', () => {
  const lines = csvOf(plots, origin).trimEnd().split('\n');
  const comments = lines.filter((line) => line.startsWith('#'));
  const [head, ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));

  it('says where it comes from', () => {
    for (const fact of [
      '# scenario: one-slab',
      '# policy: order0-slab',
      '# seed: 2003',
      `# step: 700 of ${length}`,
      '# order0 engine version: 1',
      '# link: https://example.org/#v=1&preset=one-slab&step=700',
    ]) {
      expect(comments).toContain(fact);
    }
    expect(comments.join('\n')).toContain('since the sample before');
  });

  it('gives back every value', () => {
    expect(head).toEqual(['step', ...plots.flatMap((one) => one.lines.map(({ id }) => id))]);
    expect(new Set(head).size).toBe(head!.length);
    expect(rows.map(([step]) => Number(step))).toEqual(steps);
    const column = head!.indexOf('unusable_order_5');
    expect(rows.map((row) => Number(row[column]))).toEqual(series.unusableByOrder[5]);
  });

  it('leaves empty what was not sampled at a step, and what lies outside the range', () => {
    const sparse = { ...plot('held'), steps: steps.filter((_, i) => i % 2 === 0) };
    const range = { from: steps[2]!, to: steps[5]! };
    const text = csvOf([plot('lru'), sparse], { ...origin, range });
    const body = text.split('\n').filter((line) => /^\d/.test(line));
    expect(body.map((line) => Number(line.split(',')[0]))).toEqual(steps.slice(2, 6));
    expect(body.map((line) => line.split(',').at(-1) === '')).toEqual([false, true, false, true]);
  });

  it('keeps a scenario’s name on one line', () => {
    const text = csvOf([plot('lru')], { ...origin, scenario: 'a\nstep,evil\u0000' });
    expect(text).toContain('# scenario: a step,evil\n');
  });
});

describe('an SVG', () => {
  const svg = svgOf(plots, origin, (token) => `#${token.length.toString(16).padStart(6, '0')}`);

  it('needs nothing beside itself', () => {
    expect(svg).not.toMatch(/var\(|class=|style=|<script|href/);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(svg).toContain('font-family="Inter, system-ui, sans-serif"');
  });

  it('says where it comes from, in words that cannot break it', () => {
    expect(svg).toContain('One slab, &quot;quoted&quot; and &lt;more&gt;');
    const description = /<desc>([^<]*)<\/desc>/.exec(svg)?.[1];
    expect(description).toContain('policy: order0-slab');
    expect(description).toContain('link: https://example.org/#v=1&amp;preset=one-slab&amp;step=700');
  });

  it('is named after what it shows', () => {
    expect(fileName(origin, 'free', 'SVG')).toBe('order0-one-slab-free.svg');
    expect(fileName({ ...origin, scenario: '../Täglich: 1/2' }, 'plots', 'CSV')).toBe(
      'order0-t-glich-1-2-plots.csv',
    );
  });
});

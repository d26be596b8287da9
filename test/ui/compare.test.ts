import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FATE, type Outcomes } from '../../src/analysis/outcomes.ts';
import type { Parting } from '../../src/store/panes/pane-state.ts';
import { stepScale } from '../../src/ui/bottom/plots.ts';
import { csvOf, FIGURES, markdownOf, rowsOf } from '../../src/ui/compare/figures.ts';
import { columnsOf, hasStep } from '../../src/ui/compare/lanes.ts';
import { gapOf, planPanes } from '../../src/ui/compare/pane-plan.ts';
import { verdict } from '../../src/ui/compare/verdict.ts';
import { frameAt, SERVED } from './fixtures/moments.ts';

const run = frameAt(SERVED, 'full').full!.summary;
const other = { ...run, reclaim: { ...run.reclaim, pagesEvicted: run.reclaim.pagesEvicted + 1200 } };

describe('the outcome table', () => {
  it('marks what differs and by how much, against the first run', () => {
    const rows = rowsOf([run, other, run]);
    const evicted = rows.find(({ name }) => name === 'Pages evicted')!;
    expect(evicted.same).toBe(false);
    expect(evicted.cells.map(({ against }) => against)).toEqual(['', '+1,200', '']);
    expect(rows.filter(({ same }) => !same)).toEqual([evicted]);
    expect(rowsOf([other, run]).find(({ name }) => name === 'Pages evicted')!.cells[1]?.against).toBe(
      '−1,200',
    );
  });

  it('leaves a run out that has no figures', () => {
    for (const { same, cells } of rowsOf([run, null])) {
      expect(same).toBe(true);
      expect(cells[1]).toMatchObject({ text: 'none yet', against: '', share: 0 });
    }
  });

  it('is copied with every figure: numbers as CSV, texts as Markdown', () => {
    const csv = csvOf(['order0-slab', 'buddy-2.6, "old"'], [run, other]).trimEnd().split('\n');
    expect(csv[0]).toBe('figure,order0-slab,"buddy-2.6, ""old"""');
    expect(csv).toHaveLength(1 + FIGURES.length);
    const evicted = csv.find((line) => line.startsWith('Pages evicted'));
    expect(evicted).toBe(`Pages evicted,${run.reclaim.pagesEvicted},${other.reclaim.pagesEvicted}`);
    const markdown = markdownOf(['a', 'b'], [run, null]).trimEnd().split('\n');
    expect(markdown.slice(0, 2)).toEqual(['| | a | b |', '|---|--:|--:|']);
    expect(markdown).toHaveLength(2 + FIGURES.length);
  });
});

describe('lanes', () => {
  it('draw a long run with no more marks than pixels', () => {
    const x = stepScale(1_000_000, 0, 500);
    const steps = Array.from({ length: 300_000 }, (_, i) => i * 3);
    const columns = columnsOf(steps, x);
    expect(columns.length).toBeLessThanOrEqual(501);
    expect(columns).toEqual([...new Set(columns)]);
  });

  it('know whether a step is among many', () => {
    const rising = fc.uniqueArray(fc.nat(200)).map((steps) => steps.sort((a, b) => a - b));
    fc.assert(
      fc.property(rising, fc.nat(200), (steps, step) => {
        expect(hasStep(steps, step)).toBe(steps.includes(step));
      }),
    );
  });
});

describe('panes', () => {
  const machine = { pages: 1024, zones: [{ name: 'Normal', start: 0, end: 1024 }] };

  it('stand side by side on a desk and below each other on a phone, and fit', () => {
    for (let count = 2; count <= 5; count++) {
      for (const width of [358, 660, 984, 1400, 1880]) {
        const plan = planPanes(count, width, 700, machine, null);
        expect(plan.columns * plan.paneWidth + (plan.columns - 1) * gapOf(count)).toBeLessThanOrEqual(width);
        expect(plan.layout.width).toBeLessThanOrEqual(plan.paneWidth);
        if (width < 400) expect(plan.columns).toBe(1);
        if (width >= 1400) expect(plan.columns).toBe(count);
      }
    }
  });
});

describe('the verdict on a step', () => {
  const outcomes = (...fates: number[]): Outcomes => ({
    from: 0,
    fates: Uint8Array.from(fates),
    victims: new Uint32Array(fates.length),
    places: new Uint32Array(fates.length),
  });
  const parting: Parting = {
    compared: 3,
    complete: true,
    outcomes: [2, 3],
    places: [1],
    runs: [outcomes(0, FATE.failed, FATE.evicted), null, outcomes(0, FATE.served, FATE.evicted)],
    told: null,
  };

  it('says how many runs came to what, and leaves those out that were not compared', () => {
    expect(verdict(parting, 1)).toBe('Same outcome in both, other page frames.');
    expect(verdict(parting, 2)).toBe('The runs part here: 1 of 2 fails a request, 1 of 2 serves it.');
    expect(verdict(parting, 3)).toBe('The runs part here: other pages are evicted.');
    expect(verdict(parting, 4)).toBe('A run has ended before.');
    expect(verdict({ ...parting, complete: false }, 4)).toBe('Not compared yet.');
  });
});

import { describe, expect, it } from 'vitest';
import { LIMIT_VALUES } from '../../src/analysis/limit-values.ts';
import { LIMITS } from '../../src/analysis/limits.ts';
import { cleanShare } from '../../src/analysis/pin-share.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { type Moment, momentOf } from './mail/scene-moment.ts';

/** What must be the case at the moment a limit's button opens. */
const CHECKS: Readonly<Record<number, (moment: Moment) => void>> = {
  1: ({ detail }) => expect(blocked(detail, 'mlocked')).toBeGreaterThan(10),
  2: ({ events }) => expect(events.some(({ type }) => type === 'slabDiscarded')).toBe(true),
  3: ({ detail }) => expect(detail.summary.highOrder.failed).toBeGreaterThan(10),
  4: ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'noSwap' }),
  5: ({ last }) => expect(last).toMatchObject({ type: 'slabRefused', a: 13 }),
  6: ({ last }) => expect(last).toMatchObject({ type: 'chooseGroup', order: 6 }),
  7: ({ last, detail }) => {
    expect(last?.type).toBe('stranded');
    expect(detail.summary.largestFreeOrder).toBeLessThan(5);
  },
  8: ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'parked' }),
  9: ({ detail, opened }) => {
    expect(detail.summary.zones.at(-1)?.name).toBe('HighMem');
    expect(opened.warnings.join()).toContain('HighMem');
  },
  10: ({ detail }) => expect(detail.summary.caches[0]!.inUse).toBeGreaterThan(1000),
  11: ({ detail }) => expect(detail.summary.caches[0]!.slabs.full).toBeGreaterThan(10),
  12: ({ detail }) => {
    const { descriptorBytes } = detail.summary.overhead;
    const slabs = detail.summary.caches.reduce((n, { slabs: s }) => n + s.full + s.partial + s.free, 0);
    expect(descriptorBytes / slabs).toBe(128);
  },
  13: ({ detail }) => expect(detail.summary.pages.slabIdle).toBeGreaterThan(100),
  14: ({ detail }) => {
    expect(blocked(detail, 'live object')).toBe(4);
    expect(detail.summary.objects.windowsHeld).toBe(4);
    expect(detail.summary.objects.inUse).toBeGreaterThan(10);
  },
  15: ({ detail }) => expect(detail.summary.pages.knoreclaim).toBeGreaterThan(500),
  16: ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'needsFs' }),
  17: ({ last }) => expect(last?.type).toBe('poolFail'),
  18: ({ detail }) => {
    expect(detail.summary.pages.reserved).toBeGreaterThan(0);
    expect(detail.summary.overhead.descriptorPages).toBe(0);
  },
  19: ({ detail }) => expect(blocked(detail, 'kernel, no slab')).toBeGreaterThan(3),
  20: ({ last }) => expect(last).toMatchObject({ type: 'chooseSlab', a: 14, b: 32 }),
};

/** Windows with a blocker of the kind. */
function blocked({ why }: Moment['detail'], kind: string): number {
  return why.windows.filter(({ blockers }) => blockers.some((one) => one.kind === kind)).length;
}

describe('the limits of the proposal', () => {
  it('are twenty, numbered, each one sentence with its source', () => {
    expect(LIMITS.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const { sentence, source, cite, title, scene } of LIMITS) {
      for (const said of [sentence, scene.look]) {
        expect(said).toMatch(/^[A-Z"].*\.$/);
        expect(said.match(/\.\s/g)).toBeNull();
      }
      expect(source.length).toBeGreaterThan(0);
      expect(cite).not.toBe('');
      expect(title).not.toBe('');
    }
  });

  it('name presets that exist, and have a value each', () => {
    const ids = bundledPresets.map(({ id }) => id);
    for (const { scene } of LIMITS) expect(ids).toContain(scene.preset);
    expect(LIMIT_VALUES).toHaveLength(LIMITS.length);
  });

  it('give the first its number: a third of blocks of order 9 are clean', () => {
    expect(1 - cleanShare(0.002, 9)).toBeCloseTo(2 / 3, 1);
  });
});

describe.each(LIMITS)('limit $id: $title', ({ id, figure, scene }) => {
  it('shows in its preset, with the value that is told', async () => {
    const value = figure.read(await (await momentOf(scene)).end());
    expect(value).toBeGreaterThan(0);
    expect(value).toBe(LIMIT_VALUES[id - 1]);
  });

  it('is there at the moment that its button opens', async () => {
    CHECKS[id]!(await momentOf(scene));
  });
});

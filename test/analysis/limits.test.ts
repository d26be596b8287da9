import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/analysis/limits.ts';
import { cleanShare } from '../../src/analysis/pins.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { runPreset } from '../scenario/run-preset.ts';

describe('the limits of the proposal', () => {
  it('are twenty, numbered, each one sentence', () => {
    expect(LIMITS.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const { sentence, source, title } of LIMITS) {
      expect(sentence).toMatch(/^[A-Z"].*\.$/);
      expect(sentence.match(/\.\s/g)).toBeNull();
      expect(source.length).toBeGreaterThan(0);
      expect(title).not.toBe('');
    }
  });

  it('name presets that exist, and a figure wherever they name one', () => {
    const ids = bundledPresets.map(({ id }) => id);
    for (const { scenario, figure } of LIMITS) {
      if (scenario === null) continue;
      expect(ids).toContain(scenario);
      expect(figure).not.toBeNull();
    }
  });

  it('give the first its number: a third of blocks of order 9 are clean', () => {
    expect(1 - cleanShare(0.002, 9)).toBeCloseTo(2 / 3, 1);
  });
});

describe.each(LIMITS.filter(({ scenario }) => scenario !== null))(
  'limit $id: $title',
  ({ scenario, figure }) => {
    it('shows in its preset', () => {
      expect(figure!.read(runPreset(scenario!))).toBeGreaterThan(0);
    });
  },
);

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/analysis/limits.ts';
import { SENTENCES } from '../../src/analysis/mail/sentences.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { GROUP_TITLES, groupOf, shownBy } from '../../src/ui/gallery/groups.ts';

const ids = bundledPresets.map(({ id }) => id);

describe('the groups of the gallery', () => {
  it('all have presets', () => {
    const counts = Object.keys(GROUP_TITLES).map((group) => ids.filter((id) => groupOf(id) === group).length);
    for (const count of counts) expect(count).toBeGreaterThan(4);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(ids.length);
  });

  it('say of every preset that a sentence or a limit leads to that it does', () => {
    const led = [
      ...SENTENCES.flatMap(({ scenes }) => scenes.map(({ preset }) => preset)),
      ...LIMITS.map(({ scene }) => scene.preset),
    ];
    for (const id of ids) expect(shownBy(id) !== '', id).toBe(led.includes(id));
    expect(shownBy('mlocked-page')).toBe('Trivially reclaimable with rmap · limits 1, 5');
  });

  it('hold a scene of the mail for every preset that is there for a claim', () => {
    for (const id of ids)
      if (groupOf(id) === 'claims' || groupOf(id) === 'limits') expect(shownBy(id), id).not.toBe('');
  });
});

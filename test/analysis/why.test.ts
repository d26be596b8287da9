import { describe, expect, it } from 'vitest';
import { explainInFull } from '../../src/analysis/why-in-full.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { plainMachine } from '../engine/support.ts';

describe('a request that no zone may serve', () => {
  const m = plainMachine({
    pages: 256,
    zones: [
      { name: 'HighMem', start: 0, end: 128, min: 0 },
      { name: 'Movable', start: 128, end: 256, min: 0 },
    ],
  });

  it('is told so, in every order', () => {
    for (const order of [0, 5]) {
      const report = explainInFull(m, order, 0);
      expect(report.wouldSucceed).toBe(false);
      expect(report.reason).toBe(`order ${order} fails: no zone of this machine may serve it`);
      expect(report.tree[0]).toMatchObject({
        answer: 'No.',
        detail: expect.stringContaining('HighMem, Movable'),
      });
    }
  });

  it('is served where the mask allows high memory', () => {
    const asked = { gfp: GFP_MASKS.highuser, reclaimed: 0, windowsTouched: 0 };
    expect(explainInFull(m, 5, 0, asked).wouldSucceed).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { createStride } from '../../src/store/pace.ts';

/** Milliseconds by the display's beat that an engine of so many operations a beat needs. */
const answer = (steps: number, perBeat: number) => Math.ceil(steps / perBeat) * 16.7;

describe('the stride at max', () => {
  it('finds what an engine does within a beat, and is seldom late from then on', () => {
    const stride = createStride();
    const late: boolean[] = [];
    for (let frame = 0; frame < 200; frame++) {
      const ms = answer(stride.steps(), 5000);
      late.push(ms > 17);
      stride.took(ms);
    }
    expect(stride.steps()).toBeGreaterThan(2500);
    expect(late.slice(20).filter(Boolean).length).toBeLessThan(60);
  });

  it('is one operation at least', () => {
    const stride = createStride();
    for (let frame = 0; frame < 40; frame++) stride.took(500);
    expect(stride.steps()).toBe(1);
  });
});

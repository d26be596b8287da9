import { beforeEach, describe, expect, it } from 'vitest';
import type { CreepCurve } from '../../src/worker/protocol.ts';
import { createPage, type Page } from './page.ts';

let page: Page;

beforeEach(() => {
  page = createPage();
});

const last = (values: readonly number[]) => values.at(-1)!;
const lost = (curve: CreepCurve) => last(curve.slabsHeld) + last(curve.blocksPoisoned);

describe('the creep of kernel memory', () => {
  it('over a month: the same operations lose few windows in slabs and most of them in buddy', async () => {
    const opened = await page.ask({ type: 'open', source: { kind: 'preset', id: 'month-of-uptime' } });
    const { curves, windows } = await page.ask({ type: 'creep' });
    expect(windows).toBe(64);
    const [slabs, buddy] = curves;
    expect([slabs!.policy, buddy!.policy]).toEqual(['order0-slab', 'buddy-2.6']);
    expect(lost(slabs!) * 3).toBeLessThan(lost(buddy!));
    expect(buddy!.slabsHeld.every((n) => n === 0)).toBe(true);
    for (const { steps, pages } of curves) {
      expect([steps[0], last(steps)]).toEqual([0, opened.length]);
      expect(pages[0]).toBe(0);
      expect(last(pages)).toBeGreaterThan(100);
    }
    const at = { step: opened.length, event: 0 };
    const { full } = await page.ask({ type: 'frame', at, detail: 'full' });
    expect(full!.summary.kernel).toMatchObject({
      slabsHeld: last(slabs!.slabsHeld),
      blocksPoisoned: last(slabs!.blocksPoisoned),
    });
  });

  it('does not say of a machine too large what it would take too long to find out', async () => {
    const text = 'order0: 1\ntitle: Large\nmachine:\n  pages: 131072\n';
    await page.ask({ type: 'open', source: { kind: 'text', name: 'large', text } });
    expect(await page.ask({ type: 'creep' })).toMatchObject({
      curves: [],
      reason: expect.stringMatching(/too large/),
    });
  });
});

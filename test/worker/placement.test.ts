import { describe, expect, it } from 'vitest';
import { createPage } from './page.ts';

describe('the steals of a pageblock', () => {
  it('are the fallbacks that happened in it, and the last claim is its type', async () => {
    const page = createPage();
    const source = { kind: 'preset', id: 'one-slab' } as const;
    await page.ask({ type: 'open', source, policy: 'mobility-lumpy' });
    const at = { step: 2182, event: 0 };
    const [report] = await page.ask({ type: 'inspect', at, what: [{ view: 'pageblocks' }] });
    if (report?.view !== 'pageblocks') throw new Error('expected pageblocks');
    const size = 1 << report.order;
    let told = 0;
    for (const [i, { type }] of report.blocks.entries()) {
      if (i % 4 !== 0) continue;
      const { pfn, steals } = await page.ask({ type: 'steals', at, pfn: i * size + 5 });
      expect(pfn).toBe(i * size);
      told += steals.length;
      for (const steal of steals) {
        expect(Math.floor(steal.pfn / size)).toBe(i);
        expect(steal.step).toBeLessThanOrEqual(at.step);
        expect(steal.by).not.toBe(steal.from);
      }
      const claim = steals.findLast(({ claimed }) => claimed);
      if (claim !== undefined) expect(report.types[type]).toBe(claim.by);
    }
    expect(told).toBeGreaterThan(0);
  });

  it('are refused for a page outside of the machine, as an outlook is for too large an order', async () => {
    const page = createPage();
    await page.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
    const at = { step: 10, event: 0 };
    expect((await page.refused({ type: 'steals', at, pfn: 1 << 20 }))[0]?.message).toMatch(/^pfn 1048576/);
    const what = [{ view: 'outlook', order: 99 }] as const;
    expect((await page.refused({ type: 'inspect', at, what }))[0]?.message).toMatch(/^order 99/);
  });
});

it('scanners are told inside a compaction, and page moving’s windows inside its scan', async () => {
  const page = createPage();
  const source = { kind: 'preset', id: 'one-slab' } as const;
  await page.ask({ type: 'open', source, policy: 'mobility-compaction' });
  const what = [{ view: 'scanners' }] as const;
  const [inside] = await page.ask({ type: 'inspect', at: { step: 2183, event: 60 }, what });
  expect(inside).toMatchObject({ zones: [{ running: false }, { zone: 'Normal', running: true }] });
  await page.ask({ type: 'reopen', policy: 'page-moving', at: { step: 0, event: 0 } });
  const [scan] = await page.ask({ type: 'inspect', at: { step: 2181, event: 70 }, what });
  if (scan?.view !== 'scanners') throw new Error('expected scanners');
  expect(scan.windows.filter(({ state }) => state === 'chosen')).toHaveLength(1);
  expect(
    scan.windows.filter(({ state }) => state === 'kept by a page').every((w) => w.obstacle !== null),
  ).toBe(true);
});

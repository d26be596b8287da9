import { beforeAll, describe, expect, it } from 'vitest';
import { SHOWN } from '../../src/analysis/shown.ts';
import { createPage, FAILING, type Page } from './page.ts';

let page: Page;
beforeAll(async () => {
  page = createPage();
  await page.ask({ type: 'open', source: { kind: 'text', name: 'it-fails.yaml', text: FAILING } });
});

const frame = (step: number, event: number, overlay?: 'age' | 'owner') =>
  page.ask({
    type: 'frame',
    at: { step, event },
    detail: 'full',
    ...(overlay === undefined ? {} : { overlay }),
  });

describe('bytes of pages', () => {
  it('come only where asked for', async () => {
    expect(await frame(200, 0)).not.toHaveProperty('overlay');
  });

  it.each([
    [200, 0],
    [200, 1],
  ])(
    'ages of step %i, event %i: whole doublings, and what was just touched is young',
    async (step, event) => {
      const { view, overlay } = await frame(step, event, 'age');
      expect(overlay).toMatchObject({ what: 'age', owners: [] });
      const bytes = overlay!.bytes;
      expect(bytes).toHaveLength(view.state.length);
      expect(bytes.every((byte) => byte % 16 === 0)).toBe(true);
      // 200 operations have 8 doublings.
      expect(Math.max(...bytes)).toBeLessThanOrEqual(8 * 16);
      expect(new Set(bytes).size).toBeGreaterThan(3);
    },
  );

  it('ages grow when nobody touches a page', async () => {
    const { overlay: before } = await frame(100, 0, 'age');
    const { overlay: after } = await frame(300, 0, 'age');
    const older = before!.bytes.filter((byte, pfn) => after!.bytes[pfn]! > byte).length;
    expect(older).toBeGreaterThan(0);
  });

  it('owners: none where nobody is, and every number in use has a name', async () => {
    const { view, overlay } = await frame(200, 0, 'owner');
    const { bytes, owners } = overlay!;
    expect(owners).toHaveLength(12);
    bytes.forEach((number, pfn) => {
      const kind = view.state[pfn]! & 15;
      if (kind === SHOWN.free || kind === SHOWN.idle || kind === SHOWN.boot) expect(number).toBe(0);
      if (kind === SHOWN.anon || kind === SHOWN.cleanFile) expect(number).toBeGreaterThan(0);
      if (number > 0) expect(owners[number - 1]).not.toBe('');
    });
    expect(owners.filter((name) => name !== '').length).toBe(new Set(bytes.filter((byte) => byte > 0)).size);
  });
});

import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const steps = (page: Page) =>
  page.evaluate(async () => (await window.order0.summaries()).map((run) => run?.steps ?? null));
const divergences = (page: Page) => page.evaluate(() => window.order0.divergences());
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const pane = (page: Page, n: number) => page.getByRole('region', { name: new RegExp(`^Pane ${n}: `) });
const grid = (page: Page, n: number) => pane(page, n).getByRole('grid', { name: /^Physical memory, / });

async function compare(page: Page, runs: string, options: Parameters<typeof open>[1] = {}): Promise<void> {
  await open(page, { ...options, fragment: `v=1&preset=one-slab&compare=${runs}` });
  await idle(page);
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await button(page, menu).click();
  await page.getByRole('menuitemradio', { name: item }).click();
  await idle(page);
}

/** How much of a canvas is ink: solid differences make it dark. */
const darkness = (page: Page, n: number) =>
  grid(page, n)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      const context = copy.getContext('2d')!;
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      let dark = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i]! + data[i + 1]! + data[i + 2]! < 120) dark++;
      return dark / (data.length / 4);
    });

test.describe('runs side by side', () => {
  test('open by a key, move together, and close', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.keyboard.press('c');
    await expect(pane(page, 2)).toBeVisible();
    await idle(page);
    await expect(grid(page, 1)).toBeVisible();
    await expect(grid(page, 2)).toBeVisible();
    await button(page, 'Step back').click();
    await idle(page);
    const [first, second] = await steps(page);
    expect(second).toBe(first);
    await page.getByRole('slider', { name: 'Timeline' }).press('Home');
    await idle(page);
    expect(await steps(page)).toEqual([0, 0]);
    await page.keyboard.press('c');
    await expect(pane(page, 2)).toHaveCount(0);
    await expect(page.getByRole('grid', { name: 'Physical memory' })).toHaveCount(1);
    await idle(page);
    expect(page.url()).not.toContain('compare=');
  });

  test('say where they part, what each did there, and lead from one to the next', async ({ page }) => {
    await compare(page, 'buddy-2.6');
    const parted = (await divergences(page))!;
    await button(page, 'First divergence').click();
    await idle(page);
    expect(await steps(page)).toEqual([parted.first, parted.first]);
    const told = page.getByRole('region', { name: 'First divergence' });
    for (const text of parted.told) await expect(told).toContainText(text!);
    await expect(page.getByRole('contentinfo')).toContainText('The runs part here');
    await page.keyboard.press('Shift+D');
    await idle(page);
    expect(await steps(page)).toEqual([parted.outcomes[1], parted.outcomes[1]]);
    await button(page, 'Previous').click();
    await idle(page);
    expect(await steps(page)).toEqual([parted.first, parted.first]);
    await button(page, 'Step back').click();
    await idle(page);
    await expect(page.getByRole('contentinfo')).toContainText('Same outcome in both');
  });

  test('are chosen, added and closed, and the link says so', async ({ page }) => {
    await compare(page, 'buddy-2.6');
    await choose(page, 'Add a run', 'page-moving');
    await expect(pane(page, 3)).toBeVisible();
    await choose(page, 'Run of pane 3', 'order0-slab');
    await expect(grid(page, 3)).toBeVisible();
    expect(await steps(page)).toHaveLength(3);
    await button(page, 'Close pane 2').click();
    await idle(page);
    await expect(pane(page, 3)).toHaveCount(0);
    expect(new URL(page.url()).hash).toContain('&compare=order0-slab');
    // The same run twice parts nowhere.
    expect(await divergences(page)).toMatchObject({ first: null, outcomes: [], places: [] });
  });

  test('lay one picture over the other', async ({ page }) => {
    await compare(page, 'buddy-2.6');
    const before = await darkness(page, 2);
    await choose(page, 'Differences from', 'order0-slab');
    await expect(page.getByRole('list', { name: 'Differences' })).toBeVisible();
    await expect(pane(page, 2)).toContainText(/Against order0-slab: \d+ pages only here/);
    await expect.poll(() => darkness(page, 2)).toBeGreaterThan(before + 0.05);
    await choose(page, 'Differences from', 'none');
    await expect.poll(() => darkness(page, 2)).toBeLessThan(before + 0.01);
  });

  test('have a table of outcomes that says what differs in words and signs', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await compare(page, 'buddy-2.6');
    const table = page.getByRole('table', { name: /What each run came to/ });
    const [first, second] = await page.evaluate(() => window.order0.summaries());
    const evicted = table.getByRole('row', { name: /^≠?\s*Pages evicted/ });
    await expect(evicted.getByRole('rowheader')).toContainText('differs');
    await expect(evicted.getByRole('cell').nth(0)).toContainText(String(first!.reclaim.pagesEvicted));
    const gap = second!.reclaim.pagesEvicted - first!.reclaim.pagesEvicted;
    const sign = gap > 0 ? '+' : '−';
    await expect(evicted.getByRole('cell').nth(1)).toContainText(`${sign}${Math.abs(gap)}`);
    await expect(table.getByRole('row', { name: /Blocks obtained/ }).getByRole('rowheader')).toContainText(
      'the same in all',
    );
    await button(page, 'Copy as CSV').click();
    await idle(page);
    const csv = await page.evaluate(() => navigator.clipboard.readText());
    expect(csv).toContain('figure,order0-slab,buddy-2.6\n');
    expect(csv).toContain(`Pages evicted,${first!.reclaim.pagesEvicted},${second!.reclaim.pagesEvicted}\n`);
  });

  test('select the same logical page in all panes', async ({ page }) => {
    await compare(page, 'buddy-2.6');
    await grid(page, 2).focus();
    await page.keyboard.press('End');
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await idle(page);
    const first = pane(page, 1).locator('.pane-selected');
    await expect(first).toBeVisible();
    const name = await first.locator('b').innerText();
    await expect(pane(page, 2).locator('.pane-selected b')).toHaveText(name);
    await button(page, 'Clear selection').click();
    await expect(first).toHaveCount(0);
  });

  test('say that a policy has no such act', async ({ page }) => {
    await compare(page, 'buddy-2.6', { query: 'motion=none' });
    await page.getByRole('slider', { name: 'Timeline' }).press('Home');
    for (let i = 0; i < 3; i++) await page.keyboard.press('.');
    await idle(page);
    await button(page, 'Reclaim one slab').click();
    await idle(page);
    await expect(pane(page, 2)).toContainText('buddy-2.6 has no slabs: there is none to reclaim.');
    expect(await steps(page)).toEqual([4, 4]);
  });

  test('set an edited run beside itself without edits', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command' }).fill('drop clean');
    await page.keyboard.press('Enter');
    await idle(page);
    await page.keyboard.press('c');
    await idle(page);
    await expect(pane(page, 1)).toHaveAccessibleName('Pane 1: order0-slab, edited');
    await expect(pane(page, 2)).toHaveAccessibleName('Pane 2: order0-slab, no edits');
    const { position } = await page.evaluate(async () => ({
      position: (await window.order0.summary()).steps,
    }));
    expect((await divergences(page))!.first).toBe(position);
  });

  for (const [name, width, height, runs] of [
    ['two at 1,440', 1440, 900, 'buddy-2.6'],
    ['five at 1,440', 1440, 900, 'buddy-2.6,order0-slab,buddy-2.6,order0-slab'],
    ['two on a phone', 390, 844, 'buddy-2.6'],
  ] as const) {
    for (const theme of ['light', 'dark']) {
      test(`${name}, ${theme}: fit, and axe finds nothing`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await compare(page, runs, { query: `theme=${theme}` });
        const boxes = await page.getByRole('grid', { name: /^Physical memory, / }).all();
        expect(boxes).toHaveLength(1 + runs.split(',').length);
        const places = await Promise.all(boxes.map((box) => box.boundingBox()));
        for (const place of places) {
          expect(place!.x).toBeGreaterThanOrEqual(0);
          expect(place!.x + place!.width).toBeLessThanOrEqual(width);
        }
        const [a, b] = places;
        if (width < 700) expect(b!.y).toBeGreaterThanOrEqual(a!.y + a!.height);
        else expect(b!.y).toBe(a!.y);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await expectAccessible(page);
      });
    }
  }
});

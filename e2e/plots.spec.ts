import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const plots = (page: Page) => page.getByRole('region', { name: 'Plots of the run' });
const plot = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const figures = (page: Page, name: string) => plot(page, name).locator('dl');

async function openPlots(page: Page, options: Parameters<typeof open>[1] = {}): Promise<void> {
  await open(page, options);
  await idle(page);
  await page.keyboard.press('g');
  await expect(plots(page)).toBeVisible();
  await idle(page);
}

/** Where a step stands over the curves of a plot that shows the whole run, in pixels of the window. */
async function pixelOf(page: Page, step: number, length: number): Promise<{ x: number; y: number }> {
  const axis = await plot(page, 'Free pages by order').locator('.curves > .axis').boundingBox();
  return { x: axis!.x + (axis!.width * step) / length, y: axis!.y - 20 };
}

/** Saves through a button and gives the file's name and bytes. */
async function saved(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test.describe('the plots', () => {
  test('say of the current step what its figures say', async ({ page }) => {
    await openPlots(page);
    const { freeByOrder, unusableIndex, pages } = await summary(page);
    const free = freeByOrder.map((blocks, order) => blocks * 2 ** order);
    for (const [order, n] of free.entries()) {
      await expect(figures(page, 'Free pages by order')).toContainText(
        `order ${order}${n.toLocaleString('en')}`,
      );
    }
    await expect(figures(page, 'Unusable index')).toContainText(
      `order 4${(unusableIndex[4]! / 1000).toFixed(3)}`,
    );
    await expect(figures(page, 'Pages by kind')).toContainText(`idle in slabs${pages.slabIdle}`);
  });

  test('seek by a click, read by hovering, choose steps by a drag', async ({ page }) => {
    await openPlots(page);
    const { steps, length } = await summary(page);
    // A pixel is some steps wide.
    const expectNear = (value: number, step: number) => expect(Math.abs(value - step)).toBeLessThan(4);
    const there = await pixelOf(page, length / 4, length);
    await page.mouse.move(there.x, there.y);
    const reading = plots(page).locator('[data-reading=step]');
    await expect(reading).not.toHaveText(`step ${steps.toLocaleString('en')}`);
    const pointed = Number((await reading.innerText()).replace(/\D/g, ''));
    expectNear(pointed, length / 4);
    await page.mouse.click(there.x, there.y);
    await idle(page);
    expect((await summary(page)).steps).toBe(pointed);

    const end = await pixelOf(page, length / 2, length);
    await page.mouse.move(there.x, there.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 3 });
    await page.mouse.up();
    await expect(page.getByRole('spinbutton', { name: 'From step' })).toHaveValue(String(pointed));
    expectNear(Number(await page.getByRole('spinbutton', { name: 'to' }).inputValue()), length / 2);
    await button(page, 'Whole run').click();
    await expect(page.getByRole('spinbutton', { name: 'to' })).toHaveValue(String(length));
  });

  test('have a table behind each, and are chosen', async ({ page }) => {
    await openPlots(page);
    await button(page, 'Table of Pages by kind').click();
    const table = plot(page, 'Pages by kind').getByRole('table');
    const rows = await table.getByRole('row').count();
    expect(rows).toBeGreaterThan(100);
    expect(rows).toBeLessThan(300);
    await expect(table.getByRole('columnheader', { name: 'idle in slabs' })).toBeVisible();
    await button(page, 'Show').click();
    await page.getByRole('checkbox', { name: 'Pages by kind' }).uncheck();
    await expect(table).toHaveCount(0);
    // The plots are in the address, and the choice of them is remembered.
    await page.reload();
    await idle(page);
    await expect(plot(page, 'IO')).toBeVisible();
    await expect(plot(page, 'Pages by kind')).toHaveCount(0);
  });

  test('are saved as files that say where they come from', async ({ page }) => {
    await openPlots(page);
    const { steps, length, freeByOrder, engineVersion } = await summary(page);
    const csv = await saved(page, 'CSV of Free pages by order');
    expect(csv.name).toBe('order0-one-slab-free.csv');
    const lines = csv.bytes.toString().trimEnd().split('\n');
    expect(lines).toContain('# scenario: one-slab');
    expect(lines).toContain('# policy: order0-slab');
    expect(lines).toContain(`# order0 engine version: ${engineVersion}`);
    const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));
    expect(rows[0]).toEqual(['step', ...freeByOrder.map((_, order) => `free_order_${order}`)]);
    expect(rows[1]![0]).toBe('0');
    expect(rows.at(-1)![0]).toBe(String(length));
    const here = rows.find(([step]) => Number(step) === steps);
    expect(here?.slice(1).map(Number)).toEqual(freeByOrder.map((blocks, order) => blocks * 2 ** order));

    const svg = await saved(page, 'SVG of Latency of requests');
    const parsed = await page.evaluate((text) => {
      const file = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        broken: file.querySelector('parsererror') !== null,
        title: file.querySelector('title')?.textContent,
        desc: file.querySelector('desc')?.textContent ?? '',
        paths: file.querySelectorAll('path').length,
      };
    }, svg.bytes.toString());
    expect(parsed).toMatchObject({ broken: false, title: 'One slab: Latency of requests' });
    expect(parsed.desc).toContain(`step: ${steps} of ${length}`);
    expect(parsed.desc).toContain('#v=1&preset=one-slab');
    expect(parsed.paths).toBeGreaterThan(2);

    await button(page, 'Save all').click();
    const png = await saved(page, 'PNG');
    expect(png.name).toBe('order0-one-slab-plots.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBe(2000);
  });

  test('save a scenario of any name', async ({ page }) => {
    await open(page);
    await idle(page);
    const text = await page.evaluate(async () => {
      const title = 'Tom & "Jerry" <script>';
      await window.order0.load(
        `order0: 1\ntitle: '${title}'\nmachine:\n  pages: 1024\n  slabOrder: 5\n  cpus: 1\nsteps:\n${'  - op: idle\n'.repeat(20)}`,
      );
      return title;
    });
    await idle(page);
    await page.keyboard.press('g');
    await button(page, 'Save all').click();
    const svg = await saved(page, 'SVG');
    const title = await page.evaluate(
      (file) => new DOMParser().parseFromString(file, 'image/svg+xml').querySelector('title')?.textContent,
      svg.bytes.toString(),
    );
    expect(title).toContain(text);
  });

  test('are worked by keyboard alone', async ({ page }) => {
    await openPlots(page);
    const { steps, length } = await summary(page);
    await page.keyboard.press('+');
    const from = page.getByRole('spinbutton', { name: 'From step' });
    await expect(from).not.toHaveValue('0');
    await page.keyboard.press('ArrowLeft');
    await idle(page);
    expect((await summary(page)).steps).toBe(steps - 1);
    await page.keyboard.press('0');
    await expect(from).toHaveValue('0');
    await from.fill('100');
    await from.press('Enter');
    await expect(page.getByRole('img', { name: /^Evictions/ })).toHaveAccessibleName(
      `Evictions: frames lost to reclaim, in pages, steps 100 to ${length.toLocaleString('en')}`,
    );
    await page.getByRole('group', { name: 'Curves' }).focus();
    await page.keyboard.press('Escape');
    await expect(plots(page)).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  for (const theme of ['light', 'dark']) {
    test(`are accessible in the ${theme} theme`, async ({ page }) => {
      await openPlots(page, { query: `theme=${theme}` });
      await button(page, 'Table of IO').click();
      await button(page, 'Show').click();
      await expectAccessible(page);
    });
  }

  test('fit a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await idle(page);
    await button(page, 'Plots').click();
    await expect(plots(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    const curves = await plot(page, 'Free pages by order').locator('.curves').boundingBox();
    await page.mouse.click(curves!.x + curves!.width / 2, curves!.y + 40);
    await idle(page);
    const { steps, length } = await summary(page);
    expect(steps / length).toBeCloseTo(0.5, 1);
    await button(page, 'Playing').click();
    await expect(page.getByRole('checkbox', { name: 'Failed requests' })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe('playing', () => {
  /** The first failure of the run, by its markers. */
  async function firstFailure(page: Page): Promise<number> {
    await page.evaluate(() => window.order0.seek(0));
    await page.getByRole('combobox', { name: 'Step by' }).selectOption('failure');
    await button(page, 'Step').click();
    await idle(page);
    return (await summary(page)).steps;
  }

  for (const presses of [6, 10]) {
    test(`stops at the first failure, ${presses} times faster`, async ({ page }) => {
      await open(page);
      await idle(page);
      const failure = await firstFailure(page);
      expect(failure).toBeGreaterThan(0);
      const before = await page.evaluate(
        (step) => window.order0.seek(step - 1).then(() => window.order0.summary()),
        failure,
      );
      const { highOrder } = await page.evaluate(
        (step) => window.order0.seek(step).then(() => window.order0.summary()),
        failure,
      );
      expect(highOrder.failed).toBe(before.highOrder.failed + 1);
      await button(page, 'Pause on').click();
      await page.getByRole('checkbox', { name: 'Failed requests' }).check();
      await page.keyboard.press('Escape');
      await page.evaluate(() => window.order0.seek(0));
      for (let i = 0; i < presses; i++) await button(page, 'Faster').click();
      await button(page, 'Play').click();
      await idle(page);
      expect((await summary(page)).steps).toBe(failure);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('failed');
    });
  }

  test('steps by events, and to the next reclaim', async ({ page }) => {
    await open(page);
    await idle(page);
    const { steps, reclaim } = await summary(page);
    const by = page.getByRole('combobox', { name: 'Step by' });
    await by.selectOption('event');
    await button(page, 'Step').click();
    await idle(page);
    expect(new URL(page.url()).hash).toContain(`step=${steps}&event=1`);
    await button(page, 'Step back').click();
    await idle(page);
    await by.selectOption('reclaim');
    await button(page, 'Step').click();
    await idle(page);
    const after = await summary(page);
    expect(after.steps).toBeGreaterThan(steps);
    expect(after.reclaim.slabsDiscarded + after.reclaim.directReclaims).toBeGreaterThan(
      reclaim.slabsDiscarded + reclaim.directReclaims,
    );
  });
});

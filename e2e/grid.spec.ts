import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

/** The file server on a machine of 64 tiles. */
const LARGE = readFileSync('public/scenarios/file-server.yaml', 'utf8').replace(/pages: \d+/, 'pages: 65536');

interface Scene {
  readonly query?: string;
  readonly large?: boolean;
}

async function openScene(page: Page, { query = '', large = false }: Scene = {}): Promise<void> {
  await open(page, { query });
  // Many operations are run ahead.
  if (large) test.slow();
  if (large) await page.evaluate((text) => window.order0.load(text), LARGE);
  await idle(page);
}

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const grid = (page: Page) => page.getByRole('grid', { name: 'Physical memory' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const cell = async (page: Page) => Number(await grid(page).getAttribute('data-cell'));

/** A point of the grid, in CSS pixels of the page. */
async function at(page: Page, x: number, y: number): Promise<readonly [number, number]> {
  const box = await grid(page).boundingBox();
  if (!box) throw new Error('no grid on the page');
  return [box.x + box.width * x, box.y + box.height * y];
}

/** The page under a point, by the pointer's own way: off the grid first, so that what it tells is fresh. */
async function pfnUnder(page: Page, [x, y]: readonly [number, number]): Promise<number> {
  await page.mouse.move(0, 0);
  await expect(grid(page)).not.toHaveAttribute('data-pfn');
  await page.mouse.move(x, y);
  await expect(grid(page)).toHaveAttribute('data-pfn', /^\d+$/);
  return Number(await grid(page).getAttribute('data-pfn'));
}

/** Lays an overlay over the pages. */
async function lay(page: Page, title: string): Promise<void> {
  await button(page, 'Overlay').click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${title} [A-Z]`) }).click();
  await idle(page);
}

/** How many different colours the grid shows. */
const colours = (page: Page) =>
  grid(page)
    .locator('canvas')
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
      return new Set(new Uint32Array(pixels.buffer)).size;
    });

// Nothing scrolls here, so that a point of the window stays a point of the grid.
test.use({ viewport: { width: 1440, height: 900 } });

test.describe('the camera', () => {
  for (const large of [false, true]) {
    test(`the wheel zooms at the pointer${large ? ', in an overview' : ''}`, async ({ page }) => {
      await openScene(page, { large });
      const before = await cell(page);
      const point = await at(page, 0.37, 0.41);
      const under = await pfnUnder(page, point);
      expect(under).toBeGreaterThan(0);
      for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -160);
      await expect.poll(() => cell(page)).toBeGreaterThan(before);
      expect(await pfnUnder(page, point)).toBe(under);
      await page.mouse.move(...point);
      for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, 240);
      await expect.poll(() => cell(page)).toBe(before);
      expect(await pfnUnder(page, point)).toBe(under);
    });
  }

  test('a drag pans: the page stays under the pointer, and no click comes of it', async ({ page }) => {
    await openScene(page);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    const from = await at(page, 0.6, 0.6);
    const under = await pfnUnder(page, from);
    const selected = await grid(page).getByRole('gridcell', { selected: true }).textContent();
    await page.mouse.down();
    await page.mouse.move(from[0] - 50, from[1] - 30, { steps: 4 });
    await page.mouse.up();
    await idle(page);
    expect(await pfnUnder(page, [from[0] - 50, from[1] - 30])).toBe(under);
    expect(await grid(page).getByRole('gridcell', { selected: true }).textContent()).toBe(selected);
    await page.mouse.click(from[0], from[1]);
    await expect(grid(page).getByRole('gridcell', { selected: true })).not.toHaveText(selected ?? '');
  });

  test('keys zoom, pan and show the whole machine; buttons do the same', async ({ page }) => {
    await openScene(page);
    const whole = await cell(page);
    const point = await at(page, 0.5, 0.5);
    await page.keyboard.press('+');
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
    const before = await pfnUnder(page, point);
    await grid(page).focus();
    await page.keyboard.press('Shift+ArrowUp');
    expect(await pfnUnder(page, point)).toBeLessThan(before);
    await page.keyboard.press('Shift+Z');
    await expect.poll(() => cell(page)).toBe(whole);
    await button(page, 'Zoom in').click();
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
    await button(page, 'Zoom out').click();
    await expect.poll(() => cell(page)).toBe(whole);
    await button(page, 'Zoom in').click();
    await button(page, 'Fit').click();
    await expect.poll(() => cell(page)).toBe(whole);
  });

  test('is in the address and in a shared link; zooming makes no entry, an act does', async ({
    page,
    context,
  }) => {
    await openScene(page, { query: 'motion=none' });
    const whole = await cell(page);
    const entries = await page.evaluate(() => history.length);
    const point = await at(page, 0.3, 0.7);
    await page.mouse.move(...point);
    for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -160);
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
    await idle(page);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/&zoom=0x[0-9a-f]{3}~[\d.]+/);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    const zoomed = await cell(page);
    const middle = await pfnUnder(page, await at(page, 0.5, 0.5));

    const url = await page.evaluate(() => window.order0.shareUrl());
    const other = await context.newPage();
    await other.setViewportSize({ width: 1440, height: 900 });
    await other.goto(url);
    await idle(other);
    await expect.poll(() => cell(other)).toBe(zoomed);
    const row = (pfn: number) => Math.floor(pfn / 32);
    const there = await pfnUnder(other, await at(other, 0.5, 0.5));
    expect(Math.abs(row(there) - row(middle))).toBeLessThanOrEqual(1);

    await button(page, 'Reclaim one slab').click();
    await idle(page);
    await expect.poll(() => page.evaluate(() => history.length)).toBe(entries + 1);
    await page.keyboard.press('Shift+Z');
    await idle(page);
    await expect.poll(() => new URL(page.url()).hash).not.toContain('zoom=');
    await page.goBack();
    await expect.poll(() => cell(page)).toBe(zoomed);
  });

  test('the ledger and addresses make room while zoomed', async ({ page }) => {
    await openScene(page);
    const ledger = page.getByRole('table', { name: /emptying each window/ });
    await expect(ledger).toBeVisible();
    await expect(page.getByRole('group', { name: 'Minimap' })).toHaveCount(0);
    await page.keyboard.press('+');
    await expect(ledger).toHaveCount(0);
    await expect(page.getByRole('group', { name: 'Minimap' })).toBeVisible();
    await page.keyboard.press('-');
    await expect(ledger).toBeVisible();
  });

  test('Z and a double click zoom to the block', async ({ page }) => {
    await openScene(page, { large: true });
    const whole = await cell(page);
    await page.mouse.dblclick(...(await at(page, 0.3, 0.3)));
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
    await button(page, 'Fit').click();
    await page.mouse.move(0, 0);
    await grid(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('z');
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
  });

  test('walking out of sight brings the block into view', async ({ page }) => {
    await openScene(page);
    await grid(page).focus();
    await page.keyboard.press('z');
    const point = await at(page, 0.5, 0.9);
    const before = await pfnUnder(page, point);
    await page.keyboard.press('End');
    await expect.poll(() => pfnUnder(page, point)).toBeGreaterThan(before);
  });

  test('the minimap moves the camera', async ({ page }) => {
    await openScene(page, { large: true });
    await page.mouse.dblclick(...(await at(page, 0.1, 0.1)));
    const middle = await at(page, 0.5, 0.5);
    const before = await pfnUnder(page, middle);
    const box = await page.getByRole('group', { name: 'Minimap' }).boundingBox();
    if (!box) throw new Error('no minimap on the page');
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.7);
    const after = await pfnUnder(page, middle);
    expect(after).toBeGreaterThan(before);
    await page.getByRole('group', { name: 'Minimap' }).press('ArrowUp');
    expect(await pfnUnder(page, middle)).not.toBe(after);
  });
});

test.describe('the order of pages', () => {
  test('L changes it, and the choice holds while the scenario is open', async ({ page }) => {
    await openScene(page);
    await expect(grid(page)).toHaveAttribute('data-mode', 'rows');
    await page.keyboard.press('l');
    await expect(grid(page)).toHaveAttribute('data-mode', 'z');
    await page.evaluate(() => window.order0.seek(200));
    await expect(grid(page)).toHaveAttribute('data-mode', 'z');
    await button(page, 'Rows').click();
    await expect(grid(page)).toHaveAttribute('data-mode', 'rows');
    await page.keyboard.press('l');
    await page.evaluate(() => window.order0.load('#v=1&preset=file-server'));
    await page.evaluate(() => window.order0.load('#v=1&preset=one-slab'));
    await expect(grid(page)).toHaveAttribute('data-mode', 'rows');
  });
});

test.describe('what is shown of a page', () => {
  test('each overlay comes with its legend', async ({ page }) => {
    await openScene(page);
    for (const [choice, legend] of [
      ['pins', /emptied/],
      ['age', /time since last use/],
      ['owner', /owner/],
      ['last change', /changed/],
    ] as const) {
      const before = await grid(page).screenshot();
      await lay(page, choice);
      await page.mouse.move(0, 0);
      await idle(page);
      await expect(page.getByRole('region', { name: legend })).toBeVisible();
      expect((await grid(page).screenshot()).equals(before)).toBe(false);
    }
    await lay(page, 'none');
    await expect(page.getByRole('region', { name: /^Overlay/ })).toHaveCount(0);
  });

  test('the owners of the legend are the machine’s', async ({ page }) => {
    await openScene(page);
    await lay(page, 'owner');
    const legend = page.getByRole('region', { name: /owner/ });
    await expect(legend).toContainText('kernel');
    await expect(legend).toContainText(/process \d/);
    await expect(legend).toContainText(/file \d/);
  });

  test('one kind alone, by key and by legend', async ({ page }) => {
    await openScene(page, { query: 'motion=none' });
    const anonymous = button(page, 'anonymous');
    const all = await colours(page);
    await page.keyboard.press('5');
    await idle(page);
    await expect(anonymous).toHaveAttribute('aria-pressed', 'true');
    expect(await colours(page)).toBeLessThan(all);
    await page.keyboard.press('0');
    await idle(page);
    await expect(anonymous).toHaveAttribute('aria-pressed', 'false');
    expect(await colours(page)).toBe(all);
    await button(page, 'kreclaim').click();
    await expect(button(page, 'kreclaim')).toHaveAttribute('aria-pressed', 'true');
    await button(page, 'kreclaim').click();
    await expect(button(page, 'kreclaim')).toHaveAttribute('aria-pressed', 'false');
  });
});

test.describe('what draws', () => {
  test('canvas 2D where it is asked for', async ({ page }) => {
    await openScene(page, { query: 'renderer=canvas2d' });
    await expect(page.locator('html')).toHaveAttribute('data-renderer', 'canvas2d');
  });

  test('@webgl WebGL2 where it is asked for, in an overview too', async ({ page }) => {
    await openScene(page, { query: 'renderer=webgl2', large: true });
    await expect(page.locator('html')).toHaveAttribute('data-renderer', 'webgl2');
    await page.evaluate(() => window.order0.seek(20_000));
    await idle(page);
    expect(await colours(page)).toBeGreaterThan(3);
  });
});

test.describe('how it looks', () => {
  for (const large of [false, true]) {
    test(`is accessible while zoomed and overlaid${large ? ', in an overview' : ''}`, async ({ page }) => {
      await openScene(page, { large });
      await lay(page, 'age');
      await page.keyboard.press('+');
      await page.keyboard.press('2');
      await idle(page);
      await expectAccessible(page);
    });
  }

  test('fits a phone, where fingers pinch and drag', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openScene(page);
    const whole = await cell(page);
    await button(page, 'Zoom in').click();
    await expect.poll(() => cell(page)).toBeGreaterThan(whole);
    await expect(page.getByRole('group', { name: 'Minimap' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});

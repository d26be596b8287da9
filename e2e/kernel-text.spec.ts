import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const panel = (page: Page) => page.getByRole('complementary', { name: 'Kernel text' });
const tab = (page: Page, name: string) => panel(page).getByRole('tab', { name, exact: true });
const text = (page: Page) =>
  panel(page)
    .locator('pre')
    .evaluate((pre) => pre.textContent ?? '');

test.describe('kernel text', () => {
  test('prints the moment byte for byte, and follows it', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.getByRole('button', { name: 'Kernel text' }).click();
    await idle(page);
    const rows = async () =>
      (await text(page))
        .split('\n')
        .slice(0, -1)
        .map((line) => line.trim().split(/\s+/).slice(4).map(Number));
    expect(await text(page)).toMatch(/^(Node 0, zone {2,}\w+( {1,6}\d+){11} \n)+$/);
    const same = async () => {
      const { zones } = await page.evaluate(() => window.order0.summary());
      expect(await rows()).toEqual(zones.map(({ freeByOrder }) => freeByOrder));
    };
    await same();
    await page.evaluate(() => window.order0.seek(200));
    await idle(page);
    await same();
  });

  test('is walked by keyboard: K, arrows, Escape', async ({ page }) => {
    await open(page);
    await idle(page);
    const { steps } = await page.evaluate(() => window.order0.summary());
    await page.keyboard.press('k');
    await tab(page, 'buddyinfo').focus();
    for (const name of ['pagetypeinfo', 'slabinfo', 'zoneinfo']) {
      await page.keyboard.press('ArrowRight');
      await expect(tab(page, name)).toBeFocused();
      await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
    }
    await idle(page);
    await expect(panel(page).getByText('Linux 2.6.9 had no zoneinfo')).toBeVisible();
    await page.keyboard.press('End');
    await idle(page);
    expect(await text(page)).toContain('mm_page_alloc: page=0000000000000000 pfn=0x0 order=5');
    // The arrows were the tabs' own.
    expect((await page.evaluate(() => window.order0.summary())).steps).toBe(steps);
    await page.keyboard.press('Escape');
    await expect(panel(page)).toHaveCount(0);
    await expect(page.getByRole('complementary', { name: 'Explanation' })).toBeVisible();
  });

  test('lights up the order of a column in the free lists', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page);
    await idle(page);
    await page.keyboard.press('k');
    await idle(page);
    await panel(page).locator('.cell').nth(3).hover();
    await expect(page.locator('.free-lists tr.hovered th')).toHaveText('3');
  });

  test('copies what it shows', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page);
    await idle(page);
    await page.keyboard.press('k');
    await idle(page);
    await panel(page).getByRole('button', { name: 'Copy' }).click();
    await expect(panel(page).getByRole('status')).toHaveText('Copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text(page));
  });

  for (const [theme, width, height] of [
    ['light', 1440, 900],
    ['dark', 1280, 800],
    ['light', 390, 844],
  ] as const) {
    test(`is accessible and fits, ${theme} at ${width} × ${height}`, async ({ page }, info) => {
      await page.setViewportSize({ width, height });
      await open(page, { query: `theme=${theme}` });
      await idle(page);
      await page.keyboard.press('k');
      for (const name of ['buddyinfo', 'slabinfo', 'ftrace']) {
        await tab(page, name).click();
        await idle(page);
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: info.outputPath(`${name}.png`) });
      }
    });
  }
});

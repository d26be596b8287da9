import type { Locator, Page } from '@playwright/test';
import { expect, open, test } from './support/lab.ts';
import { button, command, grid, idle, openScene, selectFound } from './support/scene.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxOf = (what: Locator): Promise<Box> =>
  what.first().evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  });

/** A preset at a step. */
async function openAt(page: Page, preset: string, step: number, query = 'motion=none'): Promise<void> {
  await open(page, { query, fragment: `v=1&preset=${preset}` });
  await idle(page);
  await page.evaluate((to) => window.order0.seek(to), step);
  await idle(page);
}

test.describe('presented', () => {
  for (const [width, height] of [
    [1280, 720],
    [1366, 768],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    test(`all of the machine, the sentence and the controls are seen at ${width} × ${height}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await openScene(page, 'motion=none&present=1');
      const foot = await boxOf(page.locator('.bottom'));
      expect(foot.bottom).toBeLessThanOrEqual(height + 0.5);
      const parts = {
        sentence: page.getByRole('heading', { level: 1 }),
        action: button(page, 'Reclaim one slab'),
        grid: grid(page),
        ledger: page.locator('.ledger'),
        legend: page.locator('.legend li').last(),
      };
      for (const [name, part] of Object.entries(parts)) {
        const box = await boxOf(part);
        expect(box.top, name).toBeGreaterThanOrEqual(0);
        expect(box.bottom, name).toBeLessThanOrEqual(foot.top + 0.5);
        expect(box.right, name).toBeLessThanOrEqual(width);
      }
      await expect(button(page, 'Play')).toBeInViewport({ ratio: 1 });
      await expect(page.locator('.narration .current')).toBeInViewport({ ratio: 1 });
    });
  }
});

test('a presented machine of more tiles keeps its legend above the foot too', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const [preset, step] of [
    ['parallel-make', 9000],
    ['claim-daemon', 6000],
  ] as const) {
    await openAt(page, preset, step, 'motion=none&present=1');
    const foot = await boxOf(page.locator('.bottom'));
    for (const part of [grid(page), page.locator('.legend li').last()]) {
      expect((await boxOf(part)).bottom, preset).toBeLessThanOrEqual(foot.top + 0.5);
    }
  }
});

test.describe('on a phone', () => {
  test('a page that is selected is seen above its sheet, wherever it lies', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openScene(page);
    for (const what of ['mlocked', 'dentry', 'boot']) {
      await selectFound(page, what);
      const place = page.locator('.selection-place');
      await expect
        .poll(async () => {
          const [box, sheet, main] = await Promise.all([
            boxOf(place),
            boxOf(page.locator('.main > .inspector')),
            boxOf(page.locator('.main')),
          ]);
          return box.top >= main.top && box.bottom <= sheet.top;
        })
        .toBe(true);
    }
  });
});

test('a machine of 4,096 pages uses the room beside its tiles for a lens on a quarter of one', async ({
  page,
}) => {
  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await openAt(page, 'parallel-make', 9000);
    const [pages, lens, aside] = await Promise.all([
      boxOf(grid(page)),
      boxOf(page.locator('.lens')),
      boxOf(page.locator('.inspector')),
    ]);
    expect(lens.left).toBeGreaterThan(pages.right);
    expect(lens.right).toBeLessThanOrEqual(aside.left);
    // Less than a sixth of the width between free lists and explanation is left empty.
    const part = await boxOf(page.locator('.lens-part'));
    expect(aside.left - part.right).toBeLessThan((aside.left - pages.left) / 6);
    await expect(page.locator('.lens h2').first()).toHaveText(/^Pages 0x/);
  }
  await grid(page).click({ position: { x: 20, y: 20 } });
  await idle(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('.lens h2').first()).toHaveText('Pages 0x000 to 0x0ff');
});

test('two tiles in rows have addresses, a bar a window, and a line that reads a window out', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAt(page, 'claim-daemon', 6000);
  const [left, right] = [page.locator('.row-side.left'), page.locator('.row-side.right')];
  await expect(left.locator('.use')).toHaveCount(32);
  await expect(right.locator('.use')).toHaveCount(32);
  await expect(left.locator('.address').first()).toHaveText('0x000');
  await expect(right.locator('.address').first()).toHaveText('0x400');
  const pages = await boxOf(grid(page));
  expect((await boxOf(left.locator('.use'))).right).toBeLessThanOrEqual(pages.left + 1);
  const address = await boxOf(right.locator('.address'));
  expect(address.left).toBeGreaterThanOrEqual(pages.right);
  expect(address.right).toBeLessThanOrEqual((await boxOf(page.locator('.inspector'))).left);
  await grid(page).hover({ position: { x: 10, y: 10 } });
  await expect(page.locator('.row-words')).toContainText('0x000, 32 pages: 32 stuck');
});

test('a slab’s square is filled by its true share of pages in use', async ({ page }) => {
  await openScene(page);
  await command(page, 'view caches');
  const tiles = page.locator('.slab-list .tile.partial');
  const shares = await tiles.evaluateAll((all) =>
    all.map((tile) => {
      const [used = 0, pages = 1] = (tile.getAttribute('aria-label') ?? '')
        .replace(/^slab \S+ /, '')
        .match(/\d+/g)!
        .map(Number);
      return [getComputedStyle(tile).getPropertyValue('--level'), `${(100 * used) / pages}%`] as const;
    }),
  );
  expect(shares.length).toBeGreaterThan(5);
  for (const [drawn, told] of shares) expect(drawn).toBe(told);
  expect(new Set(shares.map(([drawn]) => drawn)).size).toBeGreaterThan(3);
  await expect(page.locator('.tile-legend')).toContainText('One square is a slab of 32 pages');
});

test('plots that a key opened say where the focus is without a frame round them', async ({ page }) => {
  await openScene(page);
  await page.keyboard.press('g');
  const curves = page.getByRole('group', { name: 'Curves' });
  await expect(curves).toBeFocused();
  const look = () =>
    curves.evaluate((element) => {
      const { outlineColor, boxShadow } = getComputedStyle(element);
      return { isFramed: !/, 0\)$/.test(outlineColor), isLined: boxShadow.includes('inset') };
    });
  expect(await look()).toEqual({ isFramed: false, isLined: true });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(curves).toBeFocused();
  expect(await look()).toEqual({ isFramed: true, isLined: false });
});

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
  for (const [width, height] of [
    [1280, 720],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const [preset, step] of [
      ['one-slab', 2182],
      ['parallel-make', 9000],
      ['claim-daemon', 6000],
    ] as const) {
      await openAt(page, preset, step, 'motion=none&present=1');
      const foot = await boxOf(page.locator('.bottom'));
      for (const part of [grid(page), page.locator('.legend li').last()]) {
        expect((await boxOf(part)).bottom, `${preset}, ${width}`).toBeLessThanOrEqual(foot.top + 0.5);
      }
      const aside = await boxOf(page.locator('.inspector'));
      const ask = await boxOf(button(page, 'What could each policy do?'));
      expect(ask.right, `${preset}, ${width}`).toBeLessThanOrEqual(aside.right);
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

  // The room below the legend has the bars of all windows.
  const [words, strip, foot] = await Promise.all([
    boxOf(page.locator('.row-words')),
    boxOf(page.locator('.window-strip')),
    boxOf(page.locator('.bottom')),
  ]);
  expect(strip.top).toBeGreaterThanOrEqual(words.bottom);
  expect(strip.bottom).toBeLessThanOrEqual(foot.top);
});

test('a comparison of all policies shows the first rows of its outcome without scrolling', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openScene(page);
  await command(page, 'all policies side');
  const foot = await boxOf(page.locator('.bottom'));
  const rows = page.locator('.outcome tbody tr');
  for (const row of [0, 1, 2, 3]) {
    expect((await boxOf(rows.nth(row))).bottom).toBeLessThanOrEqual(foot.top);
  }
  const panes = page.locator('.pane');
  const told = page.getByRole('region', { name: 'First divergence' }).locator('dl > div');
  await expect(told).toHaveCount(5);
  for (const pane of [0, 4]) {
    const [above, below] = [await boxOf(panes.nth(pane)), await boxOf(told.nth(pane))];
    expect(Math.abs(above.left - below.left)).toBeLessThan(2);
    expect(below.right).toBeLessThanOrEqual(above.right + 2);
  }
});

test('the moments of a sentence of the mail stand side by side where there is room', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openScene(page);
  await command(page, 'the mail');
  const row = page.locator('.mail > li').first();
  const moments = row.locator('.scene-button');
  const [sentence, first, last] = await Promise.all([
    boxOf(row.locator('.sentence')),
    boxOf(moments.first()),
    boxOf(moments.last()),
  ]);
  expect(first.left).toBeGreaterThan(sentence.right);
  expect(last.left).toBeGreaterThan(first.right);
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await boxOf(moments.last())).left).toBe((await boxOf(moments.first())).left);
});

test('the axis of creep has its figures beside it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openScene(page);
  await command(page, 'view creep');
  const chart = page.locator('.creep');
  const axis = await boxOf(chart.locator('.axis'));
  for (const figure of ['0', '29']) {
    const box = await boxOf(chart.locator('text').getByText(figure, { exact: true }));
    expect(box.right).toBeLessThanOrEqual(axis.left);
  }
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

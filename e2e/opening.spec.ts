import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

/** Opens the page and waits until it is quiet. */
async function openScene(page: Page, options: Parameters<typeof open>[1] = {}): Promise<void> {
  await open(page, options);
  await idle(page);
}

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const timeline = (page: Page) => page.getByRole('slider', { name: 'Timeline' });

test.describe('the opening scene', () => {
  test('shows a request that failed with memory free, and why', async ({ page }) => {
    await openScene(page);
    const { pages, largestFreeOrder, highOrder } = await summary(page);
    const share = Math.round(((pages.free + pages.slabIdle + pages.perCpu) * 100) / pages.total);
    await expect(headline(page)).toHaveText(
      `${share} % of memory is free. A request for 32 pages in a row has just failed.`,
    );
    expect(largestFreeOrder).toBeLessThan(5);
    expect(highOrder.failed).toBeGreaterThan(0);
    await expect(page.getByRole('grid', { name: 'Physical memory' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Why did order 5 fail?' })).toBeVisible();
    const why = await page.evaluate(() => window.order0.why(5));
    await expect(page.getByRole('table', { name: /emptying each window/ }).getByRole('row')).toHaveCount(
      why.windows.length + 1,
    );
    await expect(page.getByText('cheapest', { exact: false }).first()).toBeVisible();
  });

  test('reclaims one slab before one’s eyes, and the request is served', async ({ page }) => {
    await openScene(page);
    const before = await summary(page);
    // Twice as fast, twice.
    await page.keyboard.press(']');
    await page.keyboard.press(']');
    await button(page, 'Reclaim one slab').click();
    await expect(headline(page)).toHaveText(/^Emptying the slab at 0x[0-9a-f]+: \d+ of \d+ pages gone\.$/);
    await expect(button(page, 'Pause')).toBeVisible();
    await expect(
      page.getByRole('list', { name: 'Slabs the daemon looked at' }).getByText('clean').first(),
    ).toBeVisible();
    await idle(page);
    await expect(headline(page)).toHaveText(/^Order 5 served at 0x[0-9a-f]+\. It took \d+ evictions\.$/);
    await expect(page.getByRole('heading', { name: 'What just happened' })).toBeVisible();
    const after = await summary(page);
    expect(after.highOrder.served).toBe(before.highOrder.served + 1);
    expect(after.reclaim.slabsDiscarded).toBe(before.reclaim.slabsDiscarded + 1);
  });

  test('can be left at its end, and stepped back', async ({ page }) => {
    await openScene(page);
    const start = await summary(page);
    await button(page, 'Reclaim one slab').click();
    await button(page, 'Stop here').click();
    await idle(page);
    await expect(headline(page)).toHaveText(/^The slab at 0x[0-9a-f]+ is empty\./);
    await button(page, 'Step back').click();
    await idle(page);
    expect((await summary(page)).stateHash).toBe(start.stateHash);
    await expect(headline(page)).toContainText('just failed.');
    await button(page, 'Step').click();
    await idle(page);
    expect((await summary(page)).steps).toBe(start.steps + 1);
  });

  test('is scrubbed with the slider', async ({ page }) => {
    await openScene(page);
    await timeline(page).fill('200');
    await idle(page);
    expect((await summary(page)).steps).toBe(200);
    await expect(timeline(page)).toHaveAttribute('aria-valuetext', /^Step 200 of [\d,]+: \S/);
    await timeline(page).press('ArrowRight');
    await idle(page);
    expect((await summary(page)).steps).toBe(201);
    expect(new URL(page.url()).hash).toContain('step=201');
  });

  test('is shared as a link to this exact moment', async ({ page, context }) => {
    await openScene(page);
    await timeline(page).fill('321');
    await idle(page);
    const { stateHash } = await summary(page);
    await button(page, 'Share').click();
    const url = await page.getByRole('textbox', { name: 'Link to this moment' }).inputValue();
    const other = await context.newPage();
    await other.goto(url);
    await idle(other);
    expect(await summary(other)).toMatchObject({ stateHash, steps: 321 });
  });

  test('keeps the step under another policy, and Back returns', async ({ page }) => {
    await openScene(page);
    const before = await summary(page);
    await button(page, 'Policy').click();
    await page.getByRole('menuitemradio', { name: /^buddy-2\.6/ }).click();
    await idle(page);
    const under = await summary(page);
    expect(under).toMatchObject({ policy: 'buddy-2.6', steps: before.steps });
    expect(under.stateHash).not.toBe(before.stateHash);
    await expect(page.getByText('buddy-2.6 has no slabs to reclaim.')).toBeVisible();
    await expect(button(page, 'Reclaim one slab')).toHaveCount(0);
    await page.goBack();
    await expect(button(page, 'Reclaim one slab')).toBeVisible();
    await idle(page);
    expect((await summary(page)).stateHash).toBe(before.stateHash);
  });

  test('says what is wrong with a link and goes on', async ({ page }) => {
    await openScene(page, { fragment: 'v=1&preset=one-sl' });
    await expect(page.getByRole('alert').first()).not.toBeEmpty();
    await expect(headline(page)).toContainText('just failed.');
    await button(page, 'Step').click();
    await idle(page);
  });

  test('opens a pasted scenario, and says where a bad one is wrong', async ({ page }) => {
    await openScene(page);
    const { stateHash } = await summary(page);
    await button(page, 'Open…').click();
    const dialog = page.getByRole('dialog', { name: 'Open' });
    await dialog.getByRole('textbox').fill('order0: 1\ntitle: broken\nmachine:\n  pages: many\n');
    await dialog.getByRole('button', { name: 'Open the text' }).click();
    await expect(dialog.getByRole('alert')).toContainText('4:');
    await page.keyboard.press('Escape');
    expect((await summary(page)).stateHash).toBe(stateHash);
  });
});

test.describe('without a mouse', () => {
  test('the whole scene can be walked', async ({ page }) => {
    await openScene(page);
    const start = await summary(page);
    await page.keyboard.press('r');
    await expect(headline(page)).toHaveText(/^Emptying the slab/);
    await page.keyboard.press('Escape');
    await idle(page);
    expect((await summary(page)).steps).toBe(start.steps + 1);
    await page.keyboard.press('ArrowRight');
    await idle(page);
    await expect(headline(page)).toHaveText(/^Order 5 served at/);
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await idle(page);
    await expect(headline(page)).toContainText('just failed.');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden();
  });

  test('the grid is walked block by block', async ({ page }) => {
    await openScene(page);
    const grid = page.getByRole('grid', { name: 'Physical memory' });
    await grid.focus();
    const current = grid.getByRole('gridcell', { selected: true });
    await expect(current).toHaveText(/^0x000: boot page/);
    await page.keyboard.press('ArrowRight');
    await expect(current).toHaveText(/^0x001:/);
    await page.keyboard.press('ArrowDown');
    await expect(current).toHaveText(/^0x021:/);
    await page.keyboard.press('End');
    await expect(current).toHaveText(/^0x3/);
    const { steps } = await summary(page);
    await page.keyboard.press('.');
    await idle(page);
    expect((await summary(page)).steps).toBe(steps + 1);
  });

  test('every control is reached by Tab', async ({ page }) => {
    await openScene(page);
    const wanted = [
      'Scenario',
      'Policy',
      'Share',
      'Reclaim one slab',
      'Step back',
      'Play',
      'Step',
      'Timeline',
    ];
    const reached = new Set<string>();
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label') ??
            document.activeElement?.firstChild?.textContent ??
            '',
        ),
      );
    }
    for (const name of wanted) expect([...reached]).toContain(name);
  });
});

test.describe('how it looks', () => {
  for (const theme of ['light', 'dark', 'projector']) {
    test(`is accessible in the ${theme} theme`, async ({ page }) => {
      await openScene(page, { query: `theme=${theme}` });
      await expectAccessible(page);
      await page.evaluate(() => window.order0.seek(200));
      await expectAccessible(page);
    });
  }

  for (const [width, height] of [
    [390, 844],
    [800, 1000],
    [1280, 800],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    test(`fits ${width} × ${height} without scrolling sideways`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await openScene(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      await expect(button(page, 'Reclaim one slab')).toBeInViewport();
      await expect(button(page, 'Play')).toBeInViewport();
      const grid = await page.getByRole('grid', { name: 'Physical memory' }).boundingBox();
      expect(grid!.x + grid!.width).toBeLessThanOrEqual(width);
    });
  }

  test('is accessible on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openScene(page);
    await expectAccessible(page);
    await button(page, 'Menu').click();
    await expectAccessible(page);
  });

  test('draws the pages: the grid is not blank', async ({ page }) => {
    await openScene(page);
    const colours = await page
      .getByRole('grid')
      .locator('canvas')
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
        return new Set(new Uint32Array(pixels.buffer)).size;
      });
    expect(colours).toBeGreaterThan(12);
  });

  test('stands still where no motion is wanted', async ({ page }) => {
    await openScene(page, { query: 'motion=none' });
    await button(page, 'Reclaim one slab').click();
    await idle(page);
    await expect(headline(page)).toHaveText(/^Order 5 served at/);
  });
});

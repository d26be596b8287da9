import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const grid = (page: Page) => page.getByRole('grid', { name: 'Physical memory' });
const inspector = (page: Page) => page.getByRole('complementary');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function openScene(page: Page, query = 'motion=none'): Promise<void> {
  await open(page, { query });
  await idle(page);
}

async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(text);
  await page.keyboard.press('Enter');
  await idle(page);
}

test.describe('an engine that dies', () => {
  test('comes back with the acts, their undo, the step and what was looked at', async ({ page }) => {
    await openScene(page);
    await page.evaluate(() => window.order0.seek(1500));
    await command(page, 'request order 3');
    await button(page, 'Keep the rest').click();
    await idle(page);
    await page.evaluate(() => window.order0.seek(1700));
    await command(page, 'drop clean caches');
    await button(page, 'Keep the rest').click();
    await idle(page);
    await page.keyboard.press('Control+z');
    await idle(page);
    const undone = await summary(page);
    await page.keyboard.press('Control+Shift+z');
    await idle(page);
    await page.evaluate(() => window.order0.seek(1800));
    await grid(page).click();
    await idle(page);
    const before = await summary(page);
    const title = await inspector(page).getByRole('heading', { level: 2 }).first().textContent();

    const [worker] = page.workers();
    await worker!.evaluate(() => {
      setTimeout(() => {
        throw new Error('a page on two lists');
      });
    });
    const alert = page.getByRole('alert').filter({ hasText: 'The engine stopped' });
    await expect(alert).toBeVisible();
    await expectAccessible(page);
    await alert.getByRole('button', { name: 'Restart from step 1,800' }).click();
    await expect(alert).toBeHidden();
    await idle(page);

    expect(await summary(page)).toEqual(before);
    await expect(inspector(page).getByRole('heading', { level: 2 }).first()).toHaveText(title!);
    await page.keyboard.press('Control+z');
    await idle(page);
    expect(await summary(page)).toMatchObject({ stateHash: undone.stateHash, length: undone.length });
    await page.keyboard.press('Control+Shift+z');
    await page.evaluate(() => window.order0.seek(1800));
    expect((await summary(page)).stateHash).toBe(before.stateHash);
  });
});

test('an engine that cannot start leaves ways on: again, the opening scene, another', async ({
  page,
  complaints,
}) => {
  let starts = true;
  await page.route(/worker[^/]*\.js$/, (route) =>
    starts ? route.continue() : route.fulfill({ contentType: 'text/javascript', body: "throw Error('no')" }),
  );
  starts = false;
  await openScene(page, 'motion=none');
  const alert = page.getByRole('alert').filter({ hasText: 'The engine stopped before anything was open' });
  await expect(alert).toBeVisible();
  await expectAccessible(page);
  await alert.getByRole('button', { name: 'Restart' }).click();
  await idle(page);
  await expect(alert).toBeVisible();
  await alert.getByRole('button', { name: 'Choose another scenario' }).click();
  await expect(page.getByRole('dialog', { name: 'Scenarios' })).toBeVisible();
  await page.keyboard.press('Escape');
  starts = true;
  await alert.getByRole('button', { name: 'Open the opening scene' }).click();
  await idle(page);
  await expect(alert).toBeHidden();
  await expect(button(page, 'Reclaim one slab')).toBeVisible();
  expect((await summary(page)).steps).toBeGreaterThan(0);
  complaints.length = 0;
});

test('an act is taken out of the middle, and what then does nothing is said', async ({ page }) => {
  await openScene(page);
  const start = await summary(page);
  await page.evaluate(() => window.order0.seek(1500));
  await command(page, 'request order 2');
  await button(page, 'Keep the rest').click();
  await idle(page);
  await command(page, 'drop clean caches');
  await button(page, 'Keep the rest').click();
  await idle(page);
  const both = await summary(page);
  await command(page, 'view edits');
  await inspector(page).getByRole('button', { name: 'Take out act 1: request order 2' }).click();
  await idle(page);
  await expect(inspector(page).getByText('request order 2')).toHaveCount(0);
  expect(await summary(page)).toMatchObject({ steps: 1501, length: start.length + 1 });
  await page.keyboard.press('Control+z');
  await idle(page);
  await page.evaluate(() => window.order0.seek(1502));
  expect((await summary(page)).stateHash).toBe(both.stateHash);
});

test('where storage is forbidden the page works all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'sessionStorage', { get: refuse });
    Object.defineProperty(window, 'indexedDB', { get: refuse });
  });
  await openScene(page);
  await button(page, 'Theme').click();
  await page.getByRole('menuitemradio', { name: /^Dark/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await command(page, 'scenario text');
  await expect(page.getByRole('dialog').or(page.getByRole('textbox')).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.order0.seek(1000));
  await idle(page);
  expect((await summary(page)).steps).toBe(1000);
});

/** The file server on a machine of 4,096 tiles: an overview, which GL draws. */
const HUGE = readFileSync('public/scenarios/file-server.yaml', 'utf8').replace(
  /pages: \d+/,
  'pages: 1048576',
);

test('a lost graphics context is no loss: the overview is drawn on, and plays @webgl', async ({ page }) => {
  test.slow();
  await page.addInitScript(() => {
    const made: WebGL2RenderingContext[] = [];
    Reflect.set(window, 'glContexts', made);
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
      const context = Reflect.apply(original, this, given);
      if (context instanceof WebGL2RenderingContext) made.push(context);
      return context;
    } as typeof original;
  });
  await openScene(page, 'motion=none&renderer=webgl2');
  await page.evaluate((text) => window.order0.load(text), HUGE);
  await idle(page);
  await expect(page.locator('html')).toHaveAttribute('data-renderer', 'webgl2');
  const colours = () =>
    grid(page)
      .locator('canvas')
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        return [...new Set(new Uint32Array(data.buffer))].sort();
      });
  const before = await colours();
  await page.evaluate(() => {
    const made = Reflect.get(window, 'glContexts') as WebGL2RenderingContext[];
    for (const context of made) context.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(page.locator('html')).toHaveAttribute('data-renderer', 'canvas2d');
  await idle(page);
  expect(await colours()).toEqual(before);
  const { steps } = await summary(page);
  await button(page, 'Play').click();
  await expect
    .poll(async () => page.evaluate(() => window.order0.summary()).then((run) => run.steps))
    .toBeGreaterThan(steps);
  await button(page, 'Pause').click();
  await idle(page);
  expect((await colours()).length).toBeGreaterThan(3);
});

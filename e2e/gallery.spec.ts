/** The gallery of presets. */
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());

test.describe('the gallery', () => {
  test('is searched, walked by arrow keys, and opens a preset', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    const gallery = page.getByRole('dialog', { name: 'Scenarios' });
    await expect(gallery.getByRole('searchbox')).toBeFocused();
    expect(await gallery.getByRole('listitem').count()).toBeGreaterThanOrEqual(12);
    await page.keyboard.type('fork storm');
    await expect(gallery.getByRole('status')).toHaveText('1 scenario');
    await page.keyboard.press('ArrowDown');
    await expect(gallery.getByRole('button', { name: 'Fork storm' })).toBeFocused();
    await page.keyboard.press('Enter');
    await idle(page);
    await expect(gallery).toBeHidden();
    expect((await summary(page)).title).toBe('Fork storm');
    expect(new URL(page.url()).hash).toContain('preset=fork-storm');
    await page.goBack();
    await idle(page);
    expect((await summary(page)).title).toBe('One slab');
  });

  test('has a picture of every preset, however late the page is drawn', async ({ page }) => {
    // React works in messages to itself; a busy machine delivers them late.
    await page.addInitScript(() => {
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (this: MessagePort, ...message: [unknown]) {
        setTimeout(() => postMessage.apply(this, message), 100);
      } as typeof postMessage;
    });
    await open(page);
    await idle(page);
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await idle(page);
    const colours = await page.locator('.card canvas').evaluateAll((all) =>
      all.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
    for (const count of colours) expect(count).toBeGreaterThan(4);
  });
});

/** The mail sentence by sentence, the limits, and the pin curve. */
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const step = (page: Page) => page.evaluate(async () => (await window.order0.summary()).steps);

test.describe('the mail', () => {
  test('leads from a sentence to its moment, and Back leads to the mail again', async ({ page }) => {
    await open(page, { fragment: 'v=1&preset=one-slab&page=mail' });
    await idle(page);
    const mail = page.getByRole('dialog', { name: 'The mail, sentence by sentence' });
    await expect(mail.getByText('How about: Move order-0 allocations to slab')).toBeVisible();
    await expectAccessible(page);
    await mail.getByRole('button', { name: 'select one slab and reclaim it' }).click();
    await idle(page);
    await expect(mail).toBeHidden();
    expect(await step(page)).toBe(2182);
    const note = page.getByRole('region', { name: 'What to look at' });
    await expect(note).toContainText('Press Reclaim one slab');
    await page.goBack();
    await idle(page);
    await expect(mail).toBeVisible();
  });

  test('opens the view that shows it', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.getByRole('button', { name: 'The mail', exact: true }).click();
    const mail = page.getByRole('dialog', { name: 'The mail, sentence by sentence' });
    await mail.getByRole('button', { name: 'The quick look, again' }).click();
    await idle(page);
    await expect(page.getByRole('complementary', { name: 'Kernel text' })).toContainText('dentry_cache');
    expect(new URL(page.url()).hash).toContain('preset=updatedb');
    await page.getByRole('button', { name: 'Back to the mail' }).click();
    await mail.getByRole('button', { name: 'The slabs of each cache' }).click();
    await idle(page);
    await expect(page.getByRole('heading', { name: 'Caches', exact: true })).toBeVisible();
  });
});

test.describe('the limits', () => {
  test('are found from the key sheet, have their numbers, and open their scenes', async ({ page }) => {
    await open(page);
    await idle(page);
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Twenty limits' }).click();
    await idle(page);
    const limits = page.getByRole('dialog', { name: 'What it costs, and where it fails' });
    await expect(limits.locator('.limits > li')).toHaveCount(20);
    await expect(limits.locator('.limits > li').nth(3)).toContainText('336 slabs refused');
    await expectAccessible(page);
    await limits.getByRole('button', { name: 'One anonymous page, no swap' }).click();
    await idle(page);
    expect(new URL(page.url()).hash).toContain('preset=no-swap&step=3276&event=20');
    await expect(page.getByRole('button', { name: 'Back to the limits' })).toBeVisible();
  });

  test('have a curve that the slider reads, with simulated machines and a table', async ({ page }) => {
    await open(page, { fragment: 'v=1&preset=one-slab&page=limits' });
    await idle(page);
    const pins = page.getByRole('region', { name: 'A few pages that cannot go' });
    await expect(pins.locator('.pin-says')).toHaveText(
      'With 0.2 % of pages that cannot go, 35.9 % of blocks of order 9 hold none of them.',
    );
    await expect(pins.locator('circle.scattered')).toHaveCount(7);
    await expect(pins.locator('rect.grouped')).toHaveCount(7);
    await pins.getByRole('combobox', { name: 'Order of the block' }).selectOption('5');
    await expect(pins.locator('.pin-says')).toContainText('93.8 % of blocks of order 5');
    await pins.getByRole('slider').press('End');
    await expect(pins.locator('.pin-says')).toContainText('With 10 % of pages');
    await pins.getByRole('button', { name: 'Table' }).click();
    await expect(pins.getByRole('row')).toHaveCount(8);
    await expect(pins.getByRole('row', { name: /^1 %/ })).toContainText('72.5 %');
  });
});

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openPlots(page: Page): Promise<void> {
  await open(page, { fragment: 'v=1&preset=file-server&step=12000' });
  await idle(page);
  await button(page, 'Plots').click();
  await idle(page);
}

/** Runs a command of the palette by its whole label. */
async function command(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(label);
  await page.getByRole('option', { name: label }).first().click();
  await idle(page);
}

/** The number beside a name in a plot's figures. */
async function figure(page: Page, plot: string, name: string): Promise<number> {
  const row = region(page, plot)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) });
  return Number((await row.locator('dd').innerText()).replaceAll(',', ''));
}

test.describe('what slab reclaim does to the LRU', () => {
  test('is plotted against plain buddy on the same operations, in table and file too', async ({ page }) => {
    await openPlots(page);
    await button(page, 'Against').click();
    await page.getByRole('radio', { name: 'buddy-2.6' }).check();
    await idle(page);
    await page.keyboard.press('Escape');
    const own = await figure(page, 'LRU damage so far', 'hot pages evicted');
    const other = await figure(page, 'LRU damage so far', 'buddy-2.6: hot pages evicted');
    expect(own).toBeGreaterThan(2 * other);
    expect(other).toBeGreaterThan(0);
    await button(page, 'Table of LRU damage so far').click();
    const table = region(page, 'LRU damage so far').getByRole('table');
    await expect(table.getByRole('columnheader', { name: 'buddy-2.6: refaults' })).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'CSV of LRU damage so far').click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toContain('# against: buddy-2.6');
    expect(csv).toContain('hot_evicted_total@buddy-2.6');
    await expectAccessible(page);
  });

  test('leads from the plots to a sweep of the scan, ready to run', async ({ page }) => {
    await openPlots(page);
    await button(page, 'Sweep MAX_DEFRAG_SCAN').click();
    await expect(page.getByText('policy.maxDefragScan=1,2,4,8,16,32,64')).toBeVisible();
  });
});

test('a reclaim tells what it could have taken', async ({ page }) => {
  await open(page, { fragment: 'v=1&preset=scan-too-short&step=8100' });
  await idle(page);
  await command(page, 'Reclaim one slab');
  const choice = region(page, 'Was it the best slab?');
  await expect(choice.getByRole('row', { name: /^Chosen/ })).toBeVisible();
  const clean = async (name: RegExp) =>
    Number(await choice.getByRole('row', { name }).getByRole('cell').nth(1).innerText());
  const missed = (await clean(/^Best of all/)) - (await clean(/^Chosen/));
  expect(missed).toBeGreaterThanOrEqual(0);
  await expect(choice).toContainText(missed === 0 ? 'no regret' : `Regret: ${missed} clean page`);
  await expectAccessible(page);
});

test('search and its cost stand beside another policy’s', async ({ page }) => {
  await open(page, { fragment: 'v=1&preset=file-server&step=12000' });
  await idle(page);
  await command(page, 'Search cost: pages looked at, and what slabs cost');
  await page.getByRole('combobox', { name: 'Beside' }).selectOption('buddy-2.6');
  await idle(page);
  const table = page.getByRole('table', { name: 'Pages and slabs looked at for each block' });
  const [slabs] = await table
    .getByRole('row', { name: /^Slabs looked at/ })
    .getByRole('cell')
    .allInnerTexts();
  expect(Number(slabs!.replaceAll(',', ''))).toBeGreaterThan(0);
  await expect(
    table
      .getByRole('row', { name: /^Slabs looked at/ })
      .getByRole('cell')
      .last(),
  ).toHaveText('·');
  await expect(page.getByRole('table', { name: "What the allocator's own books cost" })).toBeVisible();
  await expectAccessible(page);
});

/** Experiments on the page: set up, run, looked at, saved, and given again by the command line. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const pane = (page: Page) => page.getByRole('region', { name: 'Experiments', exact: true });
const status = (page: Page) => pane(page).getByRole('status');
const picture = (page: Page) => pane(page).getByRole('img');

const SMALL = 'v=1&preset=one-slab&policies=order0-slab%2Cbuddy-2.6&seeds=1..3';

async function openSmall(page: Page, query = ''): Promise<void> {
  await open(page, { query, fragment: SMALL });
  await idle(page);
}

async function run(page: Page): Promise<void> {
  await button(page, 'Run').click();
  await idle(page);
  await expect(status(page)).toContainText('all done');
}

async function saved(page: Page, kind: string): Promise<{ name: string; text: string }> {
  await button(page, 'Save').click();
  const coming = page.waitForEvent('download');
  await button(page, kind).click();
  const download = await coming;
  await page.keyboard.press('Escape');
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** The command line's own bytes. */
const compare = (...args: string[]) =>
  execFileSync('npx', ['--no-install', 'tsx', 'src/cli/main.ts', 'compare', ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

test.describe('an experiment', () => {
  test('of a link runs, and gives the bytes of the command line', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openSmall(page);
    await expect(pane(page)).toBeVisible();
    await run(page);
    await expect(status(page)).toHaveText('6 of 6 runs, all done');
    const json = await saved(page, 'JSON');
    expect(json.name).toBe('order0-one-slab-experiment.json');
    expect(json.text === compare(page.url())).toBe(true);
    await button(page, 'Copy as command').click();
    await idle(page);
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toBe(
      'npm run --silent order0 -- compare preset:one-slab --policies order0-slab,buddy-2.6 --seeds 1..3 --json',
    );
  });

  test('on a run that was edited goes by its link', async ({ page }) => {
    await openSmall(page);
    await page.evaluate(() => window.order0.seek(900));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Reclaim one slab/ }).click();
    await idle(page);
    await page.keyboard.press('x');
    await page.getByRole('textbox', { name: /^Seeds/ }).fill('7,8');
    await run(page);
    const { text } = await saved(page, 'JSON');
    expect(text === compare(page.url())).toBe(true);
    expect(text === compare('preset:one-slab', '--policies', 'order0-slab,buddy-2.6', '--seeds', '7,8')).toBe(
      false,
    );
  });

  test('is drawn with a dot for each seed, and has tables and files', async ({ page }) => {
    await openSmall(page);
    await run(page);
    await pane(page).getByRole('combobox', { name: 'Figure' }).selectOption('refaults');
    // Two policies and their difference, three seeds each.
    await expect(picture(page).locator('.dot')).toHaveCount(9);
    await expect(picture(page).locator('.mean')).toHaveCount(3);
    await expect(picture(page)).toHaveAccessibleName(
      /order0-slab [\d.]+ ± [\d.]+; buddy-2\.6 [\d.]+ ± [\d.]+$/,
    );
    await button(page, 'Tables').click();
    const first = pane(page).getByRole('table').first();
    await expect(first.getByRole('row')).toHaveCount(3);
    const csv = await saved(page, 'CSV');
    const rows = csv.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(rows).toHaveLength(7);
    const column = rows[0]!.split(',').indexOf('refaults');
    const values = rows.slice(1, 4).map((line) => Number(line.split(',')[column]));
    const mean = values.reduce((sum, value) => sum + value, 0) / 3;
    const shown = await first.getByRole('row').nth(1).getByRole('cell').nth(1).textContent();
    expect(Number(shown)).toBeCloseTo(mean, 1);
    expect(csv.text).toContain('# command: npm run --silent order0 -- compare preset:one-slab');
    const svg = await saved(page, 'SVG');
    const dots = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('circle').length,
      svg.text,
    );
    expect(dots).toBe(9);
    expect(svg.text).toContain('policies=order0-slab%2Cbuddy-2.6');
    expect((await saved(page, 'PNG')).name).toBe('order0-one-slab-experiment.png');
  });

  test('is set up and run by keyboard alone', async ({ page }) => {
    await open(page, { fragment: 'v=1&preset=one-slab' });
    await idle(page);
    await page.keyboard.press('x');
    await expect(pane(page)).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(button(page, 'Link of this experiment')).toBeFocused();
    await page.getByRole('checkbox', { name: 'buddy-2.6' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('textbox', { name: /^Seeds/ }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('4..5');
    await page.getByRole('textbox', { name: /^Sweep/ }).focus();
    await page.keyboard.type('policy.maxDefragScan=1,8');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(button(page, 'Run')).toBeFocused();
    await page.keyboard.press('Enter');
    await idle(page);
    await expect(status(page)).toHaveText('4 of 4 runs, all done');
    await expect(picture(page)).toHaveAccessibleName(/maxDefragScan 1 .*; maxDefragScan 8 /);
    expect(new URL(page.url()).hash).toContain('sweep=policy.maxDefragScan%3D1%2C8');
    await page.getByRole('group', { name: 'What came of it' }).focus();
    await page.keyboard.press('Escape');
    await expect(pane(page)).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('is called off, and keeps what was run', async ({ page }) => {
    await openSmall(page);
    await page.getByRole('textbox', { name: /^Seeds/ }).fill('1..2000');
    await button(page, 'Run').click();
    await expect(picture(page).locator('.dot').first()).toBeAttached();
    await button(page, 'Cancel').click();
    await idle(page);
    await expect(status(page)).toHaveText(/^\d+ of 4,000 runs, cancelled$/);
    await expect(button(page, 'Save')).toHaveCount(0);
    await expect(button(page, 'Run')).toBeEnabled();
  });

  test('says what is wrong with it', async ({ page }) => {
    await openSmall(page);
    await page.getByRole('textbox', { name: /^Seeds/ }).fill('five');
    await expect(pane(page).getByRole('alert')).toHaveText(/^seeds: expected whole numbers/);
    await expect(button(page, 'Run')).toBeDisabled();
    await page.getByRole('textbox', { name: /^Seeds/ }).fill('1');
    await page.getByRole('textbox', { name: /^Sweep/ }).fill('machine.page=1,2');
    await button(page, 'Run').click();
    await idle(page);
    await expect(pane(page).getByRole('alert')).toContainText('machine.page: unknown');
  });

  test('comes ready-made', async ({ page }) => {
    await openSmall(page);
    await button(page, 'How far the scan has to look').click();
    await idle(page);
    await expect(page.getByRole('textbox', { name: /^Sweep/ })).toHaveValue(
      'policy.maxDefragScan=1,2,4,8,16,32,64',
    );
    await page.getByRole('textbox', { name: /^Seeds/ }).fill('1..2');
    await run(page);
    await expect(picture(page).locator('.mean')).toHaveCount(13);
    expect(new URL(page.url()).hash).toContain('preset=scan-too-short');
  });

  for (const theme of ['light', 'dark']) {
    test(`is accessible in the ${theme} theme`, async ({ page }) => {
      await openSmall(page, `theme=${theme}`);
      await expectAccessible(page);
      await run(page);
      await button(page, 'Tables').click();
      await expectAccessible(page);
    });
  }

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openSmall(page);
    await run(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await picture(page).scrollIntoViewIfNeeded();
    await expectAccessible(page);
  });
});

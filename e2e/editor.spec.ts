import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Scenario text' });
const text = (page: Page) => sheet(page).getByRole('textbox', { name: 'Scenario text' });
const press = (page: Page, name: string) => sheet(page).getByRole('button', { name, exact: true }).click();

async function openEditor(page: Page, options: Parameters<typeof open>[1] = {}): Promise<void> {
  await open(page, options);
  await idle(page);
  await page.keyboard.press('e');
  await expect(text(page)).toBeFocused();
}

/** Puts a whole text in place of the old one, as a paste does: no bracket or indentation is added. */
async function replaceText(page: Page, whole: string): Promise<void> {
  await text(page).press('Control+a');
  await page.keyboard.insertText(whole);
  await idle(page);
}

/** Puts the cursor behind the first line that holds `words`. */
async function endOfLineWith(page: Page, words: string): Promise<void> {
  await text(page).locator('.cm-line', { hasText: words }).first().click();
  await page.keyboard.press('End');
}

const SMALL = `order0: 1
title: A small machine
machine:
  pages: 512
  cpus: 1
  slabOrder: 5
seed: 3
workload:
  steps: 600
  actors:
    - kind: files
    - kind: kernel
`;

const order0 = (...args: string[]) =>
  JSON.parse(
    spawnSync('npx', ['--no-install', 'tsx', 'src/cli/main.ts', ...args, '--json'], { encoding: 'utf8' })
      .stdout,
  ) as { stateHash: string };

test.describe('the scenario text', () => {
  test('is what runs, and runs again when it is changed', async ({ page }) => {
    await openEditor(page);
    await expect(sheet(page)).toContainText('This is what runs: “One slab”.');
    await expect(text(page)).toContainText('title: One slab');
    await replaceText(page, SMALL);
    await expect(sheet(page)).toContainText('Unsaved text, begun from “One slab”.');
    await page.keyboard.press('Control+Enter');
    await idle(page);
    await expect(sheet(page)).toContainText('This is what runs: “A small machine”.');
    expect(await summary(page)).toMatchObject({ title: 'A small machine', length: 600, seed: 3 });
  });

  test('with a problem leaves what is open untouched, and leads to the place', async ({ page }) => {
    await openEditor(page);
    const before = await summary(page);
    await replaceText(page, SMALL.replace('pages: 512', 'pages: many'));
    const problem = sheet(page)
      .getByRole('alert')
      .getByRole('button', { name: /^4:10 machine\.pages: expected/ });
    await expect(problem).toBeVisible();
    await press(page, 'Run');
    await idle(page);
    expect(await summary(page)).toEqual(before);
    await problem.click();
    await expect(text(page)).toBeFocused();
    await page.keyboard.press('Shift+End');
    await page.keyboard.insertText('640');
    await idle(page);
    await expect(problem).toHaveCount(0);
    await page.keyboard.press('Control+Enter');
    await idle(page);
    expect((await summary(page)).pages.total).toBe(640);
  });

  test('is completed from the schema and explained on hover', async ({ page }) => {
    await openEditor(page);
    await endOfLineWith(page, 'victim: most-clean');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.type('few');
    await expect(sheet(page).getByRole('option', { name: /fewest-objects/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeVisible();
    await endOfLineWith(page, 'reclaim: on-request');
    await page.keyboard.press('Enter');
    await page.keyboard.type('drain');
    const option = sheet(page).getByRole('option', { name: /drainFirst/ });
    await option.click();
    await expect(text(page)).toContainText('drainFirst: ');
    await text(page).getByText('slabOrder', { exact: true }).hover();
    await expect(sheet(page).getByText(/^MAX_GFP_ORDER: slabs are/)).toBeVisible();
  });

  test('of a draft outlives a reload, and can be discarded', async ({ page }) => {
    await openEditor(page);
    await replaceText(page, SMALL);
    await page.reload();
    await idle(page);
    await page.keyboard.press('e');
    await expect(text(page)).toContainText('title: A small machine');
    await press(page, 'Discard it');
    await expect(text(page)).toContainText('title: One slab');
    await page.reload();
    await idle(page);
    await page.keyboard.press('e');
    await expect(sheet(page)).toContainText('This is what runs: “One slab”.');
  });

  test('works where the browser refuses to store anything', async ({ page }) => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('refused', 'SecurityError');
          },
        });
    });
    await openEditor(page);
    await replaceText(page, SMALL);
    await expect(sheet(page)).toContainText('This browser keeps nothing for the page');
    await press(page, 'Run');
    await idle(page);
    expect((await summary(page)).title).toBe('A small machine');
  });

  test('is downloaded under its title, and opened from a file', async ({ page }) => {
    await openEditor(page);
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')]);
    expect(download.suggestedFilename()).toBe('one-slab.yaml');
    expect(readFileSync(await download.path(), 'utf8')).toBe(
      readFileSync('public/scenarios/one-slab.yaml', 'utf8'),
    );
    await sheet(page)
      .getByLabel('Scenario file')
      .setInputFiles({ name: 'own.yaml', mimeType: 'text/yaml', buffer: Buffer.from(SMALL) });
    await expect(text(page)).toContainText('title: A small machine');
  });

  test('is copied as a command that gives the same state', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openEditor(page);
    await endOfLineWith(page, 'maxDefragScan: 8');
    await page.keyboard.type('0');
    await page.keyboard.press('Control+Enter');
    await idle(page);
    await press(page, 'Copy as command');
    await expect(sheet(page).getByRole('status')).toHaveText('Command copied.');
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toBe('npm run --silent order0 -- run preset:one-slab --set policy.maxDefragScan=80');
    await page.evaluate(() => window.order0.seek(1e9));
    expect(order0(...command.split(' ').slice(5)).stateHash).toBe((await summary(page)).stateHash);
  });
});

test.describe('a link to an own scenario', () => {
  test('with acts gives the same state in another page and on the command line', async ({
    page,
    context,
  }) => {
    await openEditor(page);
    await replaceText(
      page,
      readFileSync('public/scenarios/one-slab.yaml', 'utf8').replace('seed: 2003', 'seed: 5'),
    );
    await press(page, 'Run');
    await idle(page);
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeHidden();
    await page.evaluate(() => window.order0.seek(1500));
    await page.keyboard.press('r');
    await idle(page);
    const here = await summary(page);
    const url = await page.evaluate(() => window.order0.shareUrl());
    expect(url.length).toBeLessThan(8000);
    const other = await context.newPage();
    await other.goto(url);
    await idle(other);
    expect(await summary(other)).toMatchObject({ stateHash: here.stateHash, steps: here.steps });
    expect(order0('run', url, '--until', String(here.steps)).stateHash).toBe(here.stateHash);
  });

  test('stands in the address: Back returns to what ran before', async ({ page }) => {
    await openEditor(page);
    const before = await summary(page);
    await replaceText(page, SMALL);
    await press(page, 'Run');
    await idle(page);
    await page.evaluate(() => window.order0.seek(100));
    await idle(page);
    await page.evaluate(() => window.order0.seek(200));
    await idle(page);
    await page.goBack();
    await idle(page);
    expect((await summary(page)).stateHash).toBe(before.stateHash);
    await page.goForward();
    await idle(page);
    expect(await summary(page)).toMatchObject({ title: 'A small machine', steps: 200 });
  });

  test('that is too long is said so, and a file is offered', async ({ page }) => {
    await openEditor(page);
    // Texts that do not compress: digits of a linear congruence.
    let state = 1;
    const noise = Array.from({ length: 600 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return `  - step: 0\n    text: n${state.toString(36)}${(state * 7).toString(36)}${(state * 31).toString(36)}`;
    });
    await replaceText(page, `${SMALL}notes:\n${noise.join('\n')}\n`);
    await press(page, 'Run');
    await idle(page);
    await expect(sheet(page).getByRole('status')).toContainText('Too long for a link');
    await press(page, 'Close');
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await expect(dialog.getByRole('alert')).toContainText('a file is safer');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save the scenario as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('a-small-machine.yaml');
  });
});

test.describe('the controls', () => {
  test('change their field in the text and keep its comments', async ({ page }) => {
    await openEditor(page);
    await replaceText(page, SMALL.replace('pages: 512', 'pages: 512 # small'));
    await sheet(page).getByRole('tab', { name: 'Controls' }).click();
    const machine = sheet(page).getByRole('region', { name: 'Machine' });
    await machine.getByLabel('pages', { exact: true }).fill('1024');
    await sheet(page).getByRole('region', { name: 'Policy' }).getByLabel('victim').selectOption('cheapest');
    const actor = sheet(page).getByRole('group', { name: '1 files' });
    await actor.getByLabel('weight', { exact: true }).fill('2.5');
    await sheet(page).getByLabel('Kind of the new actor').selectOption('pins');
    await press(page, 'Add actor');
    await expect(sheet(page).getByRole('group', { name: '3 pins' })).toBeVisible();
    await press(page, 'Remove actor 2, kernel');
    await sheet(page).getByRole('tab', { name: 'Text' }).click();
    await expect(text(page)).toBeVisible();
    const lines = await text(page).locator('.cm-line').allTextContents();
    expect(lines.join('\n')).toBe(`order0: 1
title: A small machine
machine:
  pages: 1024 # small
  cpus: 1
  slabOrder: 5
policy:
  victim: cheapest
seed: 3
workload:
  steps: 600
  actors:
    - kind: files
      weight: 2.5
    - kind: pins
`);
  });

  test('show a problem at the field, and agree with the text', async ({ page }) => {
    await openEditor(page);
    await sheet(page).getByRole('tab', { name: 'Controls' }).click();
    const scan = sheet(page).getByLabel('maxDefragScan');
    await expect(scan).toHaveValue('8');
    await scan.fill('0');
    await expect(scan).toHaveAttribute('aria-invalid', 'true');
    await expect(
      sheet(page).getByRole('alert').filter({ hasText: 'policy.maxDefragScan' }).first(),
    ).toBeVisible();
    await scan.fill('16');
    await expect(scan).toHaveAttribute('aria-invalid', 'false');
    await scan.press('Control+Enter');
    await idle(page);
    await sheet(page).getByRole('tab', { name: 'Text' }).click();
    await expect(text(page)).toContainText('maxDefragScan: 16');
    await expect(sheet(page)).toContainText('This is what runs');
  });
});

test.describe('how the editor looks', () => {
  for (const theme of ['light', 'dark', 'projector']) {
    test(`the text is accessible in the ${theme} theme`, async ({ page }) => {
      await openEditor(page, { query: `theme=${theme}` });
      await expectAccessible(page);
    });

    test(`the controls are accessible in the ${theme} theme`, async ({ page }) => {
      await openEditor(page, { query: `theme=${theme}` });
      await sheet(page).getByRole('tab', { name: 'Controls' }).click();
      await expectAccessible(page);
    });

    test(`the gallery is accessible in the ${theme} theme`, async ({ page }) => {
      await open(page, { query: `theme=${theme}` });
      await idle(page);
      await page.getByRole('button', { name: 'Scenario', exact: true }).click();
      await idle(page);
      await expectAccessible(page);
    });
  }

  test('breaks no rule of the page’s Content-Security-Policy', async ({ page }) => {
    await page.addInitScript(() => {
      const breaches: string[] = [];
      Object.assign(window, { breaches });
      document.addEventListener('securitypolicyviolation', (event) => breaches.push(event.violatedDirective));
    });
    await openEditor(page);
    await endOfLineWith(page, 'reclaim: on-request');
    await page.keyboard.press('Enter');
    await page.keyboard.type('d');
    await expect(sheet(page).getByRole('listbox')).toBeVisible();
    await page.keyboard.press('Control+f');
    await expect(sheet(page).getByLabel('Find')).toBeVisible();
    await sheet(page).getByRole('tab', { name: 'Controls' }).click();
    expect(await page.evaluate(() => Reflect.get(window, 'breaches'))).toEqual([]);
  });

  test('is loaded when it is first asked for', async ({ page }) => {
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    await open(page);
    await idle(page);
    expect(scripts.filter((path) => path.includes('EditorPanel'))).toEqual([]);
    await page.keyboard.press('e');
    await expect(text(page)).toBeFocused();
    expect(scripts.filter((path) => /EditorPanel.*\.js$/.test(path))).toHaveLength(1);
  });

  test('opens in the single file too, from disk', async ({ page }) => {
    await page.goto(pathToFileURL('dist-single/order0.html').href);
    await idle(page);
    await page.keyboard.press('e');
    await expect(text(page)).toBeFocused();
    await replaceText(page, SMALL);
    await press(page, 'Run');
    await idle(page);
    expect((await summary(page)).title).toBe('A small machine');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await idle(page);
    await expect(page.getByRole('dialog', { name: 'Scenarios' }).getByRole('listitem')).toHaveCount(
      readdirSync('public/scenarios').length,
    );
  });

  test('covers a phone, and is left by keys alone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await idle(page);
    await page.keyboard.press('e');
    await expect(text(page)).toBeFocused();
    const box = await sheet(page).boundingBox();
    expect(box).toMatchObject({ x: 0, width: 390 });
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeHidden();
  });
});

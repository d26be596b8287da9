import type { Locator, Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const grid = (page: Page) => page.getByRole('grid', { name: 'Physical memory' });
const inspector = (page: Page) => page.getByRole('complementary');
const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const title = (page: Page) => inspector(page).getByRole('heading', { level: 2 }).first();

async function openScene(page: Page, options: Parameters<typeof open>[1] = {}): Promise<void> {
  await open(page, { query: 'motion=none', ...options });
  await idle(page);
}

/** Presses the middle of the grid and waits for what is said of the page. */
async function pressMiddle(page: Page): Promise<void> {
  await grid(page).click();
  await idle(page);
}

/** Runs one command of the palette by what one types. */
async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(text);
  await page.keyboard.press('Enter');
  await idle(page);
}

/** The first page that a query finds, selected. */
async function selectFound(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill(query);
  await idle(page);
  await page.keyboard.press('Enter');
  await idle(page);
}

test.describe('a page', () => {
  test('is selected by a press; its life leads to its moments, and the address names it', async ({
    page,
  }) => {
    await openScene(page);
    await pressMiddle(page);
    await expect(title(page)).toHaveText(/^Page 0x[0-9a-f]{3}$/);
    const life = inspector(page)
      .getByRole('region', { name: /^The life of page/ })
      .getByRole('listitem');
    const first = life.last().getByRole('button');
    const [, step] = /Step ([\d,]+)/.exec((await first.textContent()) ?? '') ?? [];
    await first.click();
    await idle(page);
    expect((await summary(page)).steps).toBe(Number(step!.replaceAll(',', '')));
    await expect(first).toHaveAttribute('aria-current', 'step');
    expect(new URL(page.url()).hash).toMatch(/&select=0x[0-9a-f]{3}/);
    await page.keyboard.press('Escape');
    await idle(page);
    await expect(title(page)).not.toHaveText(/^Page/);
    expect(new URL(page.url()).hash).not.toContain('select');
  });

  test('is followed by its owner over steps and policies, and is said to be absent where it is', async ({
    page,
  }) => {
    await openScene(page);
    await selectFound(page, 'mlocked');
    const owner = inspector(page).getByText('followed wherever it goes');
    const name = (await owner.textContent()) ?? '';
    await page.evaluate(() => window.order0.seek(0));
    await idle(page);
    await expect(title(page)).toHaveText('Not resident here');
    await expect(inspector(page).getByText(/is not running|does not exist/)).toBeVisible();
    await page.evaluate(() => window.order0.seek(2000));
    await command(page, 'policy buddy-2.6');
    await expect(owner).toHaveText(name);
    await expect(title(page)).toHaveText(/^Page/);
    await button(inspector(page), 'Slab').click();
    await idle(page);
    await expect(inspector(page).getByText('Buddy-2.6 has no slabs.')).toBeVisible();
  });

  test('leads to its process, slab and objects, and back', async ({ page }) => {
    await openScene(page);
    await selectFound(page, 'mlocked');
    const was = await title(page).textContent();
    await inspector(page)
      .getByRole('button', { name: /^process \d+$/ })
      .first()
      .click();
    await idle(page);
    await expect(title(page)).toHaveText(/^Process \d+$/);
    await expect(
      inspector(page)
        .getByRole('img', { name: /^Region \d: \d+ resident/ })
        .first(),
    ).toBeVisible();
    await button(inspector(page), 'Back').click();
    await idle(page);
    await expect(title(page)).toHaveText(was!);
    await selectFound(page, 'dentry');
    await button(inspector(page), 'Objects').click();
    await idle(page);
    await expect(inspector(page).getByText('pins 4 KiB')).toBeVisible();
  });

  test('is found in a link', async ({ page, context }) => {
    await openScene(page);
    await selectFound(page, 'mlocked');
    const shown = await title(page).textContent();
    const url = await page.evaluate(() => window.order0.shareUrl());
    expect(url).toMatch(/&select=p\d+\.\d\.\d+/);
    const other = await context.newPage();
    await other.goto(url);
    await idle(other);
    await expect(title(other)).toHaveText(shown!);
  });
});

test.describe('an act', () => {
  test('in the past drops the rest; it is undone, redone, shared, and the rest can be kept', async ({
    page,
    context,
  }) => {
    await openScene(page);
    const whole = (await summary(page)).length;
    await page.evaluate(() => window.order0.seek(2000));
    const before = await summary(page);
    await selectFound(page, 'dirty');
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: /^Pin it/ }).click();
    await idle(page);
    const forked = await summary(page);
    expect(forked).toMatchObject({ steps: 2001, length: 2001 });
    const note = page.getByRole('status').filter({ hasText: 'was dropped' });
    await expect(note).toContainText(`The rest (${whole - 2000} steps) was dropped.`);

    const url = await page.evaluate(() => window.order0.shareUrl());
    const other = await context.newPage();
    await other.goto(url);
    await idle(other);
    expect((await summary(other)).stateHash).toBe(forked.stateHash);

    await page.keyboard.press('Control+z');
    await idle(page);
    expect(await summary(page)).toMatchObject({ stateHash: before.stateHash, length: whole });
    await page.keyboard.press('Control+Shift+z');
    await idle(page);
    expect((await summary(page)).stateHash).toBe(forked.stateHash);
  });

  test('keeps the rest behind it, also in a link, and is compared with the run without it', async ({
    page,
    context,
  }) => {
    await openScene(page);
    const whole = (await summary(page)).length;
    await page.evaluate(() => window.order0.seek(1500));
    await command(page, 'request order 3');
    await button(page, 'Keep the rest').click();
    await idle(page);
    expect(await summary(page)).toMatchObject({ steps: 1501, length: whole + 1 });
    await page.evaluate(() => window.order0.seek(2100));
    const later = await summary(page);
    const url = await page.evaluate(() => window.order0.shareUrl());
    expect(url).toMatch(/\.k&/);
    const other = await context.newPage();
    await other.goto(url);
    await idle(other);
    expect((await summary(other)).stateHash).toBe(later.stateHash);

    await command(page, 'view edits');
    await expect(inspector(page).getByText('request order 3, the rest kept')).toBeVisible();
    await button(inspector(page), 'Compare with no edits').click();
    await idle(page);
    await expect(page.getByRole('heading', { name: 'Outcome after 2,100 steps' })).toBeVisible();
    const [edited, plain] = await page.evaluate(() => window.order0.summaries());
    expect(edited?.stateHash).toBe(later.stateHash);
    // Where the act stands, the run without it has an operation that does nothing: both go on at the same step.
    expect(plain).toMatchObject({ policy: edited!.policy, steps: 2100, length: edited!.length });
    expect(plain?.stateHash).not.toBe(edited?.stateHash);
  });

  test('is a menu item under the pointer and under the keyboard', async ({ page }) => {
    await openScene(page);
    await grid(page).click({ button: 'right' });
    await idle(page);
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await grid(page).focus();
    await page.keyboard.press('Shift+F10');
    await idle(page);
    await expect(page.getByRole('menuitem').first()).toBeFocused();
  });
});

test.describe('views and commands', () => {
  test('what is found is followed over steps', async ({ page }) => {
    await openScene(page);
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('dirty');
    await idle(page);
    const said = inspector(page).getByRole('status');
    await expect(said).toHaveText(/pages in \d+ runs: dirty/);
    const here = await said.textContent();
    await page.evaluate(() => window.order0.seek(1200));
    await idle(page);
    await expect(said).not.toHaveText(here!);
    await page.getByRole('searchbox').fill('xyzzy');
    await idle(page);
    await expect(said).toContainText('is not understood: try');
  });

  test('caches, zones and LRU lists can be read, under every policy', async ({ page }) => {
    await openScene(page);
    await button(page, 'Views').click();
    await idle(page);
    await expect(inspector(page).getByRole('region', { name: 'order0-user in Normal' })).toBeVisible();
    await button(inspector(page), 'Zones, LRU').click();
    await idle(page);
    await expect(
      inspector(page)
        .getByRole('img', { name: /free; marks: min \d+/ })
        .first(),
    ).toBeVisible();
    await command(page, 'policy buddy-2.6');
    await button(inspector(page), 'Caches').click();
    await idle(page);
    await expect(inspector(page).getByText('Buddy-2.6 has no slabs.')).toBeVisible();
    await expect(inspector(page).getByText('cpu 0 hot').first()).toBeVisible();
  });

  test('the palette goes to a step, and says why a command cannot be done', async ({ page }) => {
    await openScene(page);
    await command(page, '321');
    expect((await summary(page)).steps).toBe(321);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
    await page.keyboard.type('undo');
    await expect(page.getByRole('option', { name: /Undo: there is no act to undo/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await expectAccessible(page);
  });
});

test.describe('how the inspector looks', () => {
  for (const theme of ['light', 'dark']) {
    test(`a page is accessible in the ${theme} theme`, async ({ page }) => {
      await openScene(page, { query: `motion=none&theme=${theme}` });
      await selectFound(page, 'mlocked');
      await expectAccessible(page);
      await button(inspector(page), 'Slab').click();
      await idle(page);
      await expectAccessible(page);
      await grid(page).click({ button: 'right' });
      await idle(page);
      await expectAccessible(page);
    });

    for (const view of ['caches', 'zones', 'find']) {
      test(`the view of ${view} is accessible in the ${theme} theme`, async ({ page }) => {
        await openScene(page, { query: `motion=none&theme=${theme}` });
        await command(page, `view ${view}`);
        await expectAccessible(page);
      });
    }
  }

  test('is a sheet over the foot of the page on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openScene(page);
    await grid(page).click({ position: { x: 150, y: 100 } });
    await idle(page);
    await expect(title(page)).toBeInViewport();
    await expect(grid(page)).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await button(inspector(page), 'Close').click();
    await idle(page);
    await expect(page.getByRole('heading', { name: 'Why it failed' })).toBeAttached();
  });
});

test('a key struck right after the menu of acts was closed is the page’s again', async ({ page }) => {
  await openScene(page);
  await selectFound(page, '5');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('m');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  // In one task: no frame lies between, in which the browser would take the focus from what is hidden.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[role=menu]:popover-open')?.hidePopover();
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
  });
  await expect(page.getByRole('searchbox')).toBeVisible();
});

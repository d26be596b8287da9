import type { Page } from '@playwright/test';
import type {} from '../../src/store/console.ts';
import { open } from './lab.ts';

export const idle = (page: Page) => page.evaluate(() => window.order0.idle());
export const summary = (page: Page) => page.evaluate(() => window.order0.summary());
export const grid = (page: Page) => page.getByRole('grid', { name: 'Physical memory' });
export const inspector = (page: Page) => page.getByRole('complementary');
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Opens the page and waits until it is quiet. */
export async function openScene(page: Page, query = 'motion=none'): Promise<void> {
  await open(page, { query });
  await idle(page);
}

/** Runs one command of the palette by what one types. */
export async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(text);
  await page.keyboard.press('Enter');
  await idle(page);
}

/** The first page that a query finds, selected. */
export async function selectFound(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill(query);
  await idle(page);
  await page.keyboard.press('Enter');
  await idle(page);
}

const pane = async (page: Page, name: string | RegExp) => {
  await inspector(page).getByRole('button', { name, exact: true }).first().click();
  await idle(page);
};

const kept = async (page: Page, act: string) => {
  await command(page, act);
  await page.getByRole('button', { name: 'Keep the rest' }).click();
  await idle(page);
};

/** Every part of the page that can be opened, by name, from the opening scene. */
export const VIEWS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  opening: async () => {},
  served: async (page) => {
    await button(page, 'Reclaim one slab').click();
    await idle(page);
  },
  page: (page) => selectFound(page, 'mlocked'),
  slab: async (page) => {
    await selectFound(page, 'mlocked');
    await pane(page, 'Slab');
  },
  block: async (page) => {
    await selectFound(page, 'mlocked');
    await pane(page, 'Block');
  },
  objects: async (page) => {
    await selectFound(page, 'dentry');
    await pane(page, 'Objects');
  },
  process: async (page) => {
    await selectFound(page, 'mlocked');
    await pane(page, /^process \d+$/);
  },
  file: async (page) => {
    await selectFound(page, 'file 16');
    await pane(page, /^file \d+$/);
  },
  caches: (page) => command(page, 'view caches'),
  zones: (page) => command(page, 'view zones'),
  edits: async (page) => {
    await page.evaluate(() => window.order0.seek(1500));
    await kept(page, 'request order 3');
    await command(page, 'drop clean caches');
    await command(page, 'view edits');
  },
  compare: async (page) => {
    await page.evaluate(() => window.order0.seek(1500));
    await kept(page, 'drop clean caches');
    await page.keyboard.press('c');
    await idle(page);
  },
  find: async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('dirty');
    await idle(page);
  },
  'menu of acts': async (page) => {
    await selectFound(page, 'mlocked');
    await page.keyboard.press('m');
    await page.getByRole('menuitem').first().waitFor();
  },
  plots: async (page) => {
    await page.keyboard.press('g');
    await page.getByRole('button', { name: 'Close plots' }).waitFor();
    await idle(page);
  },
  'kernel text': async (page) => {
    await page.keyboard.press('k');
    await page.getByRole('tab', { name: 'buddyinfo' }).waitFor();
    await idle(page);
  },
  editor: async (page) => {
    await page.keyboard.press('e');
    await page.locator('.cm-content').waitFor();
    await idle(page);
  },
  gallery: async (page) => {
    await command(page, 'all scenarios');
    await page.getByRole('searchbox').waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command' }).waitFor();
  },
  help: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
  },
  open: async (page) => {
    await command(page, 'open a file');
    await page.getByRole('dialog', { name: 'Open' }).waitFor();
  },
  share: async (page) => {
    await command(page, 'share this moment');
    await page.getByRole('dialog', { name: 'Share' }).waitFor();
  },
};

import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from './support/lab.ts';
import { button, grid, idle, inspector } from './support/scene.ts';

async function openAt(page: Page, fragment: string): Promise<void> {
  await open(page, { query: 'motion=none', fragment: `v=1&preset=one-slab${fragment}` });
  await idle(page);
}

async function overlay(page: Page, title: string): Promise<void> {
  await button(page, 'Overlay').click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${title} [A-Z]`) }).click();
  await idle(page);
}

const numbers = (text: string | null) => (text ?? '').match(/\d+/g)?.map(Number) ?? [];

test.describe('obtainable blocks', () => {
  test('are counted the same in the why panel, the legend and the table of policies', async ({ page }) => {
    await openAt(page, '');
    await inspector(page).getByRole('button', { name: 'What could each policy do?' }).click();
    await idle(page);
    const { outlook, byPolicy } = await page.evaluate(() => window.order0.why(5));
    const sentence = `${outlook.obtainable} of ${outlook.windows} blocks of order 5 could be had`;
    await expect(inspector(page).getByText(sentence)).toBeVisible();
    expect(outlook.obtainable).toBeLessThan(outlook.windows);
    for (const { policy, emptiable, obtainable } of byPolicy) {
      const row = inspector(page).getByRole('row', { name: new RegExp(`^${policy}`) });
      await expect(row.getByRole('cell').nth(0)).toHaveText(String(emptiable));
      await expect(row.getByRole('cell').nth(1)).toHaveText(String(obtainable));
    }
    await inspector(page).getByRole('button', { name: 'Show them on the grid' }).click();
    await idle(page);
    const legend = page.getByRole('region', { name: 'Obtainable blocks of order 5' });
    await expect(legend).toContainText(sentence);
    await legend.getByText('Which page keeps each block').click();
    const rows = legend.getByRole('table').getByRole('row');
    await expect(rows).toHaveCount(1 + outlook.windows - outlook.obtainable);
    await expectAccessible(page);
  });

  test('change with the moment, and are not drawn while the run plays', async ({ page }) => {
    await openAt(page, '&step=400');
    await overlay(page, 'obtainable');
    const legend = page.getByRole('region', { name: /^Obtainable blocks/ });
    const [before] = numbers(await legend.textContent());
    await page.evaluate(() => window.order0.seek(2182));
    await idle(page);
    const [after] = numbers(await legend.textContent());
    expect(after).toBeLessThan(before!);
    await overlay(page, 'none');
    await expect(legend).toHaveCount(0);
  });
});

test('the windows stand by cost in the why panel: pointing shows one, a press selects it', async ({
  page,
}) => {
  await openAt(page, '');
  await inspector(page).getByRole('button', { name: 'What could each policy do?' }).click();
  await idle(page);
  const list = inspector(page).getByRole('region', { name: 'Windows by cost' });
  const { windows } = await page.evaluate(() => window.order0.why(5));
  await list.getByRole('button', { name: /^Show \d+ more/ }).click();
  const rows = list.getByRole('row');
  await expect(rows).toHaveCount(1 + windows.length);
  const costs = windows.map(({ costNs }) => costNs ?? Number.MAX_SAFE_INTEGER);
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  await expect(rows.last().getByRole('cell').first()).toHaveText('blocked');
  const first = list.getByRole('button', { name: `0x${windows[0]!.pfn.toString(16).padStart(3, '0')}` });
  await first.hover();
  await expect(page.locator('.ledger .hovered')).toHaveCount(1);
  await first.click();
  await idle(page);
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Slab');
});

test.describe('a policy that groups by mobility', () => {
  test('has its pageblocks, its free lists by type and its per-CPU lists by type', async ({ page }) => {
    await openAt(page, '&policy=mobility-compaction');
    await overlay(page, 'pageblocks');
    const legend = page.getByRole('region', { name: 'Pageblocks by type' });
    await expect(legend).toBeVisible();
    const counts = await legend.getByRole('listitem').allTextContents();
    const blocks = counts.slice(0, -1).map((text) => numbers(text).at(-1) ?? 0);
    expect(counts[0]).toContain('Unmovable');
    expect(blocks.reduce((a, b) => a + b, 0)).toBe(numbers(await legend.textContent())[0]);
    const free = page
      .getByRole('region', { name: 'Free memory' })
      .getByRole('table', { name: /by migratetype/ });
    await expect(free).toBeVisible();
    const pages = await free
      .getByRole('row', { name: /^pages/ })
      .getByRole('cell')
      .allTextContents();
    const summary = await page.evaluate(() => window.order0.summary());
    expect(pages.flatMap(numbers).reduce((a, b) => a + b, 0)).toBe(summary.pages.free);
    await expectAccessible(page);
    await button(page, 'Views').click();
    await idle(page);
    await inspector(page)
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: 'CPUs' })
      .click();
    await idle(page);
    const lists = inspector(page)
      .getByRole('table', { name: /^Blocks on the lists of cpu 0/ })
      .first();
    await expect(lists.getByRole('rowheader')).toHaveText(['Unmovable', 'Movable', 'Reclaimable']);
    await expectAccessible(page);
  });

  test('tells of a block which pageblock it lies in, and what other types took from it', async ({ page }) => {
    await openAt(page, '&policy=mobility-lumpy');
    await grid(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await idle(page);
    await inspector(page).getByRole('button', { name: 'Block', exact: true }).click();
    await idle(page);
    const part = inspector(page).locator('.pane-part', {
      has: page.getByRole('heading', { name: 'Its pageblock' }),
    });
    await expect(part).toContainText(/Unmovable|Reclaimable|Movable|Reserve/);
    await part.getByRole('button', { name: 'What did other types take from it?' }).click();
    await idle(page);
    await expect(part).toContainText(/took 0x|No other type has taken/);
  });
});

test.describe('scanners', () => {
  test('of compaction say between operations where the next run begins', async ({ page }) => {
    await openAt(page, '&policy=mobility-compaction&step=2183');
    await expect(page.getByRole('region', { name: 'Scanners' })).toContainText('the next compaction begins');
    await expectAccessible(page);
  });

  test('of compaction move while its events are stepped, each with its sentence', async ({ page }) => {
    await openAt(page, '&policy=mobility-compaction&step=2183&event=28');
    await page.getByRole('combobox', { name: 'Step by' }).selectOption('event');
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    const words = page.getByRole('region', { name: 'Scanners' });
    const told = new Set<string>();
    const places: (readonly [number, number])[] = [];
    for (let event = 0; event < 40; event++) {
      const text = (await words.textContent()) ?? '';
      const [migrate, free] = [...text.matchAll(/0x[0-9a-f]+/g)].map(([hex]) => Number(hex));
      if (text.includes('ZONE_NORMAL: compaction is running')) places.push([migrate!, free!]);
      told.add((await page.locator('.narration .current').textContent()) ?? '');
      await page.keyboard.press('.');
      await idle(page);
    }
    expect(places.length).toBeGreaterThan(20);
    for (const [i, [migrate, free]] of places.entries()) {
      expect(migrate).toBeLessThanOrEqual(free);
      expect(migrate).toBeGreaterThanOrEqual(places[i - 1]?.[0] ?? 0);
    }
    const sentences = [...told].join('\n');
    expect(sentences).toMatch(/\d+ pages? to move/);
    expect(sentences).toMatch(/is moved to 0x/);
  });

  test('of page moving say which windows were looked at and which is chosen', async ({ page }) => {
    await openAt(page, '&policy=page-moving&step=2181&event=70');
    const words = page.getByRole('region', { name: 'Scanners' });
    await expect(words).toContainText(/\d+ windows looked at; \d+ kept by a page/);
    await expect(words).toContainText(/is chosen: \d+ pages to move/);
    await expectAccessible(page);
  });
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the overlays are accessible in forced colours, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: scheme });
    await openAt(page, '&policy=mobility-compaction');
    await overlay(page, 'pageblocks');
    await expect(page.getByRole('region', { name: 'Pageblocks by type' })).toBeVisible();
    await overlay(page, 'obtainable');
    await expect(page.getByRole('region', { name: /^Obtainable blocks/ })).toBeVisible();
    await expectAccessible(page);
  });
}

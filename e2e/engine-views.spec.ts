import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const inspector = (page: Page) => page.getByRole('complementary');
const view = (page: Page, name: string) =>
  inspector(page).getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true });

/** Opens a preset and one of the views of its machine. */
async function openView(page: Page, preset: string, name: string): Promise<void> {
  await open(page, { query: 'motion=none', fragment: `v=1&preset=${preset}` });
  await idle(page);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await idle(page);
  await view(page, name).click();
  await idle(page);
}

const number = (text: string | null) => Number((text ?? '').replace(/[^\d]/g, ''));

test.describe('the cost table', () => {
  test('opens the failed request as a sum of parts that is its latency', async ({ page }) => {
    await open(page, { query: 'motion=none' });
    await idle(page);
    await page.getByRole('button', { name: /as a sum/ }).click();
    await idle(page);
    const sum = inspector(page).getByRole('table', { name: /^Latency of the request: Order 5 failed/ });
    await expect(sum).toBeVisible();
    const rows = await sum.getByRole('row').all();
    const parts = await Promise.all(
      rows.map(async (row) => number(await row.locator('td').last().textContent())),
    );
    const total = parts.pop();
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
    expect((await summary(page)).latency.lastNs).toBe(total);
  });

  test('changes a price in the text: the run pays it, the link has it, and it is taken back', async ({
    page,
  }) => {
    await openView(page, 'one-slab', 'Costs');
    const before = await summary(page);
    const price = inspector(page).getByRole('textbox', { name: /^Price: Drop a page/ });
    await price.fill('1800');
    await price.press('Enter');
    await idle(page);
    const after = await summary(page);
    const dropped = before.costs.actions.find(({ action }) => action === 'dropPage')!.times;
    expect(after.costNs - before.costNs).toBe(dropped * 1000);
    expect(after.steps).toBe(before.steps);
    await expect(inspector(page).getByLabel('Device')).toHaveValue('own');
    const url = await page.evaluate(() => window.order0.shareUrl());
    await inspector(page).getByRole('button', { name: 'Take the change back' }).click();
    await idle(page);
    expect((await summary(page)).costNs).toBe(before.costNs);
    await page.goto(url);
    await page.reload();
    await idle(page);
    expect((await summary(page)).costNs).toBe(after.costNs);
  });

  test('has the prices of a disk, and is told to a screen reader without a fault', async ({ page }) => {
    await openView(page, 'one-slab', 'Costs');
    await inspector(page).getByLabel('Device').selectOption('HDD');
    await idle(page);
    await expect(
      inspector(page).getByRole('textbox', { name: /^Price: Write a page to its file/ }),
    ).toHaveValue('8,000,000');
    expect((await summary(page)).costs.device).toBe('HDD');
    await expectAccessible(page);
  });
});

test('the boot view tells what no slab can hold, and leads to step 0', async ({ page }) => {
  await openView(page, 'one-slab', 'Boot');
  await expect(inspector(page).getByRole('img', { name: /^Step 0, windows of 32 pages/ })).toBeVisible();
  await expect(inspector(page).getByRole('rowheader', { name: 'kernel image and boot data' })).toBeVisible();
  await expect(inspector(page).getByRole('rowheader', { name: /^slab descriptors/ })).toBeVisible();
  await expectAccessible(page);
  await inspector(page).getByRole('button', { name: 'step 0' }).click();
  await idle(page);
  expect((await summary(page)).steps).toBe(0);
});

test('the view of the CPUs names slabs that parked pages keep, and draining first frees more', async ({
  page,
}) => {
  await openView(page, 'four-cpus', 'CPUs');
  await expect(inspector(page).getByRole('rowheader', { name: 'cpu 3' }).first()).toBeVisible();
  const blocked = inspector(page).getByRole('row', { name: /^Slabs that only they keep from reclaim/ });
  await expect(blocked.getByRole('button').first()).toBeVisible();
  await expectAccessible(page);
  await page.evaluate(() => window.order0.seek(1e9));
  const kept = await summary(page);
  await inspector(page).getByLabel('Drain arrays before choosing a slab').selectOption('yes');
  await idle(page);
  const drained = await summary(page);
  expect(drained.reclaim.slabsRefused).toBeLessThan(kept.reclaim.slabsRefused);
});

test('the view of mempools sets one beside the slab in its place, and a page leads to its pool', async ({
  page,
}) => {
  await openView(page, 'claim-mempool', 'CPUs');
  await page.evaluate(() => window.order0.seek(1e9));
  await idle(page);
  await view(page, 'Mempools').click();
  await idle(page);
  const { pools } = await summary(page);
  const failed = inspector(page).getByRole('row', { name: /^Failed/ });
  await expect(failed).toContainText(String(pools.slabFailed));
  await expect(inspector(page).getByRole('img', { name: /^Served over the run/ })).toBeVisible();
  await expectAccessible(page);
  await inspector(page)
    .getByRole('button', { name: /, in reserve$/ })
    .first()
    .click();
  await idle(page);
  await inspector(page)
    .getByRole('button', { name: /^in reserve of pool/ })
    .click();
  await idle(page);
  await expect(inspector(page).getByRole('heading', { level: 2, name: 'Mempools' })).toBeVisible();
});

test('the creep of kernel memory is told for both policies', async ({ page }) => {
  await openView(page, 'month-of-uptime', 'Creep');
  const lost = inspector(page).getByRole('row', { name: /^Windows lost/ });
  await expect(lost).toBeVisible();
  const cells = await lost.getByRole('cell').allTextContents();
  const [slabs, buddy] = cells.map(number);
  expect(slabs! * 3).toBeLessThan(buddy!);
  await expect(
    inspector(page).getByRole('img', { name: /^Windows of 32 pages that kernel pages hold/ }),
  ).toBeVisible();
  await expectAccessible(page);
});

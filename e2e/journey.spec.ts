/** The page as somebody meets it who has never seen it: one thing after the other, in one sitting. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/lab.ts';
import { button, command, idle, openScene, summary } from './support/scene.ts';

const mail = (page: Page) => page.getByRole('dialog', { name: 'The mail, sentence by sentence' });
const experiments = (page: Page) => page.getByRole('region', { name: 'Experiments', exact: true });
const link = (page: Page) => page.getByRole('textbox', { name: 'Link to this moment' });

/** What the experiment's tables say, once all of its runs are done. */
async function results(page: Page): Promise<string> {
  await button(page, 'Run').click();
  await idle(page);
  await expect(experiments(page).getByRole('status')).toContainText('all done');
  await button(page, 'Tables').click();
  await idle(page);
  return (await experiments(page).getByRole('table').allInnerTexts()).join('\n');
}

test('a sitting: the mail’s scenes and back, two policies, an experiment and its link', async ({
  page,
  context,
}) => {
  test.slow();
  await openScene(page);
  const opening = await summary(page);

  await button(page, 'The mail').click();
  await expect(mail(page)).toBeVisible();
  const scenes = ['The first slab', 'The slabs of each cache', 'Before the first request'];
  for (const scene of scenes) {
    await mail(page).getByRole('button', { name: scene, exact: true }).click();
    await idle(page);
    await expect(mail(page)).toBeHidden();
    await expect(page.getByRole('region', { name: 'What to look at' })).toBeVisible();
    await page.goBack();
    await idle(page);
    await expect(mail(page)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await idle(page);
  expect((await summary(page)).stateHash).toBe(opening.stateHash);

  await button(page, 'Compare').click();
  await idle(page);
  const panes = page.getByRole('region', { name: /^Pane \d: / });
  await expect(panes).toHaveCount(2);
  await button(page, 'First divergence').click();
  await idle(page);
  const divergences = await page.evaluate(() => window.order0.divergences());
  expect((await summary(page)).steps).toBe(divergences?.first);
  await button(page, 'Close comparison').click();
  await idle(page);
  await expect(panes).toHaveCount(0);

  await button(page, 'Experiments').click();
  await idle(page);
  await page.getByRole('textbox', { name: /^Seeds/ }).fill('1..3');
  const told = await results(page);
  expect(told).toContain('buddy-2.6');
  await button(page, 'Link of this experiment').click();
  const url = await link(page).inputValue();
  const other = await context.newPage();
  await other.goto(url);
  await idle(other);
  expect(await results(other)).toBe(told);
});

test('an act in the past, taken back and done again, is the same run elsewhere', async ({
  page,
  context,
}) => {
  await openScene(page);
  await page.evaluate(() => window.order0.seek(1500));
  const before = await summary(page);
  await command(page, 'request order 4');
  const after = await summary(page);
  expect(after.stateHash).not.toBe(before.stateHash);
  await page.keyboard.press('Control+z');
  await idle(page);
  await page.evaluate(() => window.order0.seek(1500));
  expect((await summary(page)).stateHash).toBe(before.stateHash);
  await page.keyboard.press('Control+Shift+z');
  await idle(page);
  await page.evaluate((step) => window.order0.seek(step), after.steps);
  expect((await summary(page)).stateHash).toBe(after.stateHash);

  await button(page, 'Share').click();
  const url = await link(page).inputValue();
  const other = await context.newPage();
  await other.goto(url);
  await idle(other);
  expect(await summary(other)).toMatchObject({ stateHash: after.stateHash, steps: after.steps });
});

import { pathToFileURL } from 'node:url';
import { expect, expectAccessible, open, test } from './support/lab.ts';

test('the built page opens under a sub-path and is accessible', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test('the page forbids inline script', async ({ page, complaints }) => {
  await open(page);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.breach = "1"';
    document.head.append(script);
    return document.documentElement.dataset['breach'] === '1';
  });
  expect(ran).toBe(false);
  await expect.poll(() => complaints.length).toBe(1);
  expect(complaints.splice(0)[0]).toContain('Content Security Policy');
});

test('the single file opens from disk under its own policy', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const file = pathToFileURL('dist-single/order0.html').href;
  await page.goto(file);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(requests.filter((url) => url.startsWith('file:'))).toEqual([file]);
});

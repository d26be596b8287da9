import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** Everything a page did that it must not: errors, failed or foreign requests, breaches of its own policy. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Chromium reports breaches of the Content-Security-Policy and missing files here too.
    if (message.type() === 'error') found.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = hostname === '127.0.0.1' || ['data:', 'blob:', 'file:'].includes(protocol);
    if (!own) found.push(`request to another host: ${request.url()}`);
  });
  return found;
}

/**
 * The project's `test`: as Playwright's, and every test also fails on what `complaints` lists.
 * A test that provokes an error on purpose empties the list when it has looked at it.
 */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const found = complaints(page);
      await use(found);
      expect(found, 'errors, foreign requests and policy breaches of the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the page with a query (`embed=1`) and a fragment (`v=1&preset=one-slab`), both without their mark. */
export async function open(page: Page, { query = '', fragment = '' } = {}): Promise<void> {
  await page.goto(`./${query && `?${query}`}${fragment && `#${fragment}`}`);
}

/** Asserts that axe finds no WCAG 2.2 A or AA problem on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

export { expect };

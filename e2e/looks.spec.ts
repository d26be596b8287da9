import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/lab.ts';
import { button, grid, idle, inspector, openScene, selectFound, summary, VIEWS } from './support/scene.ts';

for (const [name, go] of Object.entries(VIEWS)) {
  // The page follows the system's theme while it is open: one way to a view serves both.
  test(`axe finds nothing, light or dark: ${name}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openScene(page);
    await go(page);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await idle(page);
      await expectAccessible(page);
    }
  });
}

/** Colours of what is on the screen there, by how many pixels have them: rare ones are edges of letters. */
async function coloursOf(page: Page, what: Locator, least = 4): Promise<number> {
  const picture = (await what.first().screenshot()).toString('base64');
  return page.evaluate(
    async ([encoded, few]) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const counts = new Map<number, number>();
      for (const word of new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      return [...counts.values()].filter((count) => count >= few).length;
    },
    [picture, least] as const,
  );
}

/** Words whose colour is too near the ground they stand on, in what can be seen. */
const faintWords = (page: Page) =>
  page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element: Element | null): string => {
      for (let at = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        const [, , , alpha = 1] = channels(backgroundColor);
        if (alpha > 0.5) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (element === null || walker.currentNode.textContent?.trim() === '') continue;
      if (
        element.closest('svg, .vh, script, style, [aria-disabled="true"], :disabled') ||
        !element.checkVisibility()
      )
        continue;
      const [one, other] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (ratio < 3) found.push(`${walker.currentNode.textContent}: ${ratio.toFixed(1)}`);
    }
    return found;
  });

test.describe('with colours of one’s own', () => {
  for (const scheme of ['light', 'dark'] as const) {
    test(`nothing is invisible, and kinds are told apart, on ${scheme} ground`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ forcedColors: 'active', colorScheme: scheme });
      await openScene(page);
      expect(await coloursOf(page, grid(page), 40)).toBeGreaterThan(12);
      expect(await coloursOf(page, page.locator('.legend'))).toBeGreaterThan(8);
      expect(await coloursOf(page, page.locator('.timeline'))).toBeGreaterThan(3);
      expect(await faintWords(page)).toEqual([]);
      await selectFound(page, 'mlocked');
      await inspector(page).getByRole('button', { name: 'Slab', exact: true }).click();
      await idle(page);
      expect(await coloursOf(page, page.locator('.slab-cells'), 40)).toBeGreaterThan(4);
      expect(await faintWords(page)).toEqual([]);
      await VIEWS['zones']!(page);
      expect(await coloursOf(page, page.locator('.lru-strip').last())).toBeGreaterThan(2);
      await VIEWS['caches']!(page);
      const tile = page.locator('.slab-list .tile.partial');
      expect(await coloursOf(page, tile)).toBeGreaterThan(1);
      expect(await faintWords(page)).toEqual([]);
      await VIEWS['plots']!(page);
      expect(await faintWords(page)).toEqual([]);
    });
  }

  test('the focus is seen wherever it goes', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await openScene(page);
    const unseen: string[] = [];
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      const lost = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        const seen =
          outlineStyle !== 'none' &&
          Number.parseFloat(outlineWidth) >= 2 &&
          !/rgba\(.*, 0\)/.test(outlineColor);
        return seen ? null : element.outerHTML.slice(0, 90);
      });
      if (lost !== null) unseen.push(lost);
    }
    expect(unseen).toEqual([]);
  });
});

/** What reaches past the right edge and cannot be scrolled to by itself; the grid may be larger than the window. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('.app *')) {
      if (element.closest('[role=grid], svg, .vh, .cm-editor, .minimap') || !element.checkVisibility())
        continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.right <= innerWidth + 0.5) continue;
      let scrolls = false;
      for (let at = element.parentElement; at !== null && !scrolls; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        scrolls = (overflowX === 'auto' || overflowX === 'scroll') && at.tagName !== 'MAIN';
      }
      if (!scrolls) found.push(`${element.outerHTML.slice(0, 80)}: ${Math.round(box.right)}`);
    }
    return found;
  });

test.describe('at 400 %', () => {
  for (const [name, go] of Object.entries(VIEWS)) {
    test(`all of it is reached by scrolling down: ${name}`, async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 256 });
      await openScene(page);
      await go(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(await cutOff(page)).toEqual([]);
    });
  }

  test('a low window lets all of it scroll: the foot takes no room from the rest', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await openScene(page);
    const why = page.getByRole('heading', { name: 'Why it failed' });
    await why.scrollIntoViewIfNeeded();
    const box = await why.boundingBox();
    const covered = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.closest('.bottom') !== null,
      [box!.x + 4, box!.y + 4] as const,
    );
    expect(covered).toBe(false);
    await button(page, 'Play').scrollIntoViewIfNeeded();
    await expect(button(page, 'Play')).toBeInViewport();
  });
});

test('who wants no motion gets none: it starts paused, and shows ends at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openScene(page, '');
  const { steps } = await summary(page);
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Reclaim one slab').click();
  await idle(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Order 5 served at/);
  expect((await summary(page)).steps).toBe(steps + 2);
  await page.evaluate(() => {
    const seen: string[] = [];
    Reflect.set(window, 'moved', seen);
    const note = (event: Event) => {
      const { propertyName } = event as TransitionEvent;
      seen.push(`${(event.target as Element).className}: ${propertyName}`);
    };
    addEventListener('transitionrun', note);
    addEventListener('animationstart', note);
  });
  for (const go of ['editor', 'palette'] as const) {
    await VIEWS[go]!(page);
    await page.keyboard.press('Escape');
    await idle(page);
  }
  expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([]);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type {} from '../src/store/console.ts';
import { expect, expectAccessible, open, test } from './support/lab.ts';

const idle = (page: Page) => page.evaluate(() => window.order0.idle());
const summary = (page: Page) => page.evaluate(() => window.order0.summary());
const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Open' });
const alert = (page: Page) => dialog(page).getByRole('alert');
const SHIPPED = 'A real kernel: two CPUs, 512 MiB, 95,460 events';
const TRACE = readFileSync('test/fixtures/traces/ftrace.txt');

async function openDialog(page: Page): Promise<void> {
  await open(page);
  await idle(page);
  await page.getByRole('button', { name: /^Open/ }).click();
}

async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = typeof content === 'string' ? Buffer.from(content) : content;
  await dialog(page).locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer });
  await idle(page);
}

async function openShipped(page: Page): Promise<void> {
  await openDialog(page);
  await page.getByRole('button', { name: SHIPPED }).click();
  await idle(page);
}

async function seek(page: Page, step: number) {
  await page.evaluate((to) => window.order0.seek(to), step);
  return summary(page);
}

test.describe('a recording of a real kernel', () => {
  test.slow();

  test('opens with one click, tells what was read, and is the same forwards and backwards', async ({
    page,
  }) => {
    await openShipped(page);
    await expect(dialog(page)).toBeHidden();
    await expect(headline(page)).toHaveText(/^512 MiB replayed under order0-slab: [\d,]+ pages free$/);
    const panel = page.getByRole('region', { name: 'Recording G-smp' });
    await expect(panel.getByRole('row', { name: 'Events in the file' })).toContainText('95,460');
    await expect(panel.getByRole('row', { name: 'Lost by the recorder' })).toContainText('0');
    await expectAccessible(page);
    const first = await seek(page, 60_000);
    await seek(page, 95_000);
    await seek(page, 123);
    expect(await seek(page, 60_000)).toEqual(first);
    await page.evaluate(() => window.order0.step(-1));
    expect((await summary(page)).steps).toBe(59_999);
    await page.evaluate(() => window.order0.step(1));
    expect(await summary(page)).toEqual(first);
  });

  test('is replayed under the other policy at the same step', async ({ page }) => {
    await openShipped(page);
    await seek(page, 30_000);
    const panel = page.getByRole('region', { name: 'Recording G-smp' });
    await panel.getByRole('button', { name: 'Replay under buddy-2.6' }).click();
    await idle(page);
    await expect(headline(page)).toHaveText(/replayed under buddy-2\.6/);
    expect(await summary(page)).toMatchObject({ policy: 'buddy-2.6', steps: 30_000 });
    await expect(panel.getByRole('button', { name: 'Replay under order0-slab' })).toBeVisible();
  });

  test('is shared by name and hash: the link opens it at the same state', async ({ page }) => {
    await openShipped(page);
    const shared = await seek(page, 40_000);
    const url = await page.evaluate(() => window.order0.shareUrl());
    expect(url.length).toBeLessThan(600);
    await page.goto('about:blank');
    await page.goto(url);
    await idle(page);
    expect(await summary(page)).toEqual(shared);
    await expect(dialog(page)).toBeHidden();
  });

  test('can be stopped while it is read, and what was open stays', async ({ page }) => {
    await openDialog(page);
    const before = await summary(page);
    await page.getByRole('button', { name: SHIPPED }).click();
    await dialog(page).getByRole('button', { name: 'Stop' }).click();
    await idle(page);
    await expect(alert(page)).toContainText('opening was stopped');
    expect(await summary(page)).toEqual(before);
  });

  test('fits a phone and a wide window', async ({ page }) => {
    await openShipped(page);
    for (const [width, height] of [
      [390, 844],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await idle(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

test.describe('a link of a recording that is not shipped', () => {
  const share = async (page: Page) => {
    await openDialog(page);
    await choose(page, 'mine.txt', TRACE);
    await seek(page, 3);
    return page.evaluate(() => window.order0.shareUrl());
  };

  test('asks for its file, refuses another, and opens with it', async ({ page }) => {
    const url = await share(page);
    const shared = await summary(page);
    await page.goto('about:blank');
    await page.goto(url);
    await idle(page);
    await expect(dialog(page)).toContainText(
      'This link is of the recording mine.txt, which is not on this page: drop its file here, or choose it below.',
    );
    await expectAccessible(page);
    // Another file: one line, and the page asks on.
    await choose(page, 'other.txt', `${TRACE.toString()}\n`);
    await expect(alert(page).getByRole('paragraph')).toHaveCount(1);
    await expect(alert(page)).toContainText(
      /^other\.txt: expected the file of mine\.txt with hash \w{16}, met/,
    );
    await expect(dialog(page)).toContainText('This link is of the recording mine.txt');
    await choose(page, 'renamed.txt', TRACE);
    await expect(dialog(page)).toBeHidden();
    expect(await summary(page)).toEqual(shared);
  });
});

test.describe('the Open dialog', () => {
  const REFUSED = [
    ['an empty file', 'empty.txt', Buffer.alloc(0), /^empty\.txt: empty; expected ftrace/],
    [
      'random bytes',
      'random.bin',
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 151 + 7 * (i >> 3)) & 255)),
      /no text/,
    ],
    [
      'an HTML page',
      'trace.html',
      Buffer.from('<!doctype html>\n<html><body>404</body></html>'),
      /an HTML page/,
    ],
    [
      'a latency-format trace',
      'latency.txt',
      Buffer.from('# tracer: nop\n#\n# nop latency trace v1.1.5 on 6.1.0\n'),
      /trace option latency-format, .* write "nolatency-format"/,
    ],
    [
      'a binary trace',
      'trace.dat',
      Buffer.from('\x17\x08Dtracing6\0\0\0', 'latin1'),
      /trace-cmd report -i FILE/,
    ],
    [
      'an xz file',
      'trace.txt.xz',
      Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]),
      /unpack it with "xz -d"/,
    ],
    [
      'a poem',
      'poem.txt',
      Buffer.from('roses are red\nviolets are blue\n'),
      /^poem\.txt: expected ftrace text .* met none in 2 lines/,
    ],
  ] as const;

  for (const [what, name, content, line] of REFUSED) {
    test(`refuses ${what} in one line, and what was open stays`, async ({ page }) => {
      await openDialog(page);
      const before = await summary(page);
      await choose(page, name, content);
      await expect(alert(page).getByRole('paragraph')).toHaveCount(1);
      await expect(alert(page)).toContainText(line);
      expect(await summary(page)).toEqual(before);
    });
  }

  test('opens what could be read of a gzip that breaks off, with a warning', async ({ page }) => {
    await openDialog(page);
    const lines = readFileSync('public/traces/G-smp.txt.gz').subarray(0, 200_000);
    await choose(page, 'cut.txt.gz', lines);
    await expect(page.getByRole('region', { name: 'Recording cut.txt.gz' })).toBeVisible();
    const warning = /cut\.txt\.gz: gzip .* after \d+ bytes of text/;
    await expect(page.getByRole('paragraph').filter({ hasText: warning })).toBeVisible();
  });

  test('says what a pasted text is while it is typed, and opens it', async ({ page }) => {
    await openDialog(page);
    const field = dialog(page).getByRole('textbox');
    for (const [text, words] of [
      ['#v=1&preset=one-slab&step=3', 'This is a link.'],
      ['order0: 1\ntitle: a', 'This is a scenario.'],
      ['cpus=2\n', 'This is a recording printed by trace-cmd report.'],
      ['roses are red', 'This cannot be opened: text that is no scenario, link or recording known here.'],
      [TRACE.toString().split('\n').slice(-3).join('\n'), 'This is an ftrace recording.'],
    ] as const) {
      await field.fill(text);
      await idle(page);
      await expect(dialog(page).getByRole('status').filter({ hasText: words })).toBeVisible();
    }
    await dialog(page).getByRole('button', { name: 'Open the text' }).click();
    await idle(page);
    await expect(headline(page)).toHaveText(/replayed under order0-slab/);
  });

  test('opens a compressed recording, and shows how to make one', async ({ page }) => {
    await openDialog(page);
    await dialog(page).getByText('Record a machine of your own').click();
    await expect(dialog(page)).toContainText(
      'trace-cmd record -C mono -e kmem:mm_page_alloc -e kmem:mm_page_free sleep 10 && trace-cmd report > trace.txt',
    );
    await expectAccessible(page);
    await choose(page, 'trace.txt.gz', gzipSync(TRACE));
    // It opens at its largest request.
    await expect(headline(page)).toHaveText('Order 9 served at 0x1200.');
  });

  test('of the single file says that the shipped recording is not in it', async ({ page }) => {
    await page.goto(pathToFileURL('dist-single/order0.html').href);
    await idle(page);
    await page.getByRole('button', { name: /^Open/ }).click();
    await expect(dialog(page)).toContainText('not in this one file');
    await expect(page.getByRole('button', { name: SHIPPED })).toHaveCount(0);
  });
});

const real = process.env['ORDER0_REAL'] ?? '../shared/real';
const large = join(real, 'traces/A-files/trace.txt.gz');
test('a recording of 327,838 events opens, plays and scrubs', async ({ page }, testInfo) => {
  testInfo.skip(!existsSync(large), `no recording at ${large}`);
  test.slow();
  await openDialog(page);
  await dialog(page).locator('input[type=file]').setInputFiles(large);
  await idle(page);
  await expect(page.getByRole('row', { name: 'Events in the file' })).toContainText('327,838');
  const middle = await seek(page, 80_000);
  const length = middle.length;
  await page.evaluate(async (end) => {
    const wishes: Promise<void>[] = [];
    for (let i = 0; i < 40; i++) wishes.push(window.order0.seek(Math.floor((end * ((i * 7) % 40)) / 40)));
    await Promise.all(wishes);
  }, length);
  expect(await seek(page, 80_000)).toEqual(middle);
  await page.evaluate(() => window.order0.seek(157_000));
  for (let press = 0; press < 9; press++) await page.keyboard.press(']');
  await page.evaluate(() => window.order0.play());
  await idle(page);
  expect((await summary(page)).steps).toBe(length);
});

/**
 * `npm run bench:page`: plays a large machine in Chromium on Canvas 2D and prints the times between animation frames,
 * beside those of the same browser with a page that does nothing. Times of a busy computer mean little alone: compare
 * the two lines.
 *
 *     npm run bench:page -- [--pages 1048576] [--preset file-server] [--seconds 10] [--dist FOLDER]
 *
 * `--dist`: a folder that was built already; without it the page is built first. The memory is that of the tab's
 * process, with its worker.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { ensureBrowser } from './browser.ts';
import { isRoot } from './process.ts';

/** What one stretch of time in the page was like. */
interface Stretch {
  /** Milliseconds between animation frames. */
  readonly intervals: readonly number[];
  /** Milliseconds of each task above 50 ms. */
  readonly longTasks: readonly number[];
  /** Frames that came from the engine, and those of them with a whole description. */
  readonly pictures: number;
  readonly described: number;
}

/** Runs in the page, before anything of it: counts what the engine sends. */
function countReplies(): void {
  const counts = { pictures: 0, described: 0 };
  Object.assign(window, { benchCounts: counts });
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (
    this: Worker,
    ...[type, listener, options]: Parameters<typeof listen>
  ) {
    const heard = (event: Event) => {
      const value: unknown = event instanceof MessageEvent ? event.data?.value : null;
      if (typeof value === 'object' && value !== null && 'view' in value && 'full' in value) {
        counts.pictures++;
        if (value.full !== null) counts.described++;
      }
      if (typeof listener === 'function') listener.call(this, event);
      else listener?.handleEvent(event);
    };
    listen.call(this, type, type === 'message' ? heard : listener, options);
  } as typeof listen;
}

/** Runs in the page: watches animation frames and long tasks for so many seconds. */
function watch(seconds: number): Promise<Stretch> {
  const counts = Reflect.get(window, 'benchCounts') as { pictures: number; described: number } | undefined;
  const before = { pictures: counts?.pictures ?? 0, described: counts?.described ?? 0 };
  const intervals: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push(entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  return new Promise((resolve) => {
    let last: number | null = null;
    const end = performance.now() + seconds * 1000;
    const beat = (now: number) => {
      if (last !== null) intervals.push(now - last);
      last = now;
      if (now < end) return void requestAnimationFrame(beat);
      observer.disconnect();
      resolve({
        intervals,
        longTasks,
        pictures: (counts?.pictures ?? 0) - before.pictures,
        described: (counts?.described ?? 0) - before.described,
      });
    };
    requestAnimationFrame(beat);
  });
}

function line(name: string, { intervals, longTasks, pictures, described }: Stretch): string {
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1).padStart(7);
  const seconds = intervals.reduce((sum, ms) => sum + ms, 0) / 1000;
  const perSecond = (n: number) => (n / seconds).toFixed(1).padStart(6);
  const worst = Math.max(0, ...longTasks).toFixed(0);
  const figures = `median ${at(0.5)} ms  95th ${at(0.95)} ms  worst ${at(1)} ms`;
  const engine = `${perSecond(pictures)} pictures/s (${perSecond(described)} described)`;
  return `${name.padEnd(22)} ${figures}  ${engine}  long tasks ${longTasks.length} (worst ${worst} ms)`;
}

/** Megabytes in memory of the largest process that draws pages: the tab with its worker. */
async function tabMegabytes(browser: Browser): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '0');
  return (Math.max(...sizes.map(Number)) / 1024).toFixed(0);
}

/** Turns the speed to the slowest, then up so often. */
async function setSpeed(page: Page, steps: number): Promise<void> {
  for (let i = 0; i < 9; i++) await page.keyboard.press('[');
  for (let i = 0; i < steps; i++) await page.keyboard.press(']');
}

const SPEEDS = [
  { name: '1x', steps: 2 },
  { name: '64x', steps: 8 },
  { name: 'max', steps: 9 },
] as const;

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1048576' },
    preset: { type: 'string', default: 'file-server' },
    seconds: { type: 'string', default: '10' },
    dist: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const text = readFileSync(join('public/scenarios', `${values.preset}.yaml`), 'utf8').replace(
  /^( {2}pages: ).*$/m,
  `$1${values.pages}`,
);

const built = values.dist ?? mkdtempSync(join(tmpdir(), 'order0-bench-'));
if (values.dist === undefined) {
  await build({ logLevel: 'warn', build: { outDir: built, emptyOutDir: true } });
}
const server = await preview({ build: { outDir: built }, preview: { host: '127.0.0.1', port: 0 } });
const { executablePath } = await ensureBrowser();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  // Chromium refuses its sandbox to root.
  chromiumSandbox: !isRoot(),
  args: ['--disable-gpu', '--disable-software-rasterizer'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx keeps the names of functions by a helper that pages lack.
  await page.addInitScript({ content: 'globalThis.__name = (target) => target' });
  await page.goto('about:blank');
  console.log(line('a page that does nothing', await page.evaluate(watch, seconds)));
  await page.addInitScript(countReplies);
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?renderer=canvas2d`);
  await page.evaluate(() => window.order0.ready);
  const opening = performance.now();
  await page.evaluate((scenario) => window.order0.load(scenario), text);
  await page.evaluate(() => window.order0.idle());
  console.log(
    `${values.preset}, ${values.pages} pages, opened in ${((performance.now() - opening) / 1000).toFixed(1)} s`,
  );
  console.log(`memory ${await tabMegabytes(browser)} MB`);
  console.log(line('at rest', await page.evaluate(watch, seconds)));
  for (const { name, steps } of SPEEDS) {
    // A third of the run: caches are full, and what follows is long enough.
    const seeking = performance.now();
    await page.evaluate((start) => window.order0.seek(start), Number(values.pages));
    await page.evaluate(() => window.order0.idle());
    console.log(
      `sought in ${((performance.now() - seeking) / 1000).toFixed(1)} s, memory ${await tabMegabytes(browser)} MB`,
    );
    await setSpeed(page, steps);
    await page.evaluate(() => window.order0.play());
    console.log(line(`playing at ${name}`, await page.evaluate(watch, seconds)));
    await page.evaluate(() => window.order0.pause());
    await page.evaluate(() => window.order0.idle());
  }
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
  if (values.dist === undefined) rmSync(built, { recursive: true, force: true });
}

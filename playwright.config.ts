import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Project } from '@playwright/test';
import { findBrowser, NO_BROWSER } from './scripts/browser.ts';
import { isRoot } from './scripts/process.ts';

const browser = findBrowser();
if (browser === undefined) throw new Error(NO_BROWSER);

/** `npm test` names a free port, so that two checkouts can be tested at once. */
const port = process.env['ORDER0_PORT'] ?? '4174';

/** Served under a folder, as on most static hosts: a path from the root would fail here. */
const BASE = '/lab/';

const QUIET = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function project(name: string, flags: readonly string[], tests: Partial<Project>): Project {
  return {
    name,
    ...tests,
    use: {
      launchOptions: {
        ...(browser?.executablePath === undefined ? {} : { executablePath: browser.executablePath }),
        // Chromium refuses its sandbox to root.
        chromiumSandbox: !isRoot(),
        args: [...QUIET, ...flags],
      },
    },
  };
}

const usesWebgl = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).some(
  (file) => file.endsWith('.spec.ts') && readFileSync(join('e2e', file), 'utf8').includes('@webgl'),
);

export default defineConfig({
  testDir: 'e2e',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // Machines are shared: a test may be slow, and only one that hangs is stopped.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: { baseURL: `http://127.0.0.1:${port}${BASE}`, trace: 'retain-on-failure' },
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${port} --strictPort --base ${BASE}`,
    url: `http://127.0.0.1:${port}${BASE}`,
    reuseExistingServer: false,
  },
  projects: [
    project('canvas', ['--disable-gpu', '--disable-software-rasterizer'], { grepInvert: /@webgl/ }),
    ...(usesWebgl
      ? [project('webgl', ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'], { grep: /@webgl/ })]
      : []),
  ],
});

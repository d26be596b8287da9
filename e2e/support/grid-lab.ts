import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let bundle: Promise<string> | undefined;

/** The harness as one script, bundled once a test process. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: here('./grid-page.ts'), formats: ['es'], fileName: 'grid-page' },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const made of outputs) {
    if (!('output' in made)) continue;
    for (const part of made.output) if (part.type === 'chunk') return part.code;
  }
  throw new Error('no script came of e2e/support/grid-page.ts');
}

/** Opens the harness in `page`, in a theme; `window.grids` is there when it resolves. */
export async function openGrid(page: Page, theme: 'light' | 'dark' = 'light'): Promise<void> {
  bundle ??= bundled();
  const code = await bundle;
  const tokens = readFileSync(here('../../src/ui/tokens.css'), 'utf8');
  await page.route('**/grid-page.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: code }),
  );
  await page.route('**/grid-page.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en" data-theme="${theme}"><title>Page grid</title>
<link rel="icon" href="data:,"><style>${tokens} body { margin: 0; display: flex; align-items: start; gap: 24px; background: var(--paper) }</style>
<body><script type="module" src="grid-page.js"></script></body></html>`,
    }),
  );
  await page.goto('./grid-page.html');
  await page.waitForFunction(() => 'grids' in window);
}

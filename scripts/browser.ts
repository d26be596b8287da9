import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { type Command, isRoot, run, tool } from './process.ts';

/** What the search for a browser asks of the machine. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Where Playwright keeps, or would keep, its own Chromium. */
  readonly playwrightPath: string;
  exists(path: string): boolean;
  /** The first few kilobytes of a file as text. */
  head(path: string): string;
}

/** A browser to start: `executablePath` is undefined for Playwright's own. */
export interface Browser {
  readonly executablePath: string | undefined;
}

const LINUX = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function usualPaths({ env, platform }: Machine): readonly string[] {
  if (platform === 'darwin') return MAC;
  if (platform !== 'win32') return LINUX;
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const root = env[name];
    return root === undefined ? [] : [`${root}\\Google\\Chrome\\Application\\chrome.exe`];
  });
}

/** Ubuntu's chromium package is a script that only starts (or asks for) the snap, which Playwright cannot drive. */
function isSnapStub(machine: Machine, path: string): boolean {
  return machine.platform === 'linux' && machine.head(path).includes('/snap/bin/chromium');
}

/**
 * Looks for a Chromium: CHROME_PATH, Playwright's own, then the usual places. Undefined where there is none.
 * Throws where CHROME_PATH names no file.
 */
export function findBrowser(machine: Machine = thisMachine()): Browser | undefined {
  const asked = machine.env['CHROME_PATH'];
  if (asked !== undefined && asked !== '') {
    if (!machine.exists(asked)) throw new Error(`CHROME_PATH: no file at ${asked}, expected a Chromium`);
    return { executablePath: asked };
  }
  if (machine.exists(machine.playwrightPath)) return { executablePath: undefined };
  const found = usualPaths(machine).find((path) => machine.exists(path) && !isSnapStub(machine, path));
  return found === undefined ? undefined : { executablePath: found };
}

/** What to tell a person for whom no browser was found and none could be installed. */
export const NO_BROWSER =
  'no Chromium found: set CHROME_PATH to one, or install one with "npx playwright install --with-deps chromium" or "apt-get install chromium"';

/** Ways to install a browser, best first: Debian's package where we are root on Debian, then Playwright's installer. */
export function installers(osRelease: string, root: boolean): readonly (readonly Command[])[] {
  const playwright = [tool('playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium')];
  if (!root || !/^ID="?debian"?$/m.test(osRelease)) return [playwright];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  const debian: Command[] = [
    { program: 'apt-get', args: ['update'], env },
    { program: 'apt-get', args: install, env },
  ];
  return [debian, playwright];
}

/** Finds a browser, or installs one and finds that. Throws one clear line where neither works. */
export async function ensureBrowser(): Promise<Browser> {
  const found = findBrowser();
  if (found !== undefined) return found;
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  for (const commands of installers(osRelease, isRoot())) {
    for (const command of commands) {
      console.log(`no Chromium yet: ${command.program} ${command.args.join(' ')}`);
      if ((await run(command)) !== 0) break;
    }
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error(NO_BROWSER);
}

function thisMachine(): Machine {
  return {
    env: process.env,
    platform: process.platform,
    playwrightPath: chromium.executablePath(),
    exists: existsSync,
    head(path) {
      const buffer = Buffer.alloc(4096);
      const file = openSync(path, 'r');
      try {
        return buffer.toString('latin1', 0, readSync(file, buffer));
      } finally {
        closeSync(file);
      }
    },
  };
}

import { describe, expect, it } from 'vitest';
import { findBrowser, installers, type Machine } from '../../scripts/browser.ts';

/** A Linux machine with some files, each with its text. */
function machine(files: Record<string, string>, more: Partial<Machine> = {}): Machine {
  return {
    env: {},
    platform: 'linux',
    playwrightPath: '/cache/chrome',
    exists: (path) => path in files,
    head: (path) => files[path] ?? '',
    ...more,
  };
}

const SNAP_STUB = '#!/bin/sh\nexec /snap/bin/chromium "$@"\n';

describe('the search for a browser', () => {
  it('prefers CHROME_PATH, then its own, then the usual places', () => {
    const files = { '/my/chrome': '', '/cache/chrome': '', '/usr/bin/chromium': '' };
    const env = { CHROME_PATH: '/my/chrome' };
    expect(findBrowser(machine(files, { env }))).toEqual({ executablePath: '/my/chrome' });
    expect(findBrowser(machine(files))).toEqual({ executablePath: undefined });
    expect(findBrowser(machine({ '/usr/bin/google-chrome': '', '/usr/bin/chromium': '' }))).toEqual({
      executablePath: '/usr/bin/chromium',
    });
  });

  it('refuses a CHROME_PATH that names no file', () => {
    expect(() => findBrowser(machine({}, { env: { CHROME_PATH: '/gone' } }))).toThrow(
      'CHROME_PATH: no file at /gone, expected a Chromium',
    );
  });

  it('passes over the stub of the snap', () => {
    const stub = { '/usr/bin/chromium-browser': SNAP_STUB };
    expect(findBrowser(machine(stub))).toBeUndefined();
    expect(findBrowser(machine({ ...stub, '/usr/bin/google-chrome-stable': '' }))).toEqual({
      executablePath: '/usr/bin/google-chrome-stable',
    });
  });

  it('knows the usual places of macOS and Windows', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(machine({ [mac]: '' }, { platform: 'darwin' }))).toEqual({ executablePath: mac });
    const windows = 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe';
    const env = { PROGRAMFILES: 'C:\\Programs' };
    expect(findBrowser(machine({ [windows]: '' }, { platform: 'win32', env }))).toEqual({
      executablePath: windows,
    });
  });
});

describe('the ways to install one', () => {
  const programs = (osRelease: string, root: boolean) =>
    installers(osRelease, root).map((commands) =>
      commands.map(({ program, args }) => `${program} ${args[0] === '--no-install' ? args[1] : args[0]}`),
    );
  const debian = 'NAME="Debian GNU/Linux"\nID=debian\n';

  it('are apt-get first for root on Debian, else only the installer of Playwright', () => {
    expect(programs(debian, true)).toEqual([['apt-get update', 'apt-get install'], ['npx playwright']]);
    expect(programs(debian, false)).toEqual([['npx playwright']]);
    expect(programs('ID=ubuntu\nID_LIKE=debian\n', true)).toEqual([['npx playwright']]);
  });

  it('bring the libraries along only for root', () => {
    expect(installers('', true)[0]?.[0]?.args).toContain('--with-deps');
    expect(installers('', false)[0]?.[0]?.args).not.toContain('--with-deps');
  });
});

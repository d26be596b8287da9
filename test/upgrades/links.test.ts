import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OP } from '../../src/engine/operation.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/codec.ts';
import type { LinkState, Parameters } from '../../src/scenario/links/link.ts';
import { CURRENT_VERSION, upgrade, upgraders } from '../../src/scenario/links/upgraders.ts';

/**
 * Links that are out in the world. A fixture is written once, by the version it is of, and never changed: a test
 * that fails here means that links people have saved no longer open as they did.
 */
interface Fixture {
  readonly tests: string;
  readonly url: string;
  readonly link: LinkState;
}

const fileOf = (version: number) => new URL(`../fixtures/links/v${version}.json`, import.meta.url);
const fixturesOf = (version: number) => JSON.parse(readFileSync(fileOf(version), 'utf8')) as Fixture[];
const versions = Array.from({ length: CURRENT_VERSION }, (_, i) => i + 1);

describe.each(versions)('links of version %i', (version) => {
  it('have a file of fixtures', () => {
    expect(existsSync(fileOf(version))).toBe(true);
    expect(fixturesOf(version).length).toBeGreaterThan(0);
  });

  it('are of that version', () => {
    for (const { url } of fixturesOf(version)) expect(url).toContain(`#v=${version}&`);
  });

  it('open as they did', () => {
    for (const { url, link } of fixturesOf(version)) {
      expect(decodeLink(url)).toEqual({ ok: true, link, warnings: [] });
    }
  });

  it('have an upgrader, unless they are current', () => {
    expect(upgraders.has(version)).toBe(version < CURRENT_VERSION);
  });
});

describe('links of the current version', () => {
  it('are still written as they were', () => {
    for (const { url, link } of fixturesOf(CURRENT_VERSION)) {
      expect(encodeLink(link, 'https://example.org/').url).toBe(url);
    }
  });

  it('cover every operation', () => {
    const written = fixturesOf(CURRENT_VERSION).flatMap(({ link }) => link.edits ?? []);
    expect(new Set(written.map(({ operation }) => operation.op)).size).toBe(Object.keys(OP).length);
  });
});

describe('upgrading', () => {
  const rename =
    (from: string, to: string) =>
    (parameters: Parameters): Parameters =>
      new Map([...parameters].map(([name, value]) => [name === from ? to : name, value]));
  const steps = new Map([
    [1, rename('a', 'b')],
    [2, rename('b', 'c')],
  ]);

  it('goes one version at a time, from wherever a link is', () => {
    expect(upgrade(new Map([['a', '5']]), 1, steps, 3)).toEqual(new Map([['c', '5']]));
    expect(upgrade(new Map([['b', '5']]), 2, steps, 3)).toEqual(new Map([['c', '5']]));
    expect(upgrade(new Map([['c', '5']]), 3, steps, 3)).toEqual(new Map([['c', '5']]));
  });

  it('refuses the future, and a version without upgrader', () => {
    expect(() => upgrade(new Map(), 4, steps, 3)).toThrow(
      'the link is of version 4, and this page reads up to 3',
    );
    expect(() => upgrade(new Map(), 1, new Map(), 3)).toThrow('v: expected a version from 1 to 3, met 1');
  });
});

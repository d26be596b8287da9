/** What files say cannot drive a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printable, printableLine } from '../../src/cli/printable.ts';
import { call } from './call.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'order0-printable-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const TITLE = 'a\u001b[2Jb\u009b31mc\u202ed\ne';
const harmless = (text: string) => !/(?!\n)[\p{Cc}\u202a-\u202e]/u.test(text);

describe('a title with escape sequences', () => {
  it('is written out by every command that prints it', async () => {
    const path = join(folder, 'evil.yaml');
    writeFileSync(path, JSON.stringify({ order0: 1, title: TITLE, machine: { pages: 1024, slabOrder: 5 } }));
    for (const args of [['run'], ['run', '--json'], ['trace', '--format', 'perfetto']]) {
      const { code, out, err } = await call(args[0]!, path, ...args.slice(1));
      expect([code, harmless(out + err.join('\n'))]).toEqual([0, true]);
      expect(out).toContain('a\\u001b[2Jb');
    }
    const { out } = await call('run', path, '--json');
    expect(JSON.parse(out)).toMatchObject({ title: TITLE });
  });

  it('is harmless in errors and file names too', async () => {
    const { err } = await call('run', 'preset:one-slab', '--set', 'title=x', '--set', 'policy.\u001b[2J=3');
    expect(err.length > 0 && err.every(harmless)).toBe(true);
    const presets = await call('run', `preset:\u001b[31m`);
    expect([presets.code, presets.err.every(harmless)]).toEqual([1, true]);
    expect((await call('\u001b[2J')).err.every(harmless)).toBe(true);
  });

  it('leaves any JSON document the one it was', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ unit: 'binary' }), (json, title) => {
        const text = JSON.stringify({ title, of: JSON.parse(json) as unknown });
        expect(JSON.parse(printable(text))).toEqual(JSON.parse(text));
        expect(harmless(printableLine(title))).toBe(true);
        expect(printableLine(title)).not.toContain('\n');
      }),
    );
  });
});

import * as fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../../src/scenario/links/codec.ts';
import { packText } from '../../../src/scenario/links/payload.ts';
import { linkState } from './arbitrary.ts';

const BASE = 'https://example.org/lab/?embed=1';

/** The problem of a link that is not readable, or undefined. */
function problemOf(fragment: string, presets?: readonly string[]): string | undefined {
  const decoded = decodeLink(`${BASE}#${fragment}`, presets);
  return decoded.ok ? undefined : decoded.problems.map(({ message }) => message).join('\n');
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

describe('a link', () => {
  it('of a preset can be read by people', () => {
    const link = { preset: 'one-slab', policy: 'buddy-2.6', seed: 7, step: 42, event: 3 } as const;
    expect(encodeLink(link, 'https://example.org/lab/?embed=1#old').url).toBe(
      'https://example.org/lab/?embed=1#v=1&preset=one-slab&policy=buddy-2.6&seed=7&step=42&event=3',
    );
  });

  it('leaves out what is the default', () => {
    const link = { preset: 'one-slab', event: 0, edits: [] };
    expect(encodeLink(link, BASE).url).toBe(`${BASE}#v=1&preset=one-slab`);
  });

  it('writes edits by name', () => {
    const link = {
      preset: 'one-slab',
      edits: [
        { at: 1377, operation: { op: 'reclaimSlab', order: 5 } },
        { at: 1378, operation: { op: 'alloc', id: 3, order: 5, gfp: 13, tag: 'kmalloc', dt: 20 } },
      ],
    } as const;
    expect(encodeLink(link, BASE).url).toBe(
      `${BASE}#v=1&preset=one-slab&e=1377.reclaimSlab.5_1378.alloc.3.5.kernel.kmalloc.d20`,
    );
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(linkState, (link) => {
        expect(decodeLink(encodeLink(link, BASE).url)).toEqual({ ok: true, link, warnings: [] });
      }),
    );
  });

  it('is the same from its fragment alone', () => {
    fc.assert(
      fc.property(linkState, (link) => {
        const { url } = encodeLink(link, BASE);
        expect(decodeLink(url.slice(url.indexOf('#')))).toEqual(decodeLink(url));
      }),
      { numRuns: 20 },
    );
  });

  it('is made of characters that survive mail and chat', () => {
    fc.assert(
      fc.property(linkState, (link) => {
        expect(encodeLink(link, '').url).toMatch(/^#[A-Za-z0-9._~=&%-]+$/);
      }),
    );
  });

  it('warns when it is long', () => {
    const noise = Array.from({ length: 4000 }, (_, i) => ((i * 2654435761) % 4294967296).toString(36)).join(
      '',
    );
    expect(encodeLink({ preset: 'one-slab' }, BASE).warning).toBeNull();
    expect(encodeLink({ text: noise }, BASE).warning).toMatch(
      /^the link has \d+ characters, .* a file is safer$/,
    );
  });

  it('compresses many edits', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      at,
      operation: { op: 'reclaimSlab', order: 5 } as const,
    }));
    const { url } = encodeLink({ preset: 'one-slab', edits: many }, BASE);
    expect(url.length).toBeLessThan(2500);
    expect(decodeLink(url)).toMatchObject({ ok: true, link: { edits: many } });
  });

  it('is refused when the text is too long for any', () => {
    const noise = Array.from({ length: 20_000 }, (_, i) => ((i * 2654435761) % 4294967296).toString(36)).join(
      '',
    );
    expect(() => encodeLink({ text: noise }, BASE)).toThrow('save a file instead');
  });

  it('needs a preset or a text', () => {
    expect(() => encodeLink({}, BASE)).toThrow('expected exactly one');
    expect(() => encodeLink({ preset: 'a', text: 'b' }, BASE)).toThrow('expected exactly one');
  });
});

describe('a bad link', () => {
  const bomb = base64url(deflateSync(new Uint8Array(3_000_000)));
  it.each([
    ['without anything', '', 'v= is missing'],
    [
      'of a later version',
      'v=2&preset=one-slab',
      'the link is of version 2, and this page reads up to 1: reload',
    ],
    ['of a version that never was', 'v=0&preset=one-slab', 'v: expected a version from 1 to 1, met "0"'],
    ['of a version that is no number', 'v=x&preset=one-slab', 'v: expected a version'],
    ['cut off in a name', 'v=1&preset=one-slab&ste', 'met "ste": the link may be cut off'],
    ['with an unknown view', 'v=1&preset=one-slab&view=nowhere', 'view: expected a pane'],
    [
      'with a view of too large a number',
      'v=1&preset=one-slab&view=process.9999999999',
      'view: expected a pane',
    ],
    ['with plots that end before they begin', 'v=1&preset=one-slab&view=plots.9-3', 'view: expected a pane'],
    ['with a kind by its number', 'v=1&preset=one-slab&kind=4', 'kind: expected one of free'],
    ['with an unknown overlay', 'v=1&preset=one-slab&overlay=heat', 'overlay: expected one of pins'],
    [
      'with an unknown order of pages',
      'v=1&preset=one-slab&layout=hilbert',
      'layout: expected one of rows, z',
    ],
    ['without a scenario', 'v=1&step=3', 'expected preset= or s=, met neither'],
    ['with two scenarios', `v=1&preset=one-slab&s=${packText('x')}`, 'expected preset= or s=, met both'],
    ['with a step twice', 'v=1&preset=one-slab&step=3&step=4', '"step" twice'],
    [
      'with a step that is no number',
      'v=1&preset=one-slab&step=last',
      'step: expected an integer from 0 to 4294967295, met "last"',
    ],
    ['with a negative step', 'v=1&preset=one-slab&step=-1', 'step: expected an integer'],
    ['with a huge step', 'v=1&preset=one-slab&step=9999999999', 'step: expected an integer'],
    ['with a seed beyond integers', 'v=1&preset=one-slab&seed=9999999999999999', 'seed: expected an integer'],
    ['with an unknown policy', 'v=1&preset=one-slab&policy=best', 'policy: expected one of order0-slab'],
    ['with a hash that is none', 'v=1&preset=one-slab&hash=xyz', 'hash: expected 16 hex digits'],
    ['with markup for a preset', 'v=1&preset=%3Cscript%3E', 'preset: expected a preset id'],
    ['with broken escapes', 'v=1&preset=%zz', 'expected percent signs with two hex digits'],
    [
      'with a scenario cut off',
      `v=1&s=${packText('a scenario of some length').slice(0, -6)}`,
      's: the compressed text is damaged or cut off',
    ],
    ['with a scenario in another alphabet', 'v=1&s=d.!!!!', 's: expected letters, digits, - and _'],
    ['with a scenario that is not packed', 'v=1&s=order0', 's: expected compressed text after d.'],
    [
      'with a scenario that is not text',
      `v=1&s=d.${base64url(deflateSync(new Uint8Array([0xff, 0xfe])))}`,
      's: the text is damaged, expected UTF-8',
    ],
    ['with a bomb', `v=1&s=d.${bomb}`, 's: unfolds to more than 1048576 bytes'],
    ['with too long a scenario', `v=1&s=d.${'A'.repeat(65_536)}`, 's: expected at most 65536 characters'],
    ['too long altogether', 'x'.repeat(200_000), 'expected at most 196608 characters'],
    ['with an edit of nothing', 'v=1&preset=one-slab&e=5', 'e: expected STEP.OPERATION, met "5"'],
    [
      'with an unknown operation',
      'v=1&preset=one-slab&e=5.explode',
      'e: expected STEP.OPERATION, met "5.explode"',
    ],
    ['with a name of every object', 'v=1&preset=one-slab&e=5.constructor', 'e: expected STEP.OPERATION'],
    [
      'with an edit that lacks a field',
      'v=1&preset=one-slab&e=5.touch.1.2',
      'e: expected touch with process, region, page, met "5.touch.1.2"',
    ],
    ['with a field too many', 'v=1&preset=one-slab&e=5.spawn.1.2', 'e: expected spawn with process'],
    [
      'with a field that is no number',
      'v=1&preset=one-slab&e=5.spawn.x',
      'e: expected process from 0 to 65535, met "x" in "5.spawn.x"',
    ],
    [
      'with a field out of range',
      'v=1&preset=one-slab&e=5.reclaimSlab.11',
      'e: expected order from 0 to 10, met "11"',
    ],
    ['with a tag that is none', 'v=1&preset=one-slab&e=5.alloc.1.2.kernel.gold', 'e: expected a tag'],
    [
      'with a write of something else',
      'v=1&preset=one-slab&e=5.spawn.1.w',
      'e: expected d or c with a number',
    ],
    ['with a time twice', 'v=1&preset=one-slab&e=5.spawn.1.d2.d3', 'e: dt twice'],
    [
      'with edits out of order',
      'v=1&preset=one-slab&e=5.spawn.1_4.spawn.2',
      'e: expected edits in rising order of steps, met 4 after 5',
    ],
  ])('%s has one clear problem', (_what, fragment, expected) => {
    const problem = problemOf(fragment);
    expect(problem).toContain(expected);
    expect(problem).toMatch(/^link: [^\n]{1,200}$/);
  });

  it('to a preset that is not there names the nearest', () => {
    expect(problemOf('v=1&preset=one-slap', ['one-slab', 'updatedb'])).toBe(
      'link: preset: there is no one-slap, did you mean one-slab?',
    );
    expect(problemOf('v=1&preset=one-slab', ['one-slab'])).toBeUndefined();
  });

  it('is read all the same when it says more than is known', () => {
    expect(decodeLink('#v=1&preset=one-slab&utm=mail')).toEqual({
      ok: true,
      link: { preset: 'one-slab' },
      warnings: ['"utm" in the link is unknown and ignored'],
    });
  });

  it('never throws, whatever was done to it', () => {
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      cut: fc.nat(4),
      put: fc.string({ unit: 'binary', maxLength: 3 }),
    });
    fc.assert(
      fc.property(linkState, fc.array(mutation, { minLength: 1, maxLength: 5 }), (link, mutations) => {
        let url = encodeLink(link, '').url;
        for (const { at, cut, put } of mutations) {
          const place = Math.floor(at * url.length);
          url = url.slice(0, place) + put + url.slice(place + cut);
        }
        const decoded = decodeLink(url);
        if (!decoded.ok) expect(decoded.problems).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for noise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        for (const url of [noise, `#v=1&s=d.${noise}`, `#v=1&preset=a&e=${noise}`]) decodeLink(url);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from '../../src/render/difference.ts';
import { KIND, MOD } from '../../src/render/page-view.ts';
import { CODE, codeColours, DIFFERS } from '../../src/render/tint.ts';
import { paletteIn } from './tokens.ts';

const IN_USE: readonly number[] = [KIND.cleanFile, KIND.dirtyFile, KIND.anon, KIND.kreclaim, KIND.knoreclaim];

/** What a page is, said without the table; boot pages are the same in every run of a scenario. */
function expected(here: number, there: number): number {
  const a = here & 15;
  const b = there & 15;
  if (a === b) return 0;
  if (IN_USE.includes(a) && IN_USE.includes(b)) return DIFFERS.other;
  if (IN_USE.includes(a)) return DIFFERS.here;
  return IN_USE.includes(b) ? DIFFERS.there : 0;
}

const picture = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => bytes.map((byte) => (byte & 0xf0) | (byte % 12)));

describe('the difference of two pictures', () => {
  it('tells each page by what both hold, whatever the length and where the buffers begin', () => {
    const pairs = fc
      .tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 3 }))
      .chain(([length, offset]) =>
        fc.tuple(picture(length + offset), picture(length + offset), fc.constant(offset)),
      );
    fc.assert(
      fc.property(pairs, ([a, b, offset]) => {
        const here = a.subarray(offset);
        const there = b.subarray(offset);
        const found = difference(here, there);
        const wanted = [...here].map((byte, pfn) => expected(byte, there[pfn]!));
        expect([...found.bytes]).toEqual(wanted);
        const count = (sort: number) => wanted.filter((one) => one === sort).length;
        expect([found.here, found.there, found.other]).toEqual([
          count(DIFFERS.here),
          count(DIFFERS.there),
          count(DIFFERS.other),
        ]);
      }),
    );
  });

  it('is turned over when the pictures change places', () => {
    fc.assert(
      fc.property(picture(64), picture(64), (a, b) => {
        const one = difference(a, b);
        const other = difference(b, a);
        expect([one.here, one.there, one.other]).toEqual([other.there, other.here, other.other]);
      }),
    );
  });

  it('looks at kinds alone: a pin or a slab makes no difference', () => {
    const a = Uint8Array.of(KIND.anon | MOD.pinned, KIND.free, KIND.idle | MOD.inSlab, KIND.cleanFile);
    const b = Uint8Array.of(KIND.anon, KIND.pcp, KIND.free, KIND.cleanFile | MOD.inSlab | MOD.referenced);
    expect([...difference(a, b).bytes]).toEqual([0, 0, 0, 0]);
  });

  it('has three colours of its own in every theme', () => {
    for (const theme of ['light', 'dark', 'projector'] as const) {
      const colours = codeColours(paletteIn(theme), { kind: 'differs', bytes: new Uint8Array(0) });
      const own = [DIFFERS.here, DIFFERS.there, DIFFERS.other].map((sort) => colours[CODE.first + sort - 1]);
      expect(new Set([...own, paletteIn(theme).paper]).size).toBe(4);
    }
  });
});

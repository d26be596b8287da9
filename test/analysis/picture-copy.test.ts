import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMips, MIP_ORDERS, refreshMips } from '../../src/analysis/mips.ts';
import { paintView } from '../../src/analysis/picture.ts';
import { createPictureCopy, refreshPicture } from '../../src/analysis/picture-copy.ts';
import { SHOWN } from '../../src/analysis/shown.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { restoreSnapshot, takeSnapshot } from '../../src/engine/machine.ts';
import { randomOperations, toyConfig } from '../engine/support.ts';

const POLICIES = ['order0-slab', 'buddy-2.6'] as const;

describe('a picture kept up to date', { timeout: 60_000 }, () => {
  it.each(POLICIES)('is the one painted anew, and marks what changed, under %s', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 3, max: 60 }), (seed, stride) => {
        // an odd number of pages, so that columns end inside a word and the last tile is small
        const config = toyConfig({ pages: 3084, policyChange: { name, reclaim: 'on-failure' } });
        const log = randomOperations(seed, 2400, config.pages);
        const m = bootMachine(config);
        const early = takeSnapshot(m);
        const picture = createPictureCopy(m);
        const state = new Uint8Array(config.pages);
        const detail = new Uint8Array(config.pages);
        for (let i = 0; i < log.length; i++) {
          if (i === 1800) restoreSnapshot(m, early);
          applyOperation(m, log, i);
          if (i % stride !== 0) continue;
          const before = { state: picture.state.slice(), detail: picture.detail.slice() };
          picture.dirty.fill(0);
          refreshPicture(picture, m);
          paintView(m, state, detail);
          expect(Buffer.compare(picture.state, state)).toBe(0);
          expect(Buffer.compare(picture.detail, detail)).toBe(0);
          const marks = new Uint8Array(picture.dirty.length);
          state.forEach((byte, pfn) => {
            if (byte !== before.state[pfn] || detail[pfn] !== before.detail[pfn]) marks[pfn >> 10] = 1;
          });
          expect([...picture.dirty]).toEqual([...marks]);
        }
      }),
      { numRuns: 3 },
    );
  });
});

/** Weight of the kinds, lightest first, and the rest of what a block's page may show. */
const WEIGHT: number[] = [
  ...[SHOWN.hole, SHOWN.unknown, SHOWN.free, SHOWN.pcp, SHOWN.idle, SHOWN.parked, SHOWN.cleanFile],
  ...[SHOWN.anon, SHOWN.dirtyFile, SHOWN.kreclaim, SHOWN.knoreclaim, SHOWN.boot],
];

/** The kind most of a block's pages show, the heavier of equals, counted the slow way. */
function dominant(state: Uint8Array, first: number, pages: number): number {
  const kinds = Array.from(state.subarray(first, first + pages), (byte) => byte & 15);
  const count = (kind: number) => kinds.filter((one) => one === kind).length;
  return kinds.reduce((best, kind) =>
    count(kind) > count(best) || (count(kind) === count(best) && WEIGHT.indexOf(kind) > WEIGHT.indexOf(best))
      ? kind
      : best,
  );
}

describe('the picture from afar', () => {
  it('shows the kind most pages have, and follows the tiles marked', () => {
    const byte = fc.integer({ min: 0, max: 255 }).map((n) => (n & 0xf0) | (n % 12));
    fc.assert(
      fc.property(
        fc.array(byte, { minLength: 1, maxLength: 2100, size: 'max' }),
        fc.array(fc.tuple(fc.nat(2099), byte), { maxLength: 40 }),
        (bytes, changes) => {
          const state = Uint8Array.from(bytes);
          const levels = createMips(state.length);
          const dirty = new Uint8Array(Math.ceil(state.length / 1024)).fill(1);
          refreshMips(levels, state, dirty);
          dirty.fill(0);
          for (const [at, value] of changes) {
            if (at >= state.length) continue;
            state[at] = value;
            dirty[at >> 10] = 1;
          }
          refreshMips(levels, state, dirty);
          MIP_ORDERS.forEach((order, level) => {
            const slow = Array.from(levels[level]!, (_, block) =>
              dominant(state, block << order, 1 << order),
            );
            expect([...levels[level]!]).toEqual(slow);
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});

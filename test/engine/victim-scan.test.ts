import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { CACHE_CLASS, type CacheClass } from '../../src/engine/gfp.ts';
import { createMachine, type Machine, restoreSnapshot, stateHash, Z } from '../../src/engine/machine.ts';
import { cacheIndex } from '../../src/engine/order0/cache.ts';
import { scanVictims } from '../../src/engine/order0/victim.ts';
import { activeTail, lruAdd, lruDel, rotateActive } from '../../src/engine/user/lru.ts';
import { setZoneField, zoneField } from '../../src/engine/zone.ts';
import { randomOperations, toyConfig } from './support.ts';

const CLASSES = [CACHE_CLASS.user, CACHE_CLASS.kreclaim, CACHE_CLASS.knoreclaim];

function machine(seed: number, operations: number, maxDefragScan: number): Machine {
  const config = toyConfig({ pages: 4096, slabOrder: 2, policyChange: { victim: 'first', maxDefragScan } });
  const m = bootMachine(config);
  const log = randomOperations(seed, operations, config.pages);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

function restoredCopy(m: Machine): Machine {
  const copy = createMachine(m.config);
  restoreSnapshot(copy, m);
  return copy;
}

/** The slabs looked at and the cursors left, by passing every slab of the zones. */
function byTheTable(
  m: Machine,
  zones: readonly number[],
  cls: CacheClass,
): { slabs: number[]; cursors: number[] } {
  const slabs: number[] = [];
  const cursors = zones.map((zone) => {
    const { start, end } = m.config.zones[zone]!;
    const [first, span] = [start >> 2, (end - start) >> 2];
    let cursor = zoneField(m, zone, Z.scanCursor);
    for (let i = 0; i < span && slabs.length < m.config.policy.maxDefragScan; i++) {
      const slab = first + cursor;
      if (m.slabCache[slab] === cacheIndex(zone, cls) + 1 && m.slabInUse[slab]! > 0) slabs.push(slab);
      cursor = (cursor + 1) % span;
    }
    return cursor;
  });
  return { slabs, cursors };
}

describe('the scan for a victim', () => {
  it('looks at the slabs and leaves the cursors that passing every slab would', () => {
    let met = 0;
    const property = fc.property(
      fc.nat(1000),
      fc.integer({ min: 1, max: 1500 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (seed, operations, maxDefragScan, at) => {
        const m = machine(seed, operations, maxDefragScan);
        const zones = m.config.zones.map((_, z) => z);
        for (const cls of CLASSES) {
          for (const zone of zones) {
            const { start, end } = m.config.zones[zone]!;
            setZoneField(m, zone, Z.scanCursor, at % ((end - start) >> 2));
          }
          const expected = byTheTable(m, zones, cls);
          const slabs = scanVictims(m, zones, cls).map(({ slab }) => slab);
          expect({ slabs, cursors: zones.map((z) => zoneField(m, z, Z.scanCursor)) }).toEqual(expected);
          met += slabs.length;
        }
      },
    );
    fc.assert(property, { numRuns: 60 });
    expect(met).toBeGreaterThan(500);
  });
});

describe('turning the active list', () => {
  it('gives what taking each page off and putting it back gives', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 300, max: 900 }), { maxLength: 40 }),
        fc.nat(45),
        (pfns, count) => {
          const m = bootMachine(toyConfig());
          for (const pfn of pfns) lruAdd(m, pfn, true);
          const one = activeTail(m, 1, count);
          expect(one).toEqual(pfns.slice(0, count));
          const other = restoredCopy(m);
          rotateActive(m, 1, one);
          for (const pfn of one) lruDel(other, pfn);
          for (const pfn of one) lruAdd(other, pfn, true);
          expect(stateHash(m)).toBe(stateHash(other));
        },
      ),
    );
  });
});

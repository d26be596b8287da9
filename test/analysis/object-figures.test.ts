import { describe, expect, it } from 'vitest';
import { objectFigures } from '../../src/analysis/object-figures.ts';
import { apply, toyMachine } from '../engine/support.ts';

/** Five dentries on one page, four inodes on another; the toy machine has slabs of 32 pages. */
function machine() {
  const m = toyMachine();
  for (let object = 0; object < 5; object++) apply(m, { op: 'objectLookup', cache: 0, object });
  for (let object = 100; object < 104; object++) apply(m, { op: 'objectLookup', cache: 1, object });
  return m;
}

describe('objects of kernel caches', () => {
  it('are cached until they go, and keep nothing unless in use', () => {
    const m = machine();
    expect(objectFigures(m)).toMatchObject({
      cached: 9,
      allocated: 9,
      inUse: 0,
      pagesHeld: 0,
      windowsHeld: 0,
    });
    apply(m, { op: 'objectFree', cache: 0, object: 4 });
    expect(objectFigures(m)).toMatchObject({ cached: 8, freed: 1, cleared: 0 });
  });

  it('in use keep a page each, and with it a window of the slab order', () => {
    const m = machine();
    apply(m, { op: 'objectGet', cache: 0, object: 0 }, { op: 'objectGet', cache: 0, object: 1 });
    expect(objectFigures(m)).toMatchObject({ inUse: 2, pagesHeld: 1, windowsHeld: 1 });
    apply(m, { op: 'objectGet', cache: 1, object: 100 });
    // both pages are of one slab of order0-kreclaim
    expect(objectFigures(m)).toMatchObject({ inUse: 3, pagesHeld: 2, windowsHeld: 1 });
  });

  it('of a cache that cannot be shrunk keep their pages whoever uses them', () => {
    const m = toyMachine({ objectCaches: [{ name: 'fixed', objectsPerSlab: 8, shrinker: false, seeks: 2 }] });
    apply(m, { op: 'objectLookup', cache: 0, object: 0 });
    expect(objectFigures(m)).toMatchObject({ inUse: 0, pagesHeld: 1, windowsHeld: 1 });
  });

  it('cleared with their slab are told apart from those freed one by one', () => {
    const m = machine();
    const slab = m.slabCache.findIndex((cache) => cache > 0 && (cache - 1) % 3 === 1);
    apply(m, { op: 'reclaimSlab', order: 5, slab: slab << m.config.slabOrder });
    expect(objectFigures(m)).toMatchObject({ cached: 0, cleared: 9, freed: 0 });
  });
});

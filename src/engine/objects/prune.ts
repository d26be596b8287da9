/** Freeing kernel objects one by one, as the stock shrinkers do (Linux 2.6.9 fs/dcache.c d_free, prune_dcache). */
import { NONE } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { type Machine, O } from '../machine.ts';
import { releasePages } from '../release.ts';
import { EV, emit } from '../trace-event.ts';
import { dropRow, objectField, objectPfn, takeOut, unusedAdd, unusedDel } from './object-slab.ts';

/** Frees an object nobody refers to, and its object slab's page once that is empty. */
export function freeObject(m: Machine, object: number, cold: boolean): void {
  const pfn = objectPfn(m, object);
  const cache = m.owner[pfn]!;
  const row = takeOut(m, object);
  emit(m, EV.objectFree, 0, pfn, cache, object);
  if (m.objSlabInUse[row] !== 0) return;
  dropRow(m, cache, row);
  releasePages(m, pfn, 0, cold);
}

/**
 * prune_dcache: looks at `n` entries of the unused list from its tail; a referenced one gets a second chance at the
 * head, another is freed. In 2.6.9 a slab's page comes back only when its last object goes.
 */
export function pruneObjects(m: Machine, cache: number, n: number): number {
  let freed = 0;
  for (let i = 0; i < n; i++) {
    const object = objectField(m, cache, O.lruTail);
    if (object === NONE) break;
    charge(m, 'scanPage');
    if (m.objReferenced[object]) {
      m.objReferenced[object] = 0;
      unusedDel(m, cache, object);
      unusedAdd(m, cache, object);
      continue;
    }
    charge(m, 'clearObject');
    freeObject(m, object, true);
    freed++;
  }
  return freed;
}

/** Kernel objects and their one-page slabs. */
import { NONE } from '../../base/units.ts';
import { PAGE, PAGE_NAMES } from '../frames.ts';
import { type Machine, O } from '../machine.ts';
import { objectField, rowStride } from '../objects/object-slab.ts';
import { expect } from './expect.ts';

/** Links from objects to their parents and inodes, counted anew. */
function checkParents(m: Machine): void {
  const children = new Uint32Array(m.objPlace.length);
  for (let object = 0; object < m.objPlace.length; object++) {
    const parent = m.objParent[object]! - 1;
    const inode = m.objInode[object]! - 1;
    for (const [what, held] of [
      ['parent', parent],
      ['inode', inode],
    ] as const) {
      if (held < 0) continue;
      expect(m.objPlace[object] !== 0, () => `object ${object} is gone and still has ${what} ${held}`);
      expect(
        held < m.objPlace.length && m.objPlace[held] !== 0,
        () => `object ${object}'s ${what} ${held} is gone`,
      );
      children[held]!++;
    }
  }
  for (let object = 0; object < m.objPlace.length; object++) {
    expect(
      children[object] === m.objChildren[object] && children[object]! <= m.objRefs[object]!,
      () =>
        `object ${object}: ${children[object]} children, ${m.objChildren[object]} counted, ${m.objRefs[object]} references`,
    );
  }
}

export function checkObjects(m: Machine): void {
  checkParents(m);
  const stride = rowStride(m);
  for (let cache = 0; cache < m.config.objectCaches.length; cache++) {
    let slabs = 0;
    let objects = 0;
    let unused = 0;
    for (let row = 0; row < m.objSlabPfn.length; row++) {
      const pfn = m.objSlabPfn[row]! - 1;
      if (pfn < 0 || m.owner[pfn] !== cache) continue;
      slabs++;
      let inUse = 0;
      for (let i = 0; i < stride; i++) {
        const object = m.objSlabObject[row * stride + i]! - 1;
        if (object < 0) continue;
        inUse++;
        if (m.objRefs[object] === 0) unused++;
        expect(m.objPlace[object] === row * stride + i + 1, () => `object ${object} and its place disagree`);
      }
      expect(
        inUse > 0 && inUse === m.objSlabInUse[row],
        () => `object slab ${row}: ${inUse} objects, ${m.objSlabInUse[row]} counted`,
      );
      expect(
        m.kind[pfn] === PAGE.objSlab && m.index[pfn] === row,
        () => `object slab ${row} says page ${pfn}, which is ${PAGE_NAMES[m.kind[pfn]!]}`,
      );
      objects += inUse;
    }
    let listed = 0;
    for (let o = objectField(m, cache, O.lruHead); o !== NONE; o = m.objNext[o]!) listed++;
    expect(
      slabs === objectField(m, cache, O.slabs) && objects === objectField(m, cache, O.inUse),
      () => `object cache ${cache}: ${slabs} slabs and ${objects} objects found`,
    );
    expect(
      unused === listed && unused === objectField(m, cache, O.unused),
      () => `object cache ${cache}: ${unused} unused, ${listed} listed`,
    );
  }
}

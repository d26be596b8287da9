/**
 * Everything the machine promises about itself, rebuilt from scratch and compared: an independent look at the same
 * columns. Called after every operation in tests and at the end of a run.
 */
import { FLAG, PAGE, PAGE_NAMES } from './frames.ts';
import { checkCaches } from './invariants/caches.ts';
import { Broken, expect } from './invariants/expect.ts';
import { checkFolios } from './invariants/folios.ts';
import { checkFreeLists, checkLru, checkPcpLists } from './invariants/lists.ts';
import { checkMobility } from './invariants/mobility.ts';
import { checkObjects } from './invariants/objects.ts';
import {
  checkEntries,
  checkFiles,
  checkForks,
  checkKernel,
  checkKernelPages,
  checkSwap,
} from './invariants/owners.ts';
import { groupsByMobility } from './list-types.ts';
import { type Machine, Z } from './machine.ts';
import { folioHead } from './user/folio.ts';
import { zoneField } from './zone.ts';

/** Null when every invariant holds, else one line that names the first that does not. */
export function checkInvariants(m: Machine): string | null {
  try {
    const seen = new Uint8Array(m.config.pages);
    checkFreeLists(m, seen);
    checkPcpLists(m, seen);
    checkLru(m, seen);
    if (m.config.policy.name === 'order0-slab') checkCaches(m, seen);
    if (groupsByMobility(m.config)) checkMobility(m);
    checkEntries(m);
    checkFiles(m);
    checkForks(m);
    checkFolios(m);
    checkSwap(m);
    checkKernel(m);
    checkKernelPages(m);
    checkObjects(m);
    checkTotals(m, seen);
    return null;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

/** Every managed page is free, idle, parked, on a per-CPU list or in use, and zones' sums agree. */
function checkTotals(m: Machine, seen: Uint8Array): void {
  const counts = new Array<number>(16).fill(0);
  for (let p = 0; p < m.config.pages; p++) {
    const kind = m.kind[p]!;
    counts[kind]!++;
    const listed = kind === PAGE.free || kind === PAGE.pcp || kind === PAGE.slabIdle;
    if (listed) expect(seen[p] === 1, () => `page ${p} is ${PAGE_NAMES[kind]} but on no list`);
    if (kind === PAGE.anon || (kind === PAGE.file && folioHead(m, p) === p))
      expect((m.flags[p]! & FLAG.lru) !== 0, () => `page ${p} is ${PAGE_NAMES[kind]} but not on the LRU`);
  }
  let managed = 0;
  for (let z = 0; z < m.config.zones.length; z++) managed += zoneField(m, z, Z.managed);
  const all = counts.reduce((sum, n) => sum + n, 0) - counts[PAGE.hole]! - counts[PAGE.boot]!;
  expect(all === managed, () => `${all} pages of known kinds, ${managed} managed`);
}

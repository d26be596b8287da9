/**
 * What is there before the caches: memory that boot keeps, windows that no slab can ever fill, the descriptors that
 * cannot come from the caches they describe, and everything else that lies outside of slabs ("ignoring bootstrap
 * issues for now"). Linux 2.6.9: setup_arch and free_all_bootmem, kmem_cache_init, alloc_slabmgmt (mm/slab.c).
 */
import { NONE, type Pfn } from '../../base/units.ts';
import type { BootRange } from '../../engine/config.ts';
import { C } from '../../engine/counters.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { POOL_OWNER } from '../../engine/mempool.ts';
import { DESCRIPTOR_OWNER, descriptorBytes, descriptorsPerPage } from '../../engine/order0/descriptor.ts';
import { hasSlabs } from './owner.ts';

/** A run of page frames taken before the allocator exists. */
export interface BootOwner extends BootRange {
  /** What lies there. */
  readonly owner: string;
}

/** What becomes of an aligned window of the slab order: a slab may fill it, boot or a zone's edge cuts it, boot has it all. */
export type WindowState = 'whole' | 'cut' | 'taken';

/** Neighbouring windows alike, at step 0. */
export interface WindowRun {
  readonly pfn: Pfn;
  readonly windows: number;
  readonly state: WindowState;
}

/** Where the descriptors of the caches' slabs lie: in pages taken singly from buddy. */
export interface DescriptorReport {
  readonly slabs: number;
  readonly bytesEach: number;
  readonly perPage: number;
  readonly pfns: readonly Pfn[];
}

/** Pages in use that lie in no slab, by what they are. */
export interface OutsideReport {
  readonly what: string;
  readonly pages: number;
  /** The first of them. */
  readonly pfn: Pfn;
  /** Whether such a page can never be in a slab, or only found none to be had. */
  readonly never: boolean;
  readonly why: string;
}

export interface BootReport {
  readonly view: 'boot';
  readonly ranges: readonly BootOwner[];
  readonly windowPages: number;
  readonly runs: readonly WindowRun[];
  /** Windows a slab may fill, and pages free at step 0 in windows that none can. */
  readonly whole: number;
  readonly cutPages: number;
  /** Null under a policy without slabs. */
  readonly slabs: {
    /** Caches (three a zone), and bytes of their per-CPU arrays, for which the model takes no page. */
    readonly caches: number;
    readonly arrayBytes: number;
    readonly descriptors: DescriptorReport;
    readonly outside: readonly OutsideReport[];
  } | null;
}

/** Owner of a range that the scenario gives no name. */
const UNNAMED = { reserved: 'kernel image and boot data', hole: 'no memory' } as const;

/** struct array_cache, i386: avail, limit, batchcount, touched, then a pointer an entry. */
const ARRAY_HEAD_BYTES = 16;
const POINTER_BYTES = 4;

/** The view at the machine's present state. Cost: one pass over the pages. */
export function inspectBoot(m: Machine): BootReport {
  const { config } = m;
  const windowPages = 1 << config.slabOrder;
  const at0 = windowsAt0(m);
  return {
    view: 'boot',
    ranges: config.boot.map((range) => ({ ...range, owner: range.what ?? UNNAMED[range.kind] })),
    windowPages,
    runs: runsOf(at0.states, windowPages),
    whole: at0.states.filter((state) => state === 'whole').length,
    cutPages: at0.cutPages,
    slabs: hasSlabs(m)
      ? {
          caches: config.zones.length * 3,
          arrayBytes: arrayBytes(m),
          descriptors: descriptorsOf(m),
          outside: outsideOf(m),
        }
      : null,
  };
}

/** By window: what boot leaves of it, from the configuration alone. */
function windowsAt0(m: Machine): { states: WindowState[]; cutPages: number } {
  const { pages, boot, zones, slabOrder } = m.config;
  const size = 1 << slabOrder;
  const lost = new Uint32Array(Math.ceil(pages / size));
  const cut = new Uint8Array(lost.length);
  for (const { start, pages: n } of boot) {
    for (let pfn = start; pfn < Math.min(pages, start + n); pfn++) lost[pfn >>> slabOrder]!++;
  }
  for (const { start, end } of zones) {
    if (start % size !== 0) cut[start >>> slabOrder] = 1;
    if (end % size !== 0) cut[end >>> slabOrder] = 1;
  }
  let cutPages = 0;
  const states = Array.from(lost, (n, window): WindowState => {
    const inside = Math.min(size, pages - window * size);
    if (n >= inside) return 'taken';
    if (n === 0 && cut[window] === 0) return 'whole';
    cutPages += inside - n;
    return 'cut';
  });
  return { states, cutPages };
}

function runsOf(states: readonly WindowState[], windowPages: number): WindowRun[] {
  const runs: { pfn: Pfn; windows: number; state: WindowState }[] = [];
  states.forEach((state, window) => {
    const last = runs.at(-1);
    if (last?.state === state) last.windows++;
    else runs.push({ pfn: window * windowPages, windows: 1, state });
  });
  return runs;
}

function arrayBytes({ config: { zones, cpus, arrays } }: Machine): number {
  const bytes = (limit: number) => ARRAY_HEAD_BYTES + POINTER_BYTES * limit;
  const shared = cpus > 1 && arrays.shared > 0 ? bytes(arrays.shared) : 0;
  return zones.length * 3 * (cpus * bytes(arrays.limit) + shared);
}

function descriptorsOf(m: Machine): DescriptorReport {
  const pfns: Pfn[] = [];
  const head = m.counters[C.descriptorHead]!;
  for (let pfn = head === 0 ? NONE : head - 1; pfn !== NONE; pfn = m.next[pfn]!) pfns.push(pfn);
  return {
    slabs: m.counters[C.slabsTotal]!,
    bytesEach: descriptorBytes(m.config.slabOrder),
    perPage: descriptorsPerPage(m.config.slabOrder),
    pfns,
  };
}

type Why = readonly [what: string, never: boolean, why: string];

const NO_SLAB = 'no slab was to be had, so it came singly from buddy';

/** What a page in use outside of slabs is; null for pages that hold nothing. */
function whyOutside(m: Machine, pfn: Pfn): Why | null {
  switch (m.kind[pfn]) {
    case PAGE.boot:
      return ['boot memory', true, 'taken before the allocator exists'];
    case PAGE.hole:
    case PAGE.free:
    case PAGE.pcp:
      return null;
    case PAGE.stack:
      return m.config.stackOrder === 0
        ? ['kernel stacks', false, NO_SLAB]
        : ['kernel stacks', true, `a block of order ${m.config.stackOrder}, and slabs hand out single pages`];
    case PAGE.highOrder:
      return m.owner[pfn] === POOL_OWNER
        ? ['elements of a mempool', true, 'a block above order 0']
        : ['blocks above order 0', true, 'slabs hand out single pages'];
    case PAGE.kmalloc:
      if (m.owner[pfn] === DESCRIPTOR_OWNER)
        return ['slab descriptors', true, 'a slab needs its descriptor before it can hand out a page'];
      return ['kmalloc', false, NO_SLAB];
    case PAGE.pageTable:
      return ['page tables', false, NO_SLAB];
    case PAGE.vmalloc:
      return ['vmalloc', false, NO_SLAB];
    case PAGE.objSlab:
      return ['object slabs', false, NO_SLAB];
    case PAGE.file:
      // no slab and yet not stranded: a block that was asked for as one, or a page of one that was split since
      if ((m.flags[pfn]! & FLAG.stranded) === 0)
        return ['large folios', true, 'read as blocks above order 0, and slabs hand out single pages'];
      return ['user pages', false, NO_SLAB];
    case PAGE.anon:
      return ['user pages', false, NO_SLAB];
    default:
      return ['unknown pages', false, 'recorded before anything was known of them'];
  }
}

function outsideOf(m: Machine): OutsideReport[] {
  const found = new Map<string, { what: string; pages: number; pfn: Pfn; never: boolean; why: string }>();
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    if (m.flags[pfn]! & FLAG.inSlab) continue;
    const told = whyOutside(m, pfn);
    if (told === null) continue;
    const [what, never, why] = told;
    const known = found.get(what);
    if (known) known.pages++;
    else found.set(what, { what, pages: 1, pfn, never, why });
  }
  return [...found.values()].sort((a, b) => Number(b.never) - Number(a.never) || b.pages - a.pages);
}

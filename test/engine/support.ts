/** Machines and random operations for engine tests. */
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { NONE } from '../../src/base/units.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { buddyFree, freeByOrder } from '../../src/engine/buddy.ts';
import type { MachineConfig, PolicyConfig, ZoneConfig } from '../../src/engine/config.ts';
import { COST_TABLES } from '../../src/engine/cost.ts';
import { C, type CounterName } from '../../src/engine/counters.ts';
import { PAGE, type PageKind } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import type { Machine } from '../../src/engine/machine.ts';
import {
  ALLOC_TAG,
  createOperationLog,
  encodeOperation,
  OP,
  type OpCode,
  type Operation,
  type OperationLog,
  pushOperation,
} from '../../src/engine/operation.ts';
import { eventAt, type TraceEvent } from '../../src/engine/trace-event.ts';
import { zoneOf } from '../../src/engine/zone.ts';
import { POLICY_DEFAULTS } from '../../src/scenario/policy-schema.ts';

/** The policy parameters of the proposal with the defaults of a scenario. */
export const POLICY: PolicyConfig = {
  ...POLICY_DEFAULTS,
  name: 'order0-slab',
  daemonBudget: 4,
  daemonPeriodMs: 0,
};

/** A small machine: DMA 256 pages, Normal the rest, 5 % boot memory at PFN 0. */
export function toyConfig(
  change: Partial<MachineConfig> & { policyChange?: Partial<PolicyConfig> } = {},
): MachineConfig {
  const { policyChange, ...rest } = change;
  const pages = rest.pages ?? 1024;
  return {
    pages,
    zones: [
      { name: 'DMA', start: 0, end: pages / 4 },
      { name: 'Normal', start: pages / 4, end: pages },
    ],
    boot: [{ start: 0, pages: 52, kind: 'reserved' }],
    cpus: 2,
    maxOrder: 10,
    pageblockOrder: 5,
    slabOrder: 5,
    stackOrder: 0,
    ptesPerTable: 32,
    arrays: { limit: 6, batchcount: 3, shared: 6 },
    swapPages: 256,
    swappiness: 60,
    objectCaches: [
      { name: 'dentry', objectsPerSlab: 8, shrinker: true, seeks: 2 },
      { name: 'inode', objectsPerSlab: 4, shrinker: true, seeks: 2 },
    ],
    cost: COST_TABLES.ssd,
    policy: { ...POLICY, ...policyChange },
    seed: 1,
    ...rest,
  };
}

/**
 * `n` operations drawn at random over small ranges of ids, many of them on absent things: what a machine must
 * survive. The same seed gives the same list.
 */
export function randomOperations(seed: number, n: number, pages: number): OperationLog {
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'test');
  const pick = (bound: number) => nextBelow(rng, bound);
  const log = createOperationLog(n);
  const filePages = Math.max(4, pages >> 4);
  for (let file = 0; file < 8; file++) pushOperation(log, OP.createFile, file, 0, filePages);
  for (let process = 0; process < 4; process++) {
    pushOperation(log, OP.spawn, process);
    pushOperation(log, OP.mapAnon, process * 8, 0, filePages * 2);
    pushOperation(log, OP.mapFile, process * 8 + 1, process, filePages);
  }
  const gfps = [GFP_MASKS.kernel, GFP_MASKS.atomic, GFP_MASKS.nofs, GFP_MASKS.noio, GFP_MASKS.dma];
  while (log.length < n) {
    const vma = pick(6) * 8 + pick(3);
    const dt = pick(2000);
    const cpu = pick(4);
    const put = (kind: OpCode, owner = 0, index = 0, arg = 0, gfp = 0) =>
      pushOperation(log, kind, owner, index, arg, gfp, dt, cpu);
    const roll = pick(100);
    if (roll < 2) put(OP.spawn, pick(6));
    else if (roll < 3) put(pick(4) ? OP.idle : OP.exit, pick(6));
    else if (roll < 4) put(OP.fork, pick(6), pick(6));
    else if (roll < 9) put(OP.mapAnon, vma, 0, filePages + pick(filePages * 2));
    else if (roll < 11) put(OP.mapFile, vma, pick(8), 1 + pick(filePages));
    else if (roll < 12) put(pick(4) ? OP.idle : OP.unmap, vma);
    else if (roll < 13) put(pick(4) ? OP.lock : OP.unlock, vma);
    else if (roll < 45) put(OP.touch, vma, pick(filePages * 2), pick(2));
    else if (roll < 47) put(OP.zap, vma, pick(filePages), 1 + pick(4));
    else if (roll < 60) put(pick(3) ? OP.readFile : OP.writeFile, pick(8), pick(filePages));
    else if (roll < 61) put(OP.truncate, pick(8), pick(filePages), pick(4));
    else if (roll < 75)
      put(OP.alloc, pick(pages >> 3), ALLOC_TAG.kmalloc, pick(4) ? 0 : pick(6), gfps[pick(gfps.length)]!);
    else if (roll < 85) put(OP.free, pick(pages >> 3));
    else if (roll < 92) put(OP.objectLookup, pick(2), pick(pages));
    else if (roll < 93) put(OP.objectGet, pick(2), pick(pages));
    else if (roll < 95) put(OP.objectPut, 0, pick(pages));
    else if (roll < 96) put(pick(3) ? OP.pin : OP.unpin, pick(8), pick(filePages), 1);
    else if (roll < 99) putReclaim(put, pick, pages);
    else
      put(
        [OP.dropCaches, OP.deleteFile, OP.createFile, OP.objectFree, OP.reclaimLru][pick(5)]!,
        pick(8),
        pick(8),
        filePages,
      );
  }
  return log;
}

/** One of the acts that reclaim or give back: a sync, an emptied cache, the daemon's slab or a particular one. */
function putReclaim(
  put: (kind: OpCode, owner?: number, index?: number, arg?: number) => void,
  pick: (bound: number) => number,
  pages: number,
): void {
  const act = pick(4);
  if (act === 0) put(OP.sync, 0, 0, 5);
  else if (act === 1) put(OP.drainCpus);
  else put(OP.reclaimSlab, act === 2 ? NONE : pick(pages), 0, pick(8));
}

/** A booted toy machine that records its events. */
export function toyMachine(change: Parameters<typeof toyConfig>[0] = {}): Machine {
  const m = bootMachine(toyConfig(change));
  m.log.level = 1;
  return m;
}

/**
 * Applies operations one by one and checks every invariant after each.
 * @returns the events of all of them, in order
 */
export function apply(m: Machine, ...operations: readonly Operation[]): TraceEvent[] {
  const log = createOperationLog(Math.max(1, operations.length));
  for (const operation of operations) encodeOperation(log, operation);
  const events: TraceEvent[] = [];
  for (let i = 0; i < log.length; i++) {
    applyOperation(m, log, i);
    for (let e = 0; e < m.log.count; e++) events.push(eventAt(m.log, e));
    const broken = checkInvariants(m);
    if (broken !== null) throw new Error(`after ${JSON.stringify(operations[i])}: ${broken}`);
  }
  return events;
}

/** The events of one type. */
export function only(events: readonly TraceEvent[], type: TraceEvent['type']): TraceEvent[] {
  return events.filter((event) => event.type === type);
}

/** A counter by name. */
export function counter(m: Machine, name: CounterName): number {
  return m.counters[C[name]]!;
}

/** Page frames of one kind, in rising order. */
export function pfnsOfKind(m: Machine, kind: PageKind): number[] {
  return Array.from(m.kind.keys()).filter((pfn) => m.kind[pfn] === kind);
}

/**
 * A machine of one zone as drawn, a letter a page: `.` is free, anything else belongs to somebody. The free pages
 * are given to buddy one by one from the left.
 */
export function drawnMachine(drawing: string, maxOrder = 3, zones?: readonly ZoneConfig[]): Machine {
  const pages = drawing.length;
  const m = bootMachine(
    toyConfig({
      pages,
      maxOrder,
      slabOrder: 2,
      zones: zones ?? [{ name: 'Normal', start: 0, end: pages }],
      boot: [{ start: 0, pages, kind: 'reserved' }],
    }),
  );
  m.log.level = 1;
  for (let pfn = 0; pfn < pages; pfn++) if (drawing[pfn] === '.') giveBlock(m, pfn, 0);
  return m;
}

/** Frees a block of a drawn machine. */
export function giveBlock(m: Machine, pfn: number, order: number): void {
  m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
  buddyFree(m, zoneOf(m.config, pfn), pfn, order);
}

/** Free blocks of a zone by order, as the figures of a line of /proc/buddyinfo. */
export function buddyinfo(m: Machine, zone = 0): string {
  return freeByOrder(m, zone).join(' ');
}

/**
 * One zone of 512 pages, one CPU, slabs of eight pages, arrays of one entry: pages of a slab are handed out rising
 * and none stays parked. The first slab is at page 0, its descriptor's page at 8, the next slabs at 16, 24, 32 ...
 */
export function plainMachine(change: Parameters<typeof toyConfig>[0] = {}): Machine {
  const pages = change.pages ?? 512;
  return toyMachine({
    pages,
    zones: [{ name: 'Normal', start: 0, end: pages }],
    boot: [],
    cpus: 1,
    slabOrder: 3,
    arrays: { limit: 1, batchcount: 1, shared: 1 },
    swapPages: 64,
    ...change,
  });
}

/** Reads of pages `from` to `to - 1` of a file. */
export function reads(file: number, from: number, to: number): Operation[] {
  return Array.from({ length: to - from }, (_, i) => ({ op: 'readFile', file, page: from + i }) as const);
}

/** Writes of pages `from` to `to - 1` of a file. */
export function writes(file: number, from: number, to: number): Operation[] {
  return reads(file, from, to).map((read) => ({ ...read, op: 'writeFile' }) as Operation);
}

/** Touches of pages `from` to `to - 1` of a process's region. */
export function touches(process: number, region: number, from: number, to: number): Operation[] {
  return Array.from(
    { length: to - from },
    (_, i) => ({ op: 'touch', process, region, page: from + i }) as const,
  );
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, actsFor } from '../../../src/analysis/inspect/acts.ts';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { type Owner, ownerOf } from '../../../src/analysis/inspect/owner.ts';
import { inspectPage } from '../../../src/analysis/inspect/page.ts';
import { whereIs } from '../../../src/analysis/inspect/where.ts';
import { lruOrder } from '../../../src/analysis/lru-strip.ts';
import { paintView } from '../../../src/analysis/picture.ts';
import { windowAt } from '../../../src/analysis/windows.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import type { MachineConfig, PolicyId } from '../../../src/engine/config.ts';
import { C } from '../../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../../src/engine/frames.ts';
import { type Machine, restoreSnapshot, stateHash, takeSnapshot } from '../../../src/engine/machine.ts';
import { objectExists } from '../../../src/engine/objects/object-slab.ts';
import { vmaOf } from '../../../src/engine/operation.ts';
import { isCongested } from '../../../src/engine/user/io.ts';
import { randomOperations, toyConfig } from '../../engine/support.ts';
import { apply } from './build.ts';

function configOf(name: PolicyId): MachineConfig {
  return toyConfig({ pages: 512, slabOrder: 4, swapPages: 96, policyChange: { name } });
}

/** A machine in which much has happened. */
function lived(seed: number, name: PolicyId, n = 2500): Machine {
  const m = bootMachine(configOf(name));
  const log = randomOperations(seed, n, 512);
  for (let i = 0; i < n; i++) applyOperation(m, log, i);
  return m;
}

const world = fc.record({
  seed: fc.nat(1000),
  policy: fc.constantFrom<PolicyId>('order0-slab', 'buddy-2.6'),
});

describe('every page of a machine that has lived', () => {
  it('is told as it is drawn, priced as in the ledger, and found again by its owner', () => {
    fc.assert(
      fc.property(world, ({ seed, policy }) => {
        const m = lived(seed, policy);
        const state = new Uint8Array(512);
        paintView(m, state, new Uint8Array(512));
        const lists = lruLists(m);
        const hash = stateHash(m);
        for (let pfn = 0; pfn < 512; pfn++) {
          const report = inspectPage(m, pfn);
          expect(report.look).toBe(state[pfn]);
          const { costNs, blocking } = windowAt(m, pfn, 0, report.zone);
          expect(report.reclaim.costNs).toBe(costNs);
          expect(report.reclaim.obstacles.length > 0).toBe(blocking > 0);
          if (report.kind === 'anon' || report.kind === 'file') {
            expect(report.mappings).toHaveLength(report.mapcount);
            const { list, fromCold } = report.lru!;
            expect(lists.get(`${report.zone} ${list}`)![fromCold - 1]).toBe(pfn);
          }
          if (report.kind === 'free') expect(report.block).not.toBeNull();
          if (report.kind === 'slabIdle') expect(report.chain).not.toBeNull();
          if (report.kind === 'slabParked') expect(report.array).not.toBeNull();
          if (report.kind === 'pcp') expect(report.list).not.toBeNull();
          const owner = ownerOf(m, pfn);
          if (owner && isPlaced(owner)) expect(whereIs(m, owner).pfn).toBe(pfn);
          if (pfn % 8 !== seed % 8) continue;
          for (const view of ['page', 'block', 'slab', 'object-slab', 'acts'] as const) {
            const told = inspect(m, { view, pfn });
            expect(JSON.parse(JSON.stringify(told))).toEqual(told);
          }
        }
        expect(stateHash(m)).toBe(hash);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('may be acted on: each act that is offered does what it says', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        world,
        fc.array(fc.nat(511), { minLength: 12, maxLength: 12 }),
        ({ seed, policy }, pfns) => {
          const m = lived(seed, policy);
          const home = takeSnapshot(m);
          for (const pfn of pfns) {
            for (const act of actsFor(m, pfn)) {
              expect(act.operation === null).toBe(act.disabled !== null);
              if (!act.operation) continue;
              seen.add(act.id);
              const check = expectation(m, pfn, act);
              apply(m, act.operation);
              expect(check(), `${act.label} on ${pfn}: ${JSON.stringify(act.operation)}`).toBe(true);
              restoreSnapshot(m, home);
            }
          }
        },
      ),
      { numRuns: 40, seed: 7 },
    );
    for (const id of ['touch', 'write', 'readFile', 'pin', 'lock', 'zap', 'unmap', 'fork', 'exit', 'free']) {
      expect(seen).toContain(id);
    }
    for (const id of [
      'truncate',
      'deleteFile',
      'objectGet',
      'objectFree',
      'drainCpus',
      'reclaimSlab',
      'sync',
    ]) {
      expect(seen).toContain(id);
    }
  }, 60_000);
});

/** Pages of each zone's lists, coldest first. */
function lruLists(m: Machine): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const pfn of lruOrder(m)) {
    const zone = m.config.zones.find(({ end }) => pfn < end)!.name;
    const name = `${zone} ${m.flags[pfn]! & FLAG.active ? 'active' : 'inactive'}`;
    lists.set(name, [...(lists.get(name) ?? []), pfn]);
  }
  return lists;
}

/** Owners that name one frame. */
function isPlaced(owner: Owner): boolean {
  return owner.kind !== 'descriptors' && owner.kind !== 'objects' && owner.kind !== 'page-table';
}

/** What must hold once the act is done; reads what it needs of the machine before. */
function expectation(m: Machine, pfn: number, { id, operation, foresees }: Act): () => boolean {
  const o = operation!;
  const owner = ownerOf(m, pfn);
  const now = () => (owner ? whereIs(m, owner).pfn : null);
  const failed = m.counters[C.requestsFailed]!;
  /** A request within the act that found no memory lets it off. */
  const orNoMemory = (holds: boolean) => holds || m.counters[C.requestsFailed]! > failed;
  const touched = () => now() !== null && m.lastTouch[now()!] === m.counters[C.operations];
  const pins = m.pins[pfn]!;
  const vma = 'region' in o ? vmaOf(o.process, o.region) : -1;
  const object = 'object' in o ? o.object : -1;
  const refs = m.objRefs[object] ?? 0;
  switch (id) {
    case 'touch':
    case 'readFile':
      return () => orNoMemory(touched());
    case 'write':
    case 'writeFile': {
      // a shared anonymous page is copied for the writer, whom the operation names
      const at = () =>
        o.op === 'touch'
          ? whereIs(m, { kind: 'region', process: o.process, region: o.region, page: o.page }).pfn
          : now();
      return () => orNoMemory(at() !== null && (m.flags[at()!]! & FLAG.dirty) !== 0);
    }
    case 'sync':
      return () => !(m.flags[pfn]! & FLAG.dirty) || isCongested(m);
    case 'pin':
      return () => m.pins[pfn] === pins + 1;
    case 'unpin':
      return () => m.pins[pfn] === pins - 1;
    case 'lock':
      return () => m.vmaLocked[vma] === 1;
    case 'unlock':
      return () => m.vmaLocked[vma] === 0;
    case 'zap':
      return () => whereIs(m, owner!).pfn === null;
    case 'unmap':
      return () => m.vmaKind[vma] === 0;
    case 'truncate':
      return () => now() === null;
    case 'deleteFile':
      return () => now() === null && m.kind[pfn] !== PAGE.file;
    case 'fork':
      return () => orNoMemory(o.op === 'fork' && m.processAlive[o.child] === 1);
    case 'exit':
      return () => o.op === 'exit' && m.processAlive[o.process] === 0;
    case 'free':
      return () => now() === null;
    case 'objectGet':
      return () => m.objRefs[object] === refs + 1;
    case 'objectPut':
      return () => m.objRefs[object] === refs - 1;
    case 'objectFree':
      return () => !objectExists(m, object);
    case 'drainCpus':
      return () => m.kind[pfn] !== PAGE.slabParked && m.kind[pfn] !== PAGE.pcp;
    case 'reclaimSlab':
      return () => (m.slabCache[pfn >>> m.config.slabOrder] === 0) === (foresees === null);
    case 'evict':
      throw new Error('nothing evicts one page');
  }
}

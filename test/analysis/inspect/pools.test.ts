import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { inspectPage } from '../../../src/analysis/inspect/page.ts';
import type { PoolsReport } from '../../../src/analysis/inspect/pools.ts';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { apply, counter, plainMachine } from '../../engine/support.ts';
import { runPreset } from '../../scenario/run-preset.ts';

function poolsOf(m: Machine): PoolsReport {
  const report = inspect(m, { view: 'pools' });
  if (report.view !== 'pools') throw new Error(JSON.stringify(report));
  return report;
}

const ask = (pool: number, id: number, gfp: number = GFP_MASKS.noio) =>
  ({ op: 'poolAlloc', pool, id, gfp }) as const;

function exhausted(): Machine {
  const m = plainMachine({ zones: [{ name: 'Normal', start: 0, end: 512, min: 4 }] });
  apply(
    m,
    { op: 'poolCreate', pool: 0, minNr: 2, order: 0 },
    { op: 'poolPretend', pool: 1, minNr: 2, order: 0 },
  );
  for (let id = 1000; counter(m, 'requestsFailed') === 0; id++)
    apply(m, { op: 'alloc', id, order: 0, gfp: GFP_MASKS.atomic, tag: 'network' });
  return m;
}

describe('mempools', () => {
  it('are told to be none where none was made', () => {
    expect(inspect(plainMachine(), { view: 'pools' })).toEqual({
      view: 'nothing',
      reason: 'no mempool has been made',
    });
  });

  it('stand beside the slab in a pool’s place: the one serves and lets sleep, the other fails', () => {
    const m = exhausted();
    const [pool, slab] = poolsOf(m).pools;
    expect(pool).toMatchObject({ kind: 'mempool', minNr: 2, order: 0, held: [], sleepers: [] });
    expect(pool!.reserve).toHaveLength(2);
    expect(slab).toMatchObject({ kind: 'slab', minNr: 2, reserve: [], held: [] });
    apply(m, ask(0, 1), ask(0, 2), ask(0, 3), ask(1, 4, GFP_MASKS.atomic));
    const now = poolsOf(m).pools;
    expect(now[0]).toMatchObject({
      reserve: [],
      served: 2,
      fromReserve: 2,
      slept: 1,
      woken: 0,
      failed: 0,
      sleepers: [{ allocation: 3 }],
    });
    expect(now[0]!.held.map(({ allocation }) => allocation)).toEqual([1, 2]);
    expect(now[1]).toMatchObject({ served: 0, failed: 1, sleepers: [] });
    apply(m, { op: 'free', id: 1 });
    expect(poolsOf(m).pools[0]).toMatchObject({ woken: 1, sleepers: [], served: 3 });
  });

  it('are found from their pages, in reserve and held', () => {
    const m = exhausted();
    const [element] = poolsOf(m).pools[0]!.reserve;
    expect(inspectPage(m, element!).pool).toEqual({ pool: 0, state: 'in reserve' });
    apply(m, ask(0, 1));
    const { held } = poolsOf(m).pools[0]!;
    expect(inspectPage(m, held[0]!.pfn).pool).toEqual({ pool: 0, state: 'held' });
    const other = m.allocPfn[1000]! - 1;
    expect(inspectPage(m, other).pool).toBeNull();
  });

  it('add up to the figures of the run', () => {
    let machine: Machine | null = null;
    const { pools } = runPreset('claim-mempool', '', (m) => {
      machine = m;
    });
    const report = poolsOf(machine!);
    const sum = (kind: 'mempool' | 'slab', figure: 'served' | 'fromReserve' | 'failed' | 'slept' | 'woken') =>
      report.pools.filter((one) => one.kind === kind).reduce((n, one) => n + one[figure], 0);
    expect(pools).toEqual({
      served: sum('mempool', 'served'),
      fromReserve: sum('mempool', 'fromReserve'),
      slept: sum('mempool', 'slept'),
      woken: sum('mempool', 'woken'),
      failed: sum('mempool', 'failed'),
      slabServed: sum('slab', 'served'),
      slabFailed: sum('slab', 'failed'),
    });
    expect(pools.fromReserve).toBeGreaterThan(0);
    expect(pools.slabFailed).toBeGreaterThan(pools.failed);
  });
});

import { describe, expect, it } from 'vitest';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { createOperationLog, decodeOperation, OP, pushOperation } from '../../src/engine/operation.ts';
import { type Given, resolveScenario } from '../../src/scenario/resolve.ts';
import { applySets } from '../../src/scenario/set.ts';
import { FULL, SMALL } from './texts.ts';

function resolve(text: string, assignments: readonly string[] = [], given: Given = {}) {
  const set = applySets(text, assignments);
  if (!set.ok) throw new Error(set.problems[0]!.message);
  return resolveScenario(set.scenario, given);
}

describe('the zones of a machine', () => {
  it.each([
    [512, ['Normal 0-512']],
    [1024, ['DMA 0-256', 'Normal 256-1024']],
    [3000, ['DMA 0-512', 'Normal 512-3000']],
    [4096, ['DMA 0-1024', 'Normal 1024-4096']],
    [16_383, ['DMA 0-3072', 'Normal 3072-16383']],
    [16_384, ['DMA 0-4096', 'Normal 4096-16384']],
    [262_144, ['DMA 0-4096', 'Normal 4096-262144']],
  ])('of %i pages are the default ones', (pages, expected) => {
    const { config } = resolve(SMALL, [`machine.pages=${pages}`]);
    expect(config.zones.map(({ name, start, end }) => `${name} ${start}-${end}`)).toEqual(expected);
  });

  it('may be written, and the last runs to the end of memory', () => {
    const zones =
      'machine.zones=[{name: DMA, pages: 0.25}, {name: Normal, pages: 300}, {name: HighMem, pages: 10}]';
    const { config } = resolve(SMALL, [zones]);
    expect(config.zones).toEqual([
      { name: 'DMA', start: 0, end: 256 },
      { name: 'Normal', start: 256, end: 556 },
      { name: 'HighMem', start: 556, end: 1024 },
    ]);
  });
});

describe('the marks', () => {
  it('are left to the engine, or those of a zone, or follow min_free_kbytes', () => {
    expect(resolve(SMALL).config).not.toHaveProperty('minFreeKbytes');
    expect(resolve(SMALL, ['machine.minFreeKbytes=32']).config.minFreeKbytes).toBe(32);
    const { config } = resolve(SMALL, ['machine.zones=[{name: Normal, min: 4, high: 20}]']);
    expect(config.zones).toEqual([{ name: 'Normal', start: 0, end: 1024, min: 4, high: 20 }]);
  });
});

describe('the machine', () => {
  it('takes 5 % of memory for boot', () => {
    expect(resolve(SMALL).config.boot).toEqual([{ start: 0, pages: 51, kind: 'reserved' }]);
  });

  it('takes boot ranges as written', () => {
    const { config } = resolve(SMALL, [
      'machine.boot=[{start: 0, pages: 4}, {start: 640, pages: 96, kind: hole}]',
    ]);
    expect(config.boot).toEqual([
      { start: 0, pages: 4, kind: 'reserved' },
      { start: 640, pages: 96, kind: 'hole' },
    ]);
  });

  it('has no shared array with one CPU', () => {
    expect(resolve(SMALL).config.arrays).toEqual({ limit: 24, batchcount: 12, shared: 0 });
    expect(resolve(SMALL, ['machine.cpus=2']).config.arrays.shared).toBe(96);
  });

  it('has swap by share or by pages', () => {
    expect(resolve(SMALL).config.swapPages).toBe(512);
    expect(resolve(SMALL, ['machine.swapShare=2']).config.swapPages).toBe(2048);
    expect(resolve(SMALL, ['machine.swapPages=0']).config.swapPages).toBe(0);
  });

  it('has the prices of a device, or some of its own', () => {
    expect(resolve(SMALL, ['machine.device=hdd']).config.cost).toMatchObject({
      device: 'HDD',
      writePage: 8_000_000,
    });
    const own = resolve(SMALL, ['machine.device={like: nvme, name: Mine, writePage: 5}']).config.cost;
    expect(own).toMatchObject({ device: 'Mine', writePage: 5, swapOut: 22_000 });
    expect(Object.keys(own)).not.toContain('like');
  });

  it('has the policy defaults, and another policy only those', () => {
    const defaults = {
      maxDefragScan: 8,
      victim: 'most-clean',
      action: 'evict',
      drainFirst: true,
      growth: 'single-pages',
      returnPages: 'block',
      reclaim: 'on-failure',
      daemonBudget: 1,
      daemonThresholds: {},
      daemonPeriodMs: 100,
      aligned: false,
      variant: 'daemon-2003',
      fallback: 'kernel',
      noFragment: 'kernel',
      watermarkBoost: 15_000,
      pcpHighFraction: 0,
      proactiveness: 20,
      fastSearch: true,
      kswapdOrder: 'asked',
    };
    expect(resolve(SMALL).config.policy).toEqual({ name: 'order0-slab', ...defaults });
    const other = resolve(SMALL, ['policy={name: page-moving, maxDefragScan: 3}']);
    expect(other.config.policy).toEqual({
      name: 'page-moving',
      ...defaults,
      daemonThresholds: { [other.config.slabOrder]: 1 },
    });
    expect(other.warnings).toHaveLength(1);
  });
});

describe('the operations', () => {
  it('are the workload, then the steps, then what the workload goes on with', () => {
    const { operations, workloadLength, openAt, notes } = resolve(FULL);
    expect(workloadLength).toBe(300);
    expect(operations.length).toBe(300 + 2 + 10);
    expect(openAt).toEqual({ step: 301, event: 0 });
    expect(notes).toEqual([{ step: 300, text: 'Here.' }]);
    expect(decodeOperation(operations, 300)).toEqual({
      op: 'alloc',
      id: 0,
      order: 5,
      gfp: GFP_MASKS.kernel,
      tag: 'kmalloc',
      dt: 1000,
    });
    expect(decodeOperation(operations, 301)).toEqual({ op: 'reclaimSlab', order: 5, dt: 1000 });
  });

  it('go on as if no steps had come between', () => {
    const rows = (text: string, drop: number) => {
      const { operations } = resolve(text);
      return Array.from({ length: operations.length }, (_, i) => decodeOperation(operations, i)).filter(
        (_, i) => i < 300 || i >= 300 + drop,
      );
    };
    expect(rows(FULL, 2)).toEqual(rows(FULL.replace(/steps:\n {2}- op[\s\S]*$/, ''), 0));
  });

  it('do not depend on the policy', () => {
    const { operations } = resolve(FULL);
    expect(resolve(FULL, ['policy={name: mobility-compaction}']).operations).toEqual(operations);
  });

  it('of a kernel whose orders are not written ask for none above the machine’s largest', () => {
    const text =
      'order0: 1\ntitle: Low\nmachine: {pages: 512, slabOrder: 2, maxOrder: 2}\nworkload: {actors: [{kind: kernel}]}\n';
    const { operations } = resolve(text);
    const all = Array.from({ length: operations.length }, (_, i) => decodeOperation(operations, i));
    const orders = new Set(all.flatMap((one) => (one.op === 'alloc' ? [one.order] : [])));
    expect([...orders].sort()).toEqual([0, 1, 2]);
    expect(() => resolve(text, ['workload.actors.0.orders=[1, 1, 1, 1]'])).toThrow(
      'expected orders up to machine.maxOrder (2), met 3',
    );
  });

  it('of a recording come from outside', () => {
    const recorded = createOperationLog();
    pushOperation(recorded, OP.alloc, 3, 0, 2, GFP_MASKS.atomic, 70, 1);
    pushOperation(recorded, OP.free, 3);
    const text = `${SMALL}workload:\n  recording: smp\nsteps:\n  - op: idle\nopenAt: end\n`;
    const { operations, openAt } = resolve(text, [], { operations: recorded });
    expect(operations.length).toBe(3);
    expect(decodeOperation(operations, 0)).toEqual(decodeOperation(recorded, 0));
    expect(openAt.step).toBe(3);
    expect(() => resolve(text)).toThrow('workload.recording: expected the operations of smp, met none');
  });

  it('of a recording bound the positions', () => {
    const text = `${SMALL}workload:\n  recording: smp\nopenAt: 9\n`;
    expect(() => resolve(text, [], { operations: createOperationLog() })).toThrow(
      'openAt: expected a step from 0 to 0, met 9',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/analysis/summary.ts';
import { readPresetFiles } from '../../src/cli/preset-files.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { C } from '../../src/engine/counters.ts';
import { OP } from '../../src/engine/operation.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { listPresets, presetTexts } from '../../src/scenario/presets.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { demandOf } from './demand.ts';
import { runPreset } from './run-preset.ts';

function scenarioOf(text: string) {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  return parsed;
}

describe('the presets', () => {
  it('are the same in a bundle and on disk', () => {
    expect(readPresetFiles()).toEqual(bundledPresets);
  });

  it('begin with one-slab and go on by title', () => {
    const [first, ...rest] = listPresets(bundledPresets);
    expect(first?.id).toBe('one-slab');
    expect(rest.length).toBeGreaterThanOrEqual(11);
    const titles = rest.map(({ title }) => title.toLowerCase());
    expect(titles).toEqual([...titles].sort());
  });

  it('take their id from the file name', () => {
    expect(presetTexts({ '/a/b/two.yaml': 'title: A', 'one.yaml': 'title: B' }).map(({ id }) => id)).toEqual([
      'two',
      'one',
    ]);
  });

  it.each(bundledPresets.map(({ id, text }) => [id, text] as const))(
    '%s says in two sentences what it shows, and has notes, one of them at a moment of the run',
    (_, text) => {
      const { scenario } = scenarioOf(text);
      expect(scenario.title).not.toBe('');
      expect(scenario.summary!.trim().match(/[.!?](\s|$)/g)).toHaveLength(2);
      const { notes, operations } = resolveScenario(scenario);
      expect(notes.length).toBeGreaterThan(1);
      expect(notes.some(({ step }) => step > 0)).toBe(true);
      for (const { step, text: said } of notes) {
        expect(step).toBeLessThanOrEqual(operations.length);
        expect(said).toMatch(/[.!?]$/);
      }
    },
  );

  it('refuse a file that is no scenario', () => {
    expect(() => listPresets([{ id: 'bad', text: 'order0: 1' }])).toThrow('preset bad: title: missing');
  });
});

/** A column's bytes as text, which compares at once where two arrays are walked one by one. */
const columnText = ({ buffer }: Uint8Array | Uint16Array | Uint32Array) =>
  Buffer.from(buffer).toString('latin1');

/** Presets in which the proposal does no better than plain buddy lists. */
const WORSE: ReadonlySet<string> = new Set(['no-swap', 'claim-mempool', 'claim-pool-sleep', 'claim-folios']);

/** Presets about what a cache does that cannot grow: nobody asks for a block, so none fails under any policy. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set(['claim-growth']);

/** What a preset is warned of on purpose. */
const WARNS: Readonly<Record<string, readonly string[]>> = {
  'limit-high-memory': [
    'slabs in HighMem are make-believe: slab hands out kernel addresses, and HighMem pages have none',
  ],
};

describe.each(bundledPresets.map(({ id, text }) => [id, text] as const))('the preset %s', (id, text) => {
  const parsed = scenarioOf(text);
  const first = resolveScenario(parsed.scenario);

  it('has no warnings but those it is about, and a summary of two sentences', () => {
    expect(parsed.warnings).toEqual(WARNS[id] ?? []);
    expect(first.summary.match(/[.!?](\s|$)/g)).toHaveLength(2);
  });

  it('is the same bytes twice', () => {
    const second = resolveScenario(scenarioOf(text).scenario);
    for (const column of ['kind', 'owner', 'index', 'arg', 'gfp', 'dt', 'cpu'] as const) {
      expect(columnText(second.operations[column])).toBe(columnText(first.operations[column]));
    }
  });

  it('differs with another seed', () => {
    const other = resolveScenario({ ...parsed.scenario, seed: parsed.scenario.seed + 1 });
    expect(other.operations.length).toBe(first.operations.length);
    expect(columnText(other.operations.owner)).not.toBe(columnText(first.operations.owner));
  });

  it('wastes no step', () => {
    const kinds = first.operations.kind.subarray(0, first.operations.length);
    expect(kinds.filter((kind) => kind === OP.idle)).toHaveLength(0);
  });

  it('asks for nearly all of memory at its peak and less than twice as much, outside of files for less than memory and swap', () => {
    const { peak, peakHeld, file, total } = demandOf(first.operations);
    const { pages, swapPages } = first.config;
    expect(peak).toBeGreaterThan(pages * 0.85);
    // Pages in files go back to their files and need no swap, so they are bounded by memory alone: pinned-pair reads
    // files of one and a half times memory, which is what keeps its memory full.
    expect(peak).toBeLessThan(pages * 2);
    if (swapPages > 0) expect(peakHeld).toBeLessThan(pages + swapPages);
    else expect(total - file).toBeLessThan(pages);
  });

  it.each(AVAILABLE_POLICIES)('keeps every invariant under %s', (policy) => {
    expect(runPreset(id, `policy.name=${policy}`).steps).toBe(first.operations.length);
  });

  it('shows what slabs are for', () => {
    const slabs = runPreset(id, 'policy.name=order0-slab');
    const buddy = runPreset(id, 'policy.name=buddy-2.6');
    expect(slabs.reclaim.slabsTried).toBeGreaterThan(0);
    if (WITHOUT_BLOCKS.has(id)) expect([slabs, buddy].map((run) => run.highOrder.failed)).toEqual([0, 0]);
    else if (!WORSE.has(id)) expect(slabs.highOrder.failed).toBeLessThan(buddy.highOrder.failed);
  });

  it('is over soon: at most 64 Ki operations', () => {
    expect(first.operations.length).toBeLessThanOrEqual(65_536);
  });

  it('requests blocks above order 0', () => {
    const { kind, arg, length } = first.operations;
    const high = Array.from({ length }, (_, i) => kind[i] === OP.alloc && arg[i]! >= 5).filter(Boolean);
    if (WITHOUT_BLOCKS.has(id)) expect(high).toEqual([]);
    else expect(high.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the opening scene', () => {
  const { scenario } = scenarioOf(bundledPresets[0]!.text);
  const { operations, openAt, workloadLength, config } = resolveScenario(scenario);

  it('opens after the first of its requests, which the script answers and asks again', () => {
    expect(openAt).toEqual({ step: workloadLength + 1, event: 0 });
    const kinds = [...operations.kind.subarray(workloadLength, workloadLength + 3)];
    expect(kinds).toEqual([OP.alloc, OP.reclaimSlab, OP.alloc]);
    expect(operations.length).toBeGreaterThanOrEqual(workloadLength + 3 + 40);
  });

  it('leaves the button to the person', () => {
    expect(config.policy).toMatchObject({ name: 'order0-slab', reclaim: 'on-request', maxDefragScan: 8 });
  });

  it('fails its request with 40 % of memory free or idle, and serves it after slabs were reclaimed', () => {
    const machine = bootMachine(config);
    const run = (to: number) => {
      while (machine.counters[C.operations]! < to) {
        applyOperation(machine, operations, machine.counters[C.operations]!);
      }
      const { pages, highOrder, reclaim } = summarise(machine, { title: '', seed: 1, length: 1 });
      return { pages, failed: highOrder.failed, discarded: reclaim.slabsDiscarded };
    };
    const before = run(workloadLength);
    expect(run(openAt.step).failed).toBe(before.failed + 1);
    const { pages } = before;
    const unused = (pages.free + pages.slabIdle + pages.perCpu) / pages.total;
    expect(unused).toBeGreaterThan(0.35);
    expect(unused).toBeLessThan(0.45);
    expect(run(workloadLength + 2).discarded).toBe(before.discarded + 1);
    expect(run(workloadLength + 3).failed).toBe(before.failed + 1);
    expect(machine.allocPfn[1]).toBeGreaterThan(0);
  });
});

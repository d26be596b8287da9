import { describe, expect, it } from 'vitest';
import { readPresetFiles } from '../../src/cli/preset-files.ts';
import { OP } from '../../src/engine/operation.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { listPresets, presetTexts } from '../../src/scenario/presets.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { demandOf } from './demand.ts';

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
    expect(rest.length).toBeGreaterThanOrEqual(5);
    const titles = rest.map(({ title }) => title.toLowerCase());
    expect(titles).toEqual([...titles].sort());
  });

  it('take their id from the file name', () => {
    expect(presetTexts({ '/a/b/two.yaml': 'title: A', 'one.yaml': 'title: B' }).map(({ id }) => id)).toEqual([
      'two',
      'one',
    ]);
  });

  it('refuse a file that is no scenario', () => {
    expect(() => listPresets([{ id: 'bad', text: 'order0: 1' }])).toThrow('preset bad: title: missing');
  });
});

describe.each(bundledPresets.map(({ id, text }) => [id, text] as const))('the preset %s', (_id, text) => {
  const parsed = scenarioOf(text);
  const first = resolveScenario(parsed.scenario);

  it('has no warnings, and a summary of two sentences', () => {
    expect(parsed.warnings).toEqual([]);
    expect(first.summary.match(/[.!?](\s|$)/g)).toHaveLength(2);
  });

  it('is the same bytes twice', () => {
    const second = resolveScenario(scenarioOf(text).scenario);
    expect(second.operations).toEqual(first.operations);
  });

  it('differs with another seed', () => {
    const other = resolveScenario({ ...parsed.scenario, seed: parsed.scenario.seed + 1 });
    expect(other.operations.length).toBe(first.operations.length);
    expect(other.operations.owner).not.toEqual(first.operations.owner);
  });

  it('wastes no step', () => {
    const kinds = first.operations.kind.subarray(0, first.operations.length);
    expect(kinds.filter((kind) => kind === OP.idle)).toHaveLength(0);
  });

  it('asks for most of memory at its peak, and for no more than memory and swap', () => {
    const { peak } = demandOf(first.operations);
    expect(peak).toBeGreaterThan(first.config.pages * 0.5);
    expect(peak).toBeLessThan(first.config.pages + first.config.swapPages);
  });

  it('requests blocks above order 0', () => {
    const { kind, arg, length } = first.operations;
    const high = Array.from({ length }, (_, i) => kind[i] === OP.alloc && arg[i]! >= 5).filter(Boolean);
    expect(high.length).toBeGreaterThanOrEqual(2);
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

  it('has asked for about 60 % of memory, after more', () => {
    const { total, peak } = demandOf(operations, workloadLength);
    const boot = config.boot.reduce((sum, range) => sum + range.pages, 0);
    expect((total + boot) / config.pages).toBeGreaterThan(0.5);
    expect((total + boot) / config.pages).toBeLessThan(0.68);
    expect(peak / config.pages).toBeGreaterThan(0.8);
  });
});

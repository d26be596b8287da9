import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutcomeRun, FATE, type OutcomeRun, type Outcomes } from '../../src/analysis/outcomes.ts';
import { joinOutcomes, NO_OUTCOMES, partings } from '../../src/analysis/parting.ts';
import type { PolicyId } from '../../src/engine/config.ts';
import { copyOperations, decodeOperation } from '../../src/engine/operation.ts';
import {
  createTimeline,
  eventsOf,
  fork,
  seek,
  stepLogged,
  type Timeline,
} from '../../src/history/timeline.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { findPreset } from '../../src/scenario/presets.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { applySets } from '../../src/scenario/set.ts';

/** The opening scene under a policy. */
function runUnder(policy: PolicyId): { timeline: Timeline; run: OutcomeRun } {
  const parsed = parseScenario(findPreset(bundledPresets, 'one-slab')!.text);
  if (!parsed.ok) throw new Error('the preset is broken');
  const set = applySets(parsed.scenario, [`policy.name=${policy}`]);
  if (!set.ok) throw new Error('the policy cannot be set');
  const { config, operations } = resolveScenario(set.scenario);
  const timeline = createTimeline(config, copyOperations(operations));
  const run = createOutcomeRun({
    machine: timeline.machine,
    length: () => timeline.operations.length,
    seek: (step) => seek(timeline, step),
    step: () => stepLogged(timeline),
  });
  return { timeline, run };
}

function told(policy: PolicyId): Outcomes {
  const { run } = runUnder(policy);
  run.run(Number.POSITIVE_INFINITY);
  return run.since(0);
}

describe('outcomes of a run', () => {
  it('are the same however the run is cut, and wherever the machine was meanwhile', () => {
    const { timeline, run } = runUnder('order0-slab');
    while (!run.run(97)) seek(timeline, (run.done * 31) % timeline.operations.length);
    expect(run.since(0)).toEqual(told('order0-slab'));
  });

  it('say of each operation what its events say', () => {
    const { timeline, run } = runUnder('order0-slab');
    run.run(Number.POSITIVE_INFINITY);
    const { fates, victims } = run.since(0);
    const evicting = [...fates.keys()].filter((i) => fates[i]! & FATE.evicted);
    expect(evicting.length).toBeGreaterThan(0);
    for (const i of [...evicting.slice(0, 5), ...evicting.slice(-5), 0, 1, 2]) {
      const { events } = eventsOf(timeline, i);
      expect(Boolean(fates[i]! & FATE.evicted)).toBe(events.some(({ type }) => type === 'drop'));
      expect(Boolean(fates[i]! & FATE.failed)).toBe(events.some(({ type }) => type === 'allocFailed'));
      if (fates[i]! & FATE.evicted) expect(victims[i]).not.toBe(0);
    }
  });

  it('follow an edit: what lies before it stays, what lies behind is told anew', () => {
    const { timeline, run } = runUnder('order0-slab');
    run.run(Number.POSITIVE_INFINITY);
    const before = run.since(0);
    fork(timeline, 600, { op: 'dropCaches' });
    run.rewind(600);
    run.run(Number.POSITIVE_INFINITY);
    const after = run.since(0);
    expect(after.fates).toHaveLength(601);
    expect(after.victims.slice(0, 600)).toEqual(before.victims.slice(0, 600));
  });
});

describe('partings', () => {
  const order0 = told('order0-slab');
  const buddy = told('buddy-2.6');

  it('are none between a run and itself', () => {
    expect(partings([order0, order0, order0], 0, order0.fates.length)).toEqual({ outcomes: [], places: [] });
  });

  it('begin, under two policies, with places and come to outcomes later', () => {
    const { outcomes, places } = partings([order0, buddy], 0, order0.fates.length);
    expect(places[0]).toBeLessThan(outcomes[0]!);
    const { timeline } = runUnder('buddy-2.6');
    // The script's own act: one policy has slabs to reclaim, the other says that it has none.
    const acts = outcomes.filter(
      (step) => decodeOperation(timeline.operations, step - 1).op === 'reclaimSlab',
    );
    expect(acts.length).toBeGreaterThan(0);
    for (const step of acts) expect(buddy.fates[step - 1]! & FATE.lacking).not.toBe(0);
  });

  it('of several runs are those of any of them with the first', () => {
    const all = partings([order0, order0, buddy], 0, order0.fates.length);
    expect(all).toEqual(partings([order0, buddy], 0, order0.fates.length));
  });

  it('are the same found in parts, from outcomes that came in parts', () => {
    const length = order0.fates.length;
    const cut = (from: number, to: number): Outcomes => ({
      from,
      fates: buddy.fates.slice(from, to),
      victims: buddy.victims.slice(from, to),
      places: buddy.places.slice(from, to),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        let joined = NO_OUTCOMES;
        for (const part of [cut(0, low), cut(low, high), cut(high, length)])
          joined = joinOutcomes(joined, part);
        expect(joined).toEqual({ ...buddy, from: 0 });
        const first = partings([order0, joined], 0, low);
        const second = partings([order0, joined], low, length);
        const whole = partings([order0, buddy], 0, length);
        expect([...first.outcomes, ...second.outcomes]).toEqual(whole.outcomes);
        expect([...first.places, ...second.places]).toEqual(whole.places);
      }),
      { numRuns: 10 },
    );
  });
});

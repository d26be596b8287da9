/**
 * What the published comparisons say in kind, on machines of 4 Ki pages with 64 blocks of order 6 and three seeds: small
 * copies of the shipped experiments, each of which fails when its effect is gone. Figures: docs/accuracy.md.
 */
import { describe, expect, it } from 'vitest';
import type { PolicyId } from '../../src/engine/config.ts';
import { type CompareDocument, documentOf } from '../../src/experiment/document.ts';
import { cellsOf } from '../../src/experiment/experiment.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { readSweep } from '../../src/scenario/experiment-choice.ts';
import { openSubject, runCell } from '../../src/worker/experiment-run.ts';

const { subject } = openSubject({ kind: 'preset', id: 'full-machine' }, bundledPresets);

function compare(
  policies: readonly PolicyId[],
  sets: readonly string[],
  ...sweeps: string[]
): CompareDocument {
  const choice = { policies, seeds: [1, 2, 3], sets, sweeps: sweeps.map(readSweep) };
  const experiment = { subject, choice };
  return documentOf(
    experiment,
    cellsOf(choice).map(({ index }) => runCell(experiment, index)),
  );
}

/** Means of a figure, arm by arm. */
const means = ({ policies }: CompareDocument, figure: string): number[] =>
  policies.map(({ metrics }) => metrics[figure]?.mean ?? Number.NaN);

const NO_REQUESTS = ['workload.after=0', 'workload.actors[4].count=0'];
const EIGHT = ['workload.after=7', 'workload.actors[4].count=8'];

describe('where pages lie', () => {
  it('decides how much can be had, and reclaim to exhaustion gets exactly that', () => {
    const policies = ['buddy-2.6', 'order0-slab', 'mobility-lumpy'] as const;
    const before = means(compare(policies, NO_REQUESTS), 'obtainableShare[6]');
    const [buddy, slab, grouping] = before as [number, number, number];
    expect(buddy).toBeLessThan(0.35);
    expect(slab).toBeGreaterThan(2 * buddy);
    expect(grouping).toBeGreaterThan(2 * buddy);
    const served = means(compare(policies, []), 'servedShare');
    expect(served[1]!).toBeLessThanOrEqual(slab);
    expect(served[1]!).toBeGreaterThan(slab - 0.03);
    expect(served[2]!).toBeLessThanOrEqual(grouping);
    expect(served[2]!).toBeGreaterThan(grouping - 0.05);
    expect(served[0]!).toBeLessThanOrEqual(buddy + 0.05);
  });

  it('makes plain buddy collapse with a few kernel pages that stay', () => {
    const alone = [
      ...NO_REQUESTS,
      'workload.actors[0].count=380',
      'workload.actors[1].weight=0',
      'workload.actors[3].weight=0',
      'workload.actors[2].live=0.5',
      'workload.actors[2].permanent=1',
      'workload.actors[2].network=0',
    ];
    // About 0.1 and 4 % of memory.
    const sweep = 'workload.actors[2].weight=0.03,1.2';
    const shares = means(compare(['buddy-2.6', 'order0-slab'], alone, sweep), 'obtainableShare[6]');
    const [few, many, slabFew, slabMany] = shares as [number, number, number, number];
    expect(few).toBeGreaterThan(0.85);
    expect(many).toBeLessThan(0.5);
    expect(slabFew).toBeGreaterThan(0.9);
    expect(slabMany).toBeGreaterThan(0.9);
  });

  it('counts for nothing against pins, which fall where they fall', () => {
    const pinned = [...NO_REQUESTS, 'workload.actors[5].count=4096'];
    const shares = means(
      compare(['order0-slab', 'mobility-compaction'], pinned, 'workload.actors[5].every=0.99,0.01'),
      'obtainableShare[6]',
    );
    const [slab, slabPinned, grouping, groupingPinned] = shares as [number, number, number, number];
    expect(slabPinned).toBeLessThan(slab / 2);
    expect(groupingPinned).toBeLessThan(grouping / 2);
  });
});

describe('the way of reclaim', () => {
  it('decides the price: compaction gets as many blocks as lumpy reclaim, and evicts hardly any for nothing', () => {
    const document = compare(['mobility-lumpy', 'mobility-compaction'], []);
    const [lumpy, compaction] = means(document, 'servedShare');
    expect(lumpy!).toBeGreaterThan(0.7);
    expect(compaction!).toBeGreaterThan(lumpy! - 0.05);
    const [wasted, lessWasted] = means(document, 'evictedForNothing');
    expect(lessWasted!).toBeLessThan(wasted! / 4);
    const [unmoved, moved] = means(document, 'movedPerServed');
    expect(unmoved).toBe(0);
    expect(moved!).toBeGreaterThan(0);
  });

  it('writes less the more slabs MAX_DEFRAG_SCAN allows', () => {
    const document = compare(['order0-slab'], EIGHT, 'policy.maxDefragScan=1,8,64');
    const [one, eight, all] = means(document, 'writtenPerServed') as [number, number, number];
    expect(eight).toBeLessThan(one);
    expect(all).toBeLessThan(eight);
  });

  it('can spare writes only where dirty pages lie together', () => {
    const scan = [...EIGHT, 'policy.maxDefragScan=64'];
    const document = compare(['order0-slab'], scan, 'workload.actors[0].writeRun=1,4096');
    const [scattered, together] = means(document, 'writtenPerServed') as [number, number];
    expect(together).toBeLessThan(0.8 * scattered);
  });
});

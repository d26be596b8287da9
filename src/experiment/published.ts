/**
 * What others measured, as data: the one table of the originals' figures, each with its source. Shares are of 1. Every
 * value belongs to an experiment of shipped-published.ts, a figure of its runs, and the arms it is to be held against.
 */
import type { PolicyId } from '../engine/config.ts';

export type SourceId = 'highalloc-2006' | 'highalloc-2007' | 'compaction-2010' | 'independence' | 'model';

/** Who measured it, when, and on what. */
export const SOURCES: Readonly<Record<SourceId, string>> = {
  'highalloc-2006':
    'Mel Gorman, linux-mm, 19 January 2006: HighAlloc on x86 with 1.5 GiB, 275 requests of order 10 during 7 kernel compiles and updatedb; 2.6.16-rc1-mm1',
  'highalloc-2007':
    'Mel Gorman, grouping pages by mobility, 2007: x86-64, 499 requests of order 9; 2.6.21-rc6-mm1',
  'compaction-2010':
    'Mel Gorman, memory compaction v8, April 2010: huge pages obtained and pages reclaimed; 2.6.34-rc4',
  independence:
    'the sum (1 − p)^1,024 for pages that lie independently, behind Linus Torvalds’ remark of 2005 that 0.2 % pins nearly every huge page',
  model:
    'an earlier throw-away model of this project: 64 Ki pages, no watermarks, no per-CPU lists; ten seeds',
};

export interface PublishedValue {
  readonly figure: string;
  readonly policy: PolicyId;
  /** Swept fields that the arm must have; empty where every arm of the policy is meant. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: number;
  /** The original's own words for it. */
  readonly what: string;
  readonly source: SourceId;
}

type Parameters = PublishedValue['parameters'];

/** Values of one figure and one source. */
const of =
  (figure: string, source: SourceId) =>
  (policy: PolicyId, value: number, what: string, parameters: Parameters = {}): PublishedValue => ({
    figure,
    policy,
    parameters,
    value,
    what,
    source,
  });

const load = of('servedShare', 'highalloc-2006');
const load2007 = of('servedShare', 'highalloc-2007');
const success = of('servedShare', 'compaction-2010');
const reclaimed = of('evictedPerServed', 'compaction-2010');
const independent = of('obtainableShare[10]', 'independence');
const modelShare = of('obtainableShare[10]', 'model');
const modelServed = of('servedShare', 'model');
const modelEvicted = of('evictedPerServed', 'model');
const modelWritten = of('writtenPerServed', 'model');
const modelMoved = of('movedPerServed', 'model');

const first: Parameters = { 'workload.actors[4].from': '0.5' };
const second: Parameters = { 'workload.actors[4].from': '0.75' };
const kernelWeight = (weight: string): Parameters => ({ 'workload.actors[2].weight': weight });
const pinEvery = (every: string): Parameters => ({ 'workload.actors[5].every': every });
const fileCount = (count: string): Parameters => ({ 'workload.actors[0].count': count });
const runOf = (pages: string): Parameters => ({ 'workload.actors[0].writeRun': pages });
const scan = (slabs: string): Parameters => ({ 'policy.maxDefragScan': slabs });
const victim = (rule: string): Parameters => ({ 'policy.victim': rule });

/** (1 − p)^1,024, by squaring. */
const clean = (p: number): number => {
  let share = 1 - p;
  for (let order = 0; order < 10; order++) share *= share;
  return share;
};

/** By experiment. */
export const PUBLISHED: Readonly<Record<string, readonly PublishedValue[]>> = {
  'five-policies': [
    modelServed('buddy-2.6', 0.067, 'plain buddy'),
    modelServed('page-moving', 0.067, 'compaction on plain placement'),
    modelServed('order0-slab', 0.681, 'order-0 slabs'),
    modelServed('mobility-lumpy', 0.622, 'grouping, lumpy reclaim'),
    modelServed('mobility-compaction', 0.622, 'grouping, compaction and LRU reclaim'),
  ],
  'highalloc-load': [
    load('buddy-2.6', 60 / 275, 'vanilla, first pass: 60 of 275', first),
    load('buddy-2.6', 101 / 275, 'vanilla, second pass: 101 of 275', second),
    load('mobility-lumpy', 86 / 275, 'list-based grouping, first pass: 86 of 275', first),
    load('mobility-lumpy', 103 / 275, 'list-based grouping, second pass: 103 of 275', second),
    load2007('buddy-2.6', 33 / 499, 'without grouping, under load: 33 of 499'),
    load2007('mobility-lumpy', 361 / 499, 'with grouping, under load: 361 of 499'),
  ],
  'highalloc-rest': [
    load('buddy-2.6', 141 / 275, 'vanilla, at rest: 141 of 275'),
    load('mobility-lumpy', 242 / 275, 'list-based grouping, at rest: 242 of 275'),
    load2007('buddy-2.6', 154 / 499, 'without grouping, at rest: 154 of 499'),
    load2007('mobility-lumpy', 366 / 499, 'with grouping, at rest: 366 of 499'),
  ],
  'compaction-reclaim': [
    reclaimed('mobility-lumpy', 68_296 / 913, 'x86 without compaction: 68,296 pages for 913'),
    reclaimed('mobility-compaction', 9_791 / 916, 'x86 with compaction: 9,791 pages for 916'),
    reclaimed('mobility-lumpy', 112_599 / 901, 'x86-64 without compaction: 112,599 pages for 901'),
    reclaimed('mobility-compaction', 53_234 / 902, 'x86-64 with compaction: 53,234 pages for 902'),
    success('mobility-lumpy', 913 / 1002, 'x86 without compaction: 913 of 1,002'),
    success('mobility-compaction', 916 / 1002, 'x86 with compaction: 916 of 1,002'),
    reclaimed('mobility-lumpy', 103_216 / 93, 'PPC64 without compaction: 103,216 pages for 93'),
    reclaimed('mobility-compaction', 61_838 / 94, 'PPC64 with compaction: 61,838 pages for 94'),
    success('mobility-lumpy', 901 / 1002, 'x86-64 without compaction: 901 of 1,002'),
    success('mobility-compaction', 902 / 1002, 'x86-64 with compaction: 902 of 1,002'),
    success('mobility-lumpy', 93 / 110, 'PPC64 without compaction: 93 of 110'),
    success('mobility-compaction', 94 / 110, 'PPC64 with compaction: 94 of 110'),
    modelMoved('mobility-compaction', 830, 'grouping, compaction and LRU reclaim'),
    modelEvicted('mobility-lumpy', 1309, 'grouping, lumpy reclaim'),
    modelEvicted('mobility-compaction', 355, 'grouping, compaction and LRU reclaim'),
  ],
  'scattered-kernel': [
    modelShare('buddy-2.6', 0.72, '27 pages of 65,536', kernelWeight('0.0123')),
    modelShare('buddy-2.6', 0.07, '0.5 % of memory', kernelWeight('0.151')),
    independent('buddy-2.6', clean(0.0004), 'p = 0.04 %', kernelWeight('0.0123')),
    independent('buddy-2.6', clean(0.001), 'p = 0.1 %', kernelWeight('0.03')),
    independent('buddy-2.6', clean(0.002), 'p = 0.2 %', kernelWeight('0.06')),
    independent('buddy-2.6', clean(0.005), 'p = 0.5 %', kernelWeight('0.151')),
  ],
  'kernel-share': ([3, 5, 7] as const).map((order, i) =>
    of(`obtainableShare[${order}]`, 'model')(
      'buddy-2.6',
      [0.6, 0.2, 0.08][i]!,
      `order ${order}, 10 % held by the kernel`,
      kernelWeight('24'),
    ),
  ),
  pins: [
    modelShare('order0-slab', 0.26, '0.1 % of user pages pinned', pinEvery('0.017')),
    modelShare('mobility-lumpy', 0.24, '0.1 % of user pages pinned', pinEvery('0.017')),
    modelShare('order0-slab', 0.02, '1 % of user pages pinned', pinEvery('0.0017')),
    modelShare('mobility-lumpy', 0.02, '1 % of user pages pinned', pinEvery('0.0017')),
    ...(['order0-slab', 'mobility-lumpy', 'mobility-compaction'] as const).flatMap((policy) => [
      independent(policy, clean(0.0009), 'p = 0.09 %', pinEvery('0.017')),
      independent(policy, clean(0.009), 'p = 0.9 %', pinEvery('0.0017')),
    ]),
  ],
  'full-scan': [
    modelWritten('order0-slab', 284, 'one slab looked at', scan('1')),
    modelWritten('order0-slab', 239, 'eight slabs looked at', scan('8')),
    modelWritten('order0-slab', 173, 'all slabs looked at', scan('64')),
  ],
  'full-victim': [
    modelEvicted('order0-slab', 1000, 'most clean', victim('most-clean')),
    modelEvicted('order0-slab', 822, 'fewest objects', victim('fewest-objects')),
    modelEvicted('order0-slab', 907, 'both weighed', victim('cheapest')),
    modelWritten('order0-slab', 173, 'most clean', victim('most-clean')),
    modelWritten('order0-slab', 241, 'fewest objects', victim('fewest-objects')),
    modelWritten('order0-slab', 153, 'both weighed', victim('cheapest')),
  ],
  occupancy: [
    modelServed('order0-slab', 0.681, '90 % full', fileCount('338')),
    modelServed('order0-slab', 0.66, '95 % full', fileCount('360')),
    modelServed('order0-slab', 0.65, '97 % full', fileCount('369')),
    modelServed('mobility-lumpy', 0.622, '90 % full', fileCount('338')),
    modelServed('mobility-lumpy', 0.38, '95 % full', fileCount('360')),
    modelServed('mobility-lumpy', 0.24, '97 % full', fileCount('369')),
  ],
  'dirty-clusters': [
    modelWritten('order0-slab', 291, 'dirty pages not clustered', runOf('1')),
    modelWritten('mobility-lumpy', 346, 'dirty pages not clustered', runOf('1')),
    modelWritten('order0-slab', 59, 'clusters of 256 pages', runOf('256')),
    modelWritten('mobility-lumpy', 307, 'clusters of 256 pages', runOf('256')),
  ],
  'fallback-rule': [
    modelShare('mobility-lumpy', 0.24, '97 % full, steals the largest block', fileCount('369')),
    modelShare('mobility-compaction', 0.47, '97 % full, steals the smallest piece', fileCount('369')),
  ],
};

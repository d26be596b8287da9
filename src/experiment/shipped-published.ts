/**
 * Experiments that ask again what others measured, all on the preset `full-machine` at 64 Ki pages: 256 MiB, 64 blocks
 * of order 10. What the originals gave is in published.ts.
 */
import { POLICY_IDS, type PolicyId } from '../engine/config.ts';
import type { ExperimentChoice, Sweep } from '../scenario/experiment-choice.ts';
import type { ShippedExperiment } from './shipped-experiment.ts';

/** The preset at 64 Ki pages, with the kernel's own sizes of blocks and arrays. */
const LARGE = [
  'machine.pages=65536',
  'machine.slabOrder=10',
  'machine.pageblockOrder=10',
  'machine.arrays.limit=24',
  'machine.arrays.batchcount=12',
  'machine.minFreeKbytes=512',
  'workload.actors[0].writeRun=128',
  'workload.actors[4].order=10',
];
/** Looks at memory as it lies, before anybody asks for a block. */
const NO_REQUESTS = ['workload.after=0', 'workload.actors[4].count=0'];
const EIGHT = ['workload.after=7', 'workload.actors[4].count=8'];
/**
 * HighAlloc by its description. It made 275 requests on a machine of 384 blocks, 72 %: here 46 of 64. Of its
 * 1.5 GiB 896 MiB were DMA and Normal, the rest HighMem, where no kernel page lies. The load runs twice as long as in the
 * preset, so that memory is full when the requests begin, half way.
 */
const HIGHALLOC = [
  'workload.stepsPerPage=4',
  'machine.zones=[{name: Normal, pages: 38912}, {name: HighMem}]',
  'workload.actors[4].gfp=highuser',
  'workload.actors[4].count=46',
];
/** 275 requests, one in 0.1 s, took 27.5 s of a load of 741 s (its kernbench): 3.7 % of the run. */
const HIGHALLOC_PACE = 'workload.actors[4].every=0.0008';
/** After the load the original wrote, read and removed a file as large as memory: reclaim has seen every page. */
const ALL_RECLAIMED = '{op: reclaimLru, pages: 65536}, {op: idle, dt: 60000000}';
/** Files alone, so that the kernel actor's pages are the only ones that stay. */
const FILES_ALONE = [
  'workload.actors[0].count=380',
  'workload.actors[1].weight=0',
  'workload.actors[3].weight=0',
];

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

const choice = (
  policies: readonly PolicyId[],
  count: number,
  sets: readonly string[],
  ...sweeps: Sweep[]
): ExperimentChoice => ({ policies: [...policies], seeds: seeds(count), sets: [...LARGE, ...sets], sweeps });

const shipped = (
  id: string,
  title: string,
  figure: string,
  summary: string,
  chosen: ExperimentChoice,
): ShippedExperiment => ({ id, title, summary, preset: 'full-machine', choice: chosen, figure });

export const SHIPPED_PUBLISHED: readonly ShippedExperiment[] = [
  shipped(
    'five-policies',
    'All of memory, five policies',
    'servedShare',
    'A machine of 64 Ki pages, nine tenths full, is asked for all its 64 blocks of order 10 under every policy. Look at the share that was served, then at the pages evicted and moved for it.',
    choice(POLICY_IDS, 20, []),
  ),
  shipped(
    'highalloc-load',
    'HighAlloc under load',
    'servedShare',
    'Requests for 72 % of memory in blocks of order 10 while the load goes on, once from half of the run on and once from three quarters. Compare vanilla buddy with grouping by mobility, as the test of January 2006 did.',
    choice(['buddy-2.6', 'mobility-lumpy'], 10, ['workload.after=0', ...HIGHALLOC, HIGHALLOC_PACE], {
      path: 'workload.actors[4].from',
      values: ['0.5', '0.75'],
    }),
  ),
  shipped(
    'highalloc-rest',
    'HighAlloc at rest',
    'servedShare',
    'The same requests after the load has ended, reclaim has gone through all of memory, and the page cache was dropped. What is left are the kernel’s own pages: look at how they were placed.',
    choice(['buddy-2.6', 'mobility-lumpy'], 10, [
      'workload.after=46',
      ...HIGHALLOC,
      'workload.actors[0].until=0.95',
      'workload.actors[1].until=0.95',
      'workload.actors[6].share=1',
      'workload.actors[4].from=262144',
      `steps=[${Array(4).fill(ALL_RECLAIMED).join(', ')}, {op: dropCaches}]`,
    ]),
  ),
  shipped(
    'compaction-reclaim',
    'Compaction against reclaim',
    'evictedPerServed',
    'Eight requests for order 10 under grouping, once with lumpy reclaim and once with compaction on request alone, as in 2010: proactive compaction came in 2020. Look at the success, then at the pages evicted for each block.',
    choice(['mobility-lumpy', 'mobility-compaction'], 10, [...EIGHT, 'policy.proactiveness=0']),
  ),
  shipped(
    'scattered-kernel',
    'A few kernel pages',
    'obtainableShare[10]',
    'Files alone, and kernel pages that stay for good: 0.04, 0.1, 0.2 and 0.5 % of memory, scattered over the run. Look at the share of memory that is still to be had as blocks of order 10.',
    choice(
      ['buddy-2.6', 'order0-slab', 'mobility-lumpy'],
      10,
      [
        ...NO_REQUESTS,
        ...FILES_ALONE,
        'workload.actors[2].live=0.5',
        'workload.actors[2].permanent=1',
        'workload.actors[2].network=0',
      ],
      { path: 'workload.actors[2].weight', values: ['0.0123', '0.03', '0.06', '0.151'] },
    ),
  ),
  shipped(
    'kernel-share',
    'How much the kernel holds',
    'obtainableShare[5]',
    'Plain buddy with about 3, 6 and 10 % of memory held by the kernel, nobody asking. Look at the share to be had as blocks of order 3, 5 and 7.',
    choice(['buddy-2.6'], 10, [...NO_REQUESTS, 'workload.actors[2].live=0.3'], {
      path: 'workload.actors[2].weight',
      values: ['6', '12', '24'],
    }),
  ),
  shipped(
    'pins',
    'Pinned pages',
    'obtainableShare[10]',
    'One file page pinned, then one in a thousand, then one in a hundred, evenly over the run. Nothing can evict or move them: look at the share that is left.',
    choice(
      ['order0-slab', 'mobility-lumpy', 'mobility-compaction'],
      10,
      [...NO_REQUESTS, 'workload.actors[5].count=4096'],
      { path: 'workload.actors[5].every', values: ['0.99', '0.017', '0.0017'] },
    ),
  ),
  shipped(
    'full-scan',
    'MAX_DEFRAG_SCAN on a large machine',
    'writtenPerServed',
    'Slabs of order 10 and eight requests; the daemon looks at 1, at 8 or at all 64 slabs. Look at the dirty pages written for each block.',
    choice(['order0-slab'], 10, EIGHT, { path: 'policy.maxDefragScan', values: ['1', '8', '64'] }),
  ),
  shipped(
    'full-victim',
    'The victim rule on a large machine',
    'evictedPerServed',
    'All 64 slabs are looked at; the most clean, the emptiest, or the cheapest is taken. Look at the pages evicted and written for each block.',
    choice(['order0-slab'], 10, [...EIGHT, 'policy.maxDefragScan=64'], {
      path: 'policy.victim',
      values: ['most-clean', 'fewest-objects', 'cheapest'],
    }),
  ),
  shipped(
    'occupancy',
    'From 60 to 97 % full',
    'servedShare',
    'The number of files decides how full the machine is when it is asked for all of its blocks: about 60, 70, 80, 90, 95 and 97 %. Slabs against grouping: look at the share served, then at the bill.',
    choice(['order0-slab', 'mobility-lumpy'], 5, [], {
      path: 'workload.actors[0].count',
      values: ['208', '254', '298', '338', '360', '369'],
    }),
  ),
  shipped(
    'dirty-clusters',
    'How dirty pages cluster',
    'writtenPerServed',
    'Three tenths of the file pages are dirty, singly or in runs of 16, 64 or 256. Slabs can pick a clean slab only where dirt is clustered: look at the pages written for each block.',
    choice(
      ['order0-slab', 'mobility-lumpy'],
      10,
      [...EIGHT, 'policy.maxDefragScan=64', 'workload.actors[0].size=0.005', 'workload.actors[0].count=169'],
      { path: 'workload.actors[0].writeRun', values: ['1', '16', '64', '256'] },
    ),
  ),
  shipped(
    'fallback-rule',
    'The fallback rule of grouping',
    'obtainableShare[10]',
    'Grouping as of 2.6.24 and as of 6.12 steal from other types by different rules, which shows when memory is nearly full. Nobody asks for a block: look at the share that is left to be had.',
    choice(['mobility-lumpy', 'mobility-compaction'], 10, NO_REQUESTS, {
      path: 'workload.actors[0].count',
      values: ['338', '369'],
    }),
  ),
];

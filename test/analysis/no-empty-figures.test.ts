/**
 * No figure of `order0 run --json` is zero for want of a model: for each there is a preset and a policy under which
 * it is something else at the end. A new figure has to be entered here with where it shows.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyId } from '../../src/engine/config.ts';
import { json } from '../cli/call.ts';

/** Where a figure shows at the end of a run: preset or file, the policy where it is not order0-slab, and a field set. */
type Place = readonly [scenario: string, policy?: PolicyId, set?: string];

const OPENING: Place = ['one-slab'];
const PLAIN: Place = ['one-slab', 'buddy-2.6'];
const MOVING: Place = ['one-slab', 'page-moving'];
const DAEMON: Place = ['claim-daemon'];
const POOL: Place = ['claim-mempool'];
const SLEEPERS: Place = ['claim-pool-sleep'];
const PAIRS: Place = ['pinned-pair'];
const FOLIOS: Place = ['claim-folios'];
const NO_SWAP: Place = ['no-swap'];
const SHRINKER: Place = ['claim-shrinker'];

/** Figures that are something else than zero in the opening scene are not listed. */
const ELSEWHERE: Readonly<Record<string, Place>> = {
  'caches[].slabs.free': ['docs/scenarios/empty-slab.yaml'],
  'daemon.costNs': DAEMON,
  'daemon.freed': DAEMON,
  'daemon.pagesLooked': DAEMON,
  'daemon.slabsLooked': DAEMON,
  'daemon.wakes': DAEMON,
  'folios.failed': ['claim-folios', 'order0-slab', 'machine.pageCacheFallback=fail'],
  'folios.fellBack': FOLIOS,
  'folios.requested': FOLIOS,
  'folios.served': FOLIOS,
  'folios.split': ['claim-folios', 'page-moving'],
  'groups.freed': PAIRS,
  'groups.refused': PAIRS,
  'groups.tried': PAIRS,
  'latency.lastOrder': ['dirty-storm'],
  'moves.forNothing': ['scan-too-short', 'page-moving'],
  'moves.obstacles': MOVING,
  'moves.pages': ['claim-move'],
  'moves.windowsFreed': MOVING,
  'moves.windowsKept': ['scan-too-short', 'page-moving'],
  'moves.windowsTried': MOVING,
  'objects.cleared': SHRINKER,
  'overhead.pcpSteps': PLAIN,
  'perCpu.pcpDrains': PLAIN,
  'perCpu.pcpHits': PLAIN,
  'perCpu.pcpRefills': PLAIN,
  'perCpu.sharedHits': ['four-cpus'],
  'pools.failed': SLEEPERS,
  'pools.fromReserve': POOL,
  'pools.served': POOL,
  'pools.slabFailed': POOL,
  'pools.slabServed': POOL,
  'pools.slept': SLEEPERS,
  'pools.woken': SLEEPERS,
  'reclaim.oomKills': SLEEPERS,
  'search.lru.blocks': NO_SWAP,
  'search.lru.perBlock': NO_SWAP,
  'search.moving.blocks': MOVING,
  'search.moving.pages': MOVING,
  'search.moving.perBlock': MOVING,
  'search.regretPages': NO_SWAP,
  'search.regretScore': NO_SWAP,
};

/** Zero because of what they mean: a machine with one node has node 0. */
const ALWAYS_ZERO = ['zones[].node'];

/** Every leaf of a JSON value: its path with `[]` for list elements, and whether any of them is neither 0 nor null. */
function leaves(value: unknown, path = '', into = new Map<string, boolean>()): Map<string, boolean> {
  if (Array.isArray(value)) for (const one of value) leaves(one, `${path}[]`, into);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) leaves(one, path === '' ? key : `${path}.${key}`, into);
  } else into.set(path, (into.get(path) ?? false) || (value !== 0 && value !== null));
  return into;
}

const results = new Map<string, Promise<Map<string, boolean>>>();

function figuresAt([scenario, policy = 'order0-slab', set]: Place): Promise<Map<string, boolean>> {
  const args = ['run', scenario.includes('/') ? scenario : `preset:${scenario}`, '--policy', policy];
  if (set !== undefined) args.push('--set', set);
  const key = args.join(' ');
  const known = results.get(key) ?? json(...args).then((result) => leaves(result));
  results.set(key, known);
  return known;
}

describe('the figures of a run', () => {
  let opening: Map<string, boolean>;
  beforeAll(async () => {
    opening = await figuresAt(OPENING);
  });

  it('of grouping by mobility are not zero under one of its two policies', async () => {
    const [lumpy, compaction] = await Promise.all([
      figuresAt(['one-slab', 'mobility-lumpy']),
      figuresAt(['one-slab', 'mobility-compaction']),
    ]);
    const own = [...lumpy.keys()].filter((path) => path.startsWith('mobility.'));
    expect(own.length).toBeGreaterThan(15);
    expect(own.filter((path) => !lumpy.get(path) && !compaction.get(path))).toEqual([]);
  });

  it('are all accounted for', () => {
    const missing = [...opening].filter(
      ([path, something]) => !something && !(path in ELSEWHERE) && !ALWAYS_ZERO.includes(path),
    );
    expect(missing.map(([path]) => path)).toEqual([]);
    for (const path of Object.keys(ELSEWHERE)) expect(opening.has(path), path).toBe(true);
  });

  it.each(Object.entries(ELSEWHERE))('%s is not zero where the table says', async (path, place) => {
    expect((await figuresAt(place)).get(path)).toBe(true);
  });
});

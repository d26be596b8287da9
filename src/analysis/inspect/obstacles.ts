/** Why a page can be reclaimed or not: every obstacle with the function that meets it, and the modelled price. */
import { duration, plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { C } from '../../engine/counters.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { liveObjects } from '../../engine/objects/object-slab.ts';
import type { REASON } from '../../engine/trace-event.ts';
import { zoneOf } from '../../engine/zone.ts';
import { reasonWords } from '../narration/words.ts';
import { pointerTo } from '../pointer-words.ts';
import { windowAt } from '../windows.ts';
import { type Mapping, mappingsOf } from './mappings.ts';

/** One thing in a page's way, or on it. */
export interface Obstacle {
  readonly reason: keyof typeof REASON | 'noShrinker';
  /** As the end of a sentence: "it is mlocked by process 3 region 1". */
  readonly text: string;
  /** Kernel function that meets it. */
  readonly fn: string;
}

export interface Reclaimable {
  /** What forbids taking the page; empty where it can go, or where nothing is to be taken. */
  readonly obstacles: readonly Obstacle[];
  /** What makes LRU reclaim pass it over for now, or costs work on the way. */
  readonly delays: readonly Obstacle[];
  /** Modelled price of emptying the frame; null where it cannot be. The same figure as the ledger's. */
  readonly costNs: number | null;
  /** One sentence without a full stop. */
  readonly verdict: string;
}

/** Whether and how a page could go now. */
export function reclaimableOf(m: Machine, pfn: Pfn): Reclaimable {
  const obstacles = obstaclesOf(m, pfn);
  const delays = obstacles.length > 0 ? [] : delaysOf(m, pfn);
  const { costNs, reclaimable } = windowAt(m, pfn, 0, m.config.zones[zoneOf(m.config, pfn)]!.name);
  const verdict =
    obstacles.length > 0
      ? `It cannot go: ${obstacles[0]!.text}`
      : reclaimable === 0
        ? 'It holds nothing that would have to go'
        : `It can go: ${workWords(m, pfn)}, ${duration(costNs ?? 0)}`;
  return { obstacles, delays, costNs, verdict };
}

function plain(reason: keyof typeof REASON, fn: string): Obstacle {
  return { reason, text: reasonWords(reason), fn };
}

function obstaclesOf(m: Machine, pfn: Pfn): Obstacle[] {
  switch (m.kind[pfn]) {
    case PAGE.free:
    case PAGE.pcp:
    case PAGE.slabIdle:
    case PAGE.slabParked:
      return [];
    case PAGE.anon:
    case PAGE.file:
      return userObstacles(m, pfn);
    case PAGE.objSlab:
      return objectObstacles(m, pfn);
    case PAGE.boot:
      return [plain('boot', 'reserve_bootmem')];
    case PAGE.hole:
      return [{ reason: 'boot', text: 'there is no memory at this address', fn: 'memmap_init_zone' }];
    default:
      return [kernelObstacle(m, pfn)];
  }
}

/** A kernel page, with the pointer that leads to it. */
function kernelObstacle(m: Machine, pfn: Pfn): Obstacle {
  const pointer = pointerTo(m, pfn);
  const text = pointer === null ? reasonWords('kernel') : `${reasonWords('kernel')}, kept by ${pointer}`;
  return {
    reason: 'kernel',
    text,
    fn: m.config.policy.name === 'order0-slab' ? 'defrag_slab' : 'defrag_block',
  };
}

function userObstacles(m: Machine, pfn: Pfn): Obstacle[] {
  const found: Obstacle[] = [];
  const pins = m.pins[pfn]!;
  if (pins > 0) {
    found.push({
      reason: 'pinned',
      text: `it has ${plural(pins, 'extra reference')}`,
      fn: 'shrink_list',
    });
  }
  if (m.flags[pfn]! & FLAG.writeback) found.push(plain('writeback', 'wait_on_page_writeback'));
  const locks = mappingsOf(m, pfn).filter((mapping) => mapping.locked);
  if (locks.length > 0) found.push({ reason: 'mlocked', text: lockWords(locks), fn: 'try_to_unmap' });
  const needsSlot = m.kind[pfn] === PAGE.anon && !(m.flags[pfn]! & FLAG.swapCache);
  if (needsSlot && m.counters[C.swapUsed]! >= m.config.swapPages) found.push(plain('noSwap', 'add_to_swap'));
  return found;
}

function lockWords(locks: readonly Mapping[]): string {
  const names = locks.map(({ process, region }) => `process ${process} region ${region}`);
  const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
  return `it is mlocked by ${names.slice(0, 2).join(', ')}${more}`;
}

function objectObstacles(m: Machine, pfn: Pfn): Obstacle[] {
  const found: Obstacle[] = [];
  const { name, shrinker } = m.config.objectCaches[m.owner[pfn]!]!;
  const live = liveObjects(m, pfn);
  if (!shrinker) {
    found.push({
      reason: 'noShrinker',
      text: `${name} has no shrinker: nobody can be told to clear it`,
      fn: 'set_shrinker',
    });
  }
  if (live > 0) {
    const text = `${plural(live, 'object')} on it ${live === 1 ? 'is' : 'are'} in use`;
    found.push({ reason: 'liveObject', text, fn: 'prune_dcache' });
  }
  return found;
}

function delaysOf(m: Machine, pfn: Pfn): Obstacle[] {
  const kind = m.kind[pfn]!;
  const flags = m.flags[pfn]!;
  if (kind === PAGE.slabParked) return [plain('parked', 'drain_cpu_caches')];
  if (kind !== PAGE.anon && kind !== PAGE.file) return [];
  const found: Obstacle[] = [];
  if (flags & FLAG.active) {
    found.push({ reason: 'referenced', text: 'it is on the active list', fn: 'refill_inactive_zone' });
  }
  if (flags & FLAG.referenced || mappingsOf(m, pfn).some((mapping) => mapping.young)) {
    found.push(plain('referenced', 'page_referenced'));
  }
  if (kind === PAGE.anon) {
    found.push({ reason: 'dirty', text: 'it goes to swap: it has no file', fn: 'swap_writepage' });
  } else if (flags & FLAG.dirty) {
    found.push({ reason: 'dirty', text: 'it is dirty: it is written first', fn: 'pageout' });
  }
  return found;
}

/** "2 mappings to remove, one write", "10 objects to clear", "it is clean and unmapped". */
function workWords(m: Machine, pfn: Pfn): string {
  if (m.kind[pfn] === PAGE.objSlab) return `${plural(m.objSlabInUse[m.index[pfn]!]!, 'object')} to clear`;
  const parts: string[] = [];
  if (m.mapcount[pfn]! > 0) parts.push(`${plural(m.mapcount[pfn]!, 'mapping')} to remove`);
  if (m.kind[pfn] === PAGE.anon) parts.push('one page to swap');
  else if (m.flags[pfn]! & FLAG.dirty) parts.push('one write');
  return parts.length > 0 ? parts.join(', ') : 'it is clean and nobody maps it';
}

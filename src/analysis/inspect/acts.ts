/**
 * What a person may do to a page, each as an operation that names logical things. An act that cannot be done now is
 * told with the reason; one that the machine may refuse says what is to be expected.
 */
import { plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import { CACHE_CLASS, GFP_MASKS } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import { rowStride } from '../../engine/objects/object-slab.ts';
import { type Operation, vmaOf } from '../../engine/operation.ts';
import { VMA_KIND } from '../../engine/user/exit.ts';
import { isCongested } from '../../engine/user/io.ts';
import { isAlive } from '../../engine/user/process.ts';
import { zonelist, zoneOf } from '../../engine/zone.ts';
import { windowAt } from '../windows.ts';
import { type Mapping, mappingsOf } from './mappings.ts';
import { type Owner, ownerOf } from './owner.ts';
import { type SlabRef, slabRefOf } from './slab.ts';

export type ActId =
  | 'touch'
  | 'write'
  | 'readFile'
  | 'writeFile'
  | 'sync'
  | 'pin'
  | 'unpin'
  | 'lock'
  | 'unlock'
  | 'zap'
  | 'unmap'
  | 'truncate'
  | 'deleteFile'
  | 'fork'
  | 'exit'
  | 'free'
  | 'objectGet'
  | 'objectPut'
  | 'objectFree'
  | 'drainCpus'
  | 'evict'
  | 'reclaimSlab';

export interface Act {
  readonly id: ActId;
  /** "Lock region 2 of process 7 in memory". */
  readonly label: string;
  /** What to send with `act`; null where it cannot be done. */
  readonly operation: Operation | null;
  /** Why it cannot be done now; null where it can. */
  readonly disabled: string | null;
  /** What is to be expected where that is not simply the label: "it will be refused: 1 mlocked". */
  readonly foresees: string | null;
}

/**
 * Acts on the page and what it belongs to, the nearest first.
 * @param child number for a process that an act makes
 */
export function actsFor(m: Machine, pfn: Pfn, child = unusedProcess(m)): Act[] {
  return [...contentActs(m, pfn, child), ...slabActs(m, pfn)];
}

function can(id: ActId, label: string, operation: Operation, foresees: string | null = null): Act {
  return { id, label, operation, disabled: null, foresees };
}

function cannot(id: ActId, label: string, disabled: string): Act {
  return { id, label, operation: null, disabled, foresees: null };
}

/** The act where `obstacle` is null, else why not. */
function unless(obstacle: string | null, id: ActId, label: string, operation: Operation): Act {
  return obstacle === null ? can(id, label, operation) : cannot(id, label, obstacle);
}

function contentActs(m: Machine, pfn: Pfn, child: number): Act[] {
  const owner = ownerOf(m, pfn);
  switch (owner?.kind) {
    case 'region':
      return anonActs(m, pfn, owner, child);
    case 'file':
      return fileActs(m, pfn, owner, child);
    case 'objects':
      return pageOfObjectsActs(m, pfn);
    case 'allocation':
      return [can('free', `Free allocation ${owner.id}`, { op: 'free', id: owner.id })];
    case 'stack':
    case 'page-table':
      return isAlive(m, owner.process) ? [exitAct(owner.process)] : [];
    case 'descriptors':
      return [cannot('free', 'Free this page', 'slab descriptors go when their slabs go')];
    case 'reserve':
      return [cannot('free', 'Free this page', 'a mempool keeps its reserve')];
    default:
      return parkedActs(m, pfn);
  }
}

function parkedActs(m: Machine, pfn: Pfn): Act[] {
  const kind = m.kind[pfn];
  if (kind !== PAGE.slabParked && kind !== PAGE.pcp) return [];
  return [can('drainCpus', 'Drain the per-CPU arrays and lists', { op: 'drainCpus' })];
}

type RegionOwner = Extract<Owner, { kind: 'region' }>;
type FileOwner = Extract<Owner, { kind: 'file' }>;

function anonActs(m: Machine, pfn: Pfn, { process, region, page }: RegionOwner, child: number): Act[] {
  const place = { process, region, page };
  const mapped = m.mapcount[pfn]! > 0;
  return [
    ...touchActs(m, pfn, place),
    ...pinActs(m, pfn, place, mapped ? null : 'nobody maps it: get_user_pages would not find it'),
    evictAct(),
    can('zap', `Let page ${page} of region ${region} go`, { op: 'zap', ...place, pages: 1 }),
    ...regionActs(m, process, region, child),
  ];
}

function touchActs(m: Machine, pfn: Pfn, place: { process: number; region: number; page: number }): Act[] {
  const { process, region, page } = place;
  const at = `page ${page} of region ${region}`;
  const copies = m.kind[pfn] === PAGE.anon && m.mapcount[pfn]! > 1;
  return [
    can('touch', `Process ${process} reads ${at}`, { op: 'touch', ...place }),
    can(
      'write',
      `Process ${process} writes ${at}`,
      { op: 'touch', ...place, write: true },
      copies ? 'it is shared: the writer gets a copy of its own' : null,
    ),
  ];
}

type PinPlace = { process: number; region: number; page: number } | { file: number; page: number };

function pinActs(m: Machine, pfn: Pfn, place: PinPlace, obstacle: string | null): Act[] {
  const pins = m.pins[pfn]!;
  return [
    unless(obstacle, 'pin', 'Pin it, as I/O would', { op: 'pin', ...place }),
    unless(pins > 0 ? obstacle : 'it has no extra reference', 'unpin', 'Let one extra reference go', {
      op: 'unpin',
      ...place,
    }),
  ];
}

function evictAct(): Act {
  return cannot('evict', 'Evict this page alone', 'LRU reclaim chooses by age: no call evicts one page');
}

function fileActs(m: Machine, pfn: Pfn, { file, page }: FileOwner, child: number): Act[] {
  const place = { file, page };
  const mapping = mappingsOf(m, pfn)[0];
  return [
    can('readFile', `Read page ${page} of file ${file}`, { op: 'readFile', ...place }),
    can('writeFile', `Write page ${page} of file ${file}`, { op: 'writeFile', ...place }),
    syncAct(m, pfn),
    ...pinActs(m, pfn, place, null),
    evictAct(),
    can('truncate', `Cut page ${page} out of file ${file}`, { op: 'truncate', ...place, pages: 1 }),
    can('deleteFile', `Delete file ${file}`, { op: 'deleteFile', file }),
    ...(mapping ? mappedActs(m, pfn, mapping, child) : []),
  ];
}

function mappedActs(m: Machine, pfn: Pfn, { process, region, page }: Mapping, child: number): Act[] {
  return [...touchActs(m, pfn, { process, region, page }), ...regionActs(m, process, region, child)];
}

/** pdflush writes in order of address, so every dirty page is asked for. */
function syncAct(m: Machine, pfn: Pfn): Act {
  const flags = m.flags[pfn]!;
  let dirty = 0;
  for (let p = 0; p < m.config.pages; p++) {
    if (m.kind[p] === PAGE.file && m.flags[p]! & FLAG.dirty && !(m.flags[p]! & FLAG.writeback)) dirty++;
  }
  const obstacle = !(flags & FLAG.dirty)
    ? 'it is clean'
    : flags & FLAG.writeback
      ? 'it is under writeback already'
      : isCongested(m)
        ? 'the device is congested'
        : null;
  const label = `Write ${plural(Math.max(1, dirty), 'dirty file page')} back`;
  return unless(obstacle, 'sync', label, { op: 'sync', pages: dirty });
}

function regionActs(m: Machine, process: number, region: number, child: number): Act[] {
  const vma = vmaOf(process, region);
  if (m.vmaKind[vma] === VMA_KIND.none) return [];
  const name = `region ${region} of process ${process}`;
  const locked = m.vmaLocked[vma] === 1;
  return [
    unless(locked ? 'it is locked already' : null, 'lock', `Lock ${name} in memory`, {
      op: 'lock',
      process,
      region,
    }),
    unless(locked ? null : 'it is not locked', 'unlock', `Unlock ${name}`, { op: 'unlock', process, region }),
    can('unmap', `Unmap ${name}`, { op: 'unmap', process, region }),
    can('fork', `Fork process ${process}`, { op: 'fork', process, child }),
    exitAct(process),
  ];
}

function exitAct(process: number): Act {
  return can('exit', `Kill process ${process}`, { op: 'exit', process });
}

/** The lowest number above all that were ever used in the machine. */
export function unusedProcess(m: Machine): number {
  return (
    Math.max(
      m.processAlive.lastIndexOf(1),
      m.processStart.findLastIndex((start) => start !== 0),
    ) + 1
  );
}

/** Acts on the first object in use and the first unused one of an object slab. */
function pageOfObjectsActs(m: Machine, pfn: Pfn): Act[] {
  const cache = m.owner[pfn]!;
  const base = m.index[pfn]! * rowStride(m);
  const objects = Array.from(m.objSlabObject.subarray(base, base + rowStride(m)))
    .filter((entry) => entry !== 0)
    .map((entry) => entry - 1);
  const live = objects.find((object) => m.objRefs[object]! > 0);
  const unused = objects.find((object) => m.objRefs[object] === 0);
  return [live, unused].flatMap((object) => (object === undefined ? [] : actsForObject(m, cache, object)));
}

/** Acts on one object that exists. */
export function actsForObject(m: Machine, cache: number, object: number): Act[] {
  const name = `${m.config.objectCaches[cache]!.name} ${object}`;
  const refs = m.objRefs[object]!;
  const place = { cache, object };
  return [
    can('objectGet', `Take ${name} into use`, { op: 'objectGet', ...place }),
    unless(refs > 0 ? null : 'nobody uses it', 'objectPut', `Let ${name} go`, { op: 'objectPut', ...place }),
    unless(refs > 0 ? `it has ${plural(refs, 'reference')}` : null, 'objectFree', `Drop ${name}`, {
      op: 'objectFree',
      ...place,
    }),
  ];
}

function hasParked(m: Machine, { pfn, order }: SlabRef): boolean {
  return m.kind.subarray(pfn, pfn + (1 << order)).includes(PAGE.slabParked);
}

function slabActs(m: Machine, pfn: Pfn): Act[] {
  const label = 'Reclaim this slab';
  if (m.config.policy.name !== 'order0-slab')
    return [cannot('reclaimSlab', label, `${m.config.policy.name} has no slabs`)];
  const ref = slabRefOf(m, pfn);
  if (!ref) return [cannot('reclaimSlab', label, 'this page is in no slab')];
  const zone = Math.floor(ref.cache / 3);
  const zoneName = m.config.zones[zone]!.name;
  if (ref.cache % 3 === CACHE_CLASS.knoreclaim)
    return [
      cannot('reclaimSlab', label, `${ref.name} is never reclaimed: kernel pointers lead to its pages`),
    ];
  if (!zonelist(m.config, GFP_MASKS.kernel).includes(zoneOf(m.config, ref.pfn)))
    return [cannot('reclaimSlab', label, `the daemon does not look at ${zoneName}`)];
  const window = windowAt(m, ref.pfn, ref.order, zoneName);
  if (window.free === 1 << ref.order) return [cannot('reclaimSlab', label, 'no page of it is in use')];
  const operation: Operation = { op: 'reclaimSlab', order: ref.order, slab: ref.pfn };
  if (!m.config.policy.drainFirst && hasParked(m, ref)) {
    return [can('reclaimSlab', label, operation, 'it will be refused: pages are parked in per-CPU arrays')];
  }
  return [
    can('reclaimSlab', label, operation, window.blocking > 0 ? `it will be refused: ${window.reason}` : null),
  ];
}

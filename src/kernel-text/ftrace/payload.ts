/**
 * The payload of a page-allocator event: `key=value` words in any order, unknown keys tolerated.
 * TP_printk formats of include/trace/events/kmem.h, 2.6.31 to 6.12.
 */
import { EventType, type EventTypeId, type Extfrag, NO_MIGRATETYPE } from '../event-table.ts';
import { isNullPointer, readDecimal, readPfn, skipSpaces, skipToken, skipWord } from './scan.ts';

/** Fields of one payload, reused for every line. Numbers are -1 where the line has none. */
export interface Payload {
  /** The request failed: page= is a null pointer, or there is no page= and pfn is 0. */
  nullPage: boolean;
  hasPage: boolean;
  pfn: number;
  order: number;
  migratetype: number;
  gfpStart: number;
  gfpEnd: number;
  percpuRefill: number;
  fallbackOrder: number;
  pageblockOrder: number;
  fallbackMigratetype: number;
  changeOwnership: number;
}

export function createPayload(): Payload {
  return {
    nullPage: false,
    hasPage: false,
    pfn: -1,
    order: -1,
    migratetype: NO_MIGRATETYPE,
    gfpStart: -1,
    gfpEnd: -1,
    percpuRefill: -1,
    fallbackOrder: -1,
    pageblockOrder: -1,
    fallbackMigratetype: -1,
    changeOwnership: -1,
  };
}

/** No architecture's largest block is above this order (ia64 had 17); beyond it a number is damage. */
export const MAX_RECORDED_ORDER = 20;

type NumberField =
  | 'order'
  | 'migratetype'
  | 'percpuRefill'
  | 'fallbackOrder'
  | 'pageblockOrder'
  | 'fallbackMigratetype'
  | 'changeOwnership';

interface NumberKey {
  field: NumberField;
  max: number;
}

const NUMBER_KEYS = new Map<string, NumberKey>([
  ['order', { field: 'order', max: MAX_RECORDED_ORDER }],
  ['alloc_order', { field: 'order', max: MAX_RECORDED_ORDER }],
  ['migratetype', { field: 'migratetype', max: 254 }],
  ['alloc_migratetype', { field: 'migratetype', max: 254 }],
  ['percpu_refill', { field: 'percpuRefill', max: 1 }],
  ['fallback_order', { field: 'fallbackOrder', max: MAX_RECORDED_ORDER }],
  ['pageblock_order', { field: 'pageblockOrder', max: MAX_RECORDED_ORDER }],
  ['fallback_migratetype', { field: 'fallbackMigratetype', max: 254 }],
  ['change_ownership', { field: 'changeOwnership', max: 1 }],
]);

function reset(out: Payload): void {
  out.nullPage = out.hasPage = false;
  out.pfn = out.order = out.gfpStart = out.gfpEnd = -1;
  out.migratetype = NO_MIGRATETYPE;
  out.percpuRefill = out.fallbackOrder = out.pageblockOrder = -1;
  out.fallbackMigratetype = out.changeOwnership = -1;
}

/**
 * Reads the words of [pos, end) into `out`. Returns the name of the field whose value cannot be read, `payload`
 * where pfn comes twice (two lines run together), or null.
 */
export function readPayload(text: string, pos: number, end: number, out: Payload): string | null {
  reset(out);
  for (pos = skipSpaces(text, pos, end); pos < end; pos = skipSpaces(text, pos, end)) {
    const keyEnd = skipWord(text, pos, end);
    const stop = skipToken(text, keyEnd, end);
    if (keyEnd < end && text.charCodeAt(keyEnd) === 61) {
      const bad = readField(text, pos, keyEnd, stop, out);
      if (bad !== null) return bad;
    }
    pos = stop;
  }
  if (out.pfn === 0 && !out.hasPage) out.nullPage = true;
  // A null page has no frame: older kernels print page_to_pfn(NULL) there, today's print 0x0.
  if (out.nullPage) out.pfn = 0;
  return null;
}

function readField(text: string, pos: number, keyEnd: number, stop: number, out: Payload): string | null {
  const value = keyEnd + 1;
  switch (text.charCodeAt(pos) * 16 + (keyEnd - pos)) {
    case 0x700 + 3:
      if (!text.startsWith('pfn', pos)) return null;
      if (out.pfn >= 0) return 'payload';
      out.pfn = readPfn(text, value, stop);
      return out.pfn < 0 && !out.nullPage ? 'pfn' : null;
    case 0x700 + 4:
      if (!text.startsWith('page', pos)) return null;
      out.hasPage = true;
      out.nullPage = isNullPointer(text, value, stop);
      return null;
    case 0x670 + 9:
      if (!text.startsWith('gfp_flags', pos)) return null;
      out.gfpStart = value;
      out.gfpEnd = stop;
      return null;
  }
  const key = NUMBER_KEYS.get(text.slice(pos, keyEnd));
  if (key === undefined) return null;
  const number = readDecimal(text, value, stop);
  if (number < 0 || number > key.max) return text.slice(pos, keyEnd);
  out[key.field] = number;
  return null;
}

type Requirement = [name: string, has: (p: Payload) => boolean];

const PFN: Requirement = ['pfn', (p) => p.pfn >= 0];
const ORDER: Requirement = ['order', (p) => p.order >= 0];
const MIGRATETYPE: Requirement = ['migratetype', (p) => p.migratetype !== NO_MIGRATETYPE];

/** What each event has printed since 2.6.31, in the order in which it is printed. */
const REQUIRED = new Map<EventTypeId, Requirement[]>([
  [EventType.alloc, [PFN, ORDER, MIGRATETYPE, ['gfp_flags', (p) => p.gfpStart >= 0]]],
  [EventType.free, [PFN, ORDER]],
  [EventType.freeBatched, [PFN, ORDER]],
  [EventType.zoneLocked, [PFN, ORDER, MIGRATETYPE, ['percpu_refill', (p) => p.percpuRefill >= 0]]],
  [EventType.pcpuDrain, [PFN, ORDER, MIGRATETYPE]],
  [
    EventType.extfrag,
    [
      PFN,
      ['alloc_order', (p) => p.order >= 0],
      ['fallback_order', (p) => p.fallbackOrder >= 0],
      ['pageblock_order', (p) => p.pageblockOrder >= 0],
      ['alloc_migratetype', (p) => p.migratetype !== NO_MIGRATETYPE],
      ['fallback_migratetype', (p) => p.fallbackMigratetype >= 0],
      ['change_ownership', (p) => p.changeOwnership >= 0],
    ],
  ],
]);

/**
 * Null where the payload is whole; `truncated line` where it lacks its last fields; `missing FIELD` where one is
 * gone from the middle.
 */
export function missingField(type: EventTypeId, payload: Payload): string | null {
  const required = REQUIRED.get(type) ?? [];
  const first = required.findIndex(([, has]) => !has(payload));
  if (first < 0) return null;
  const restMissing = required.slice(first).every(([, has]) => !has(payload));
  return restMissing ? 'truncated line' : `missing ${required[first]![0]}`;
}

export function extfragOf(payload: Payload): Extfrag {
  return {
    fallbackOrder: payload.fallbackOrder,
    pageblockOrder: payload.pageblockOrder,
    fallbackMigratetype: payload.fallbackMigratetype,
    changeOwnership: payload.changeOwnership === 1,
  };
}

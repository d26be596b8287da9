/**
 * Trace events as columns: one row an event, in the order of the file.
 * Names and fields are those of include/trace/events/kmem.h (Linux 6.1).
 */

/** What a row is. `other` is a memory-management event kept as text, `marker` a line written to trace_marker. */
export const EventType = {
  alloc: 1,
  allocFailed: 2,
  free: 3,
  freeBatched: 4,
  zoneLocked: 5,
  pcpuDrain: 6,
  extfrag: 7,
  marker: 8,
  other: 9,
} as const;

export type EventTypeId = (typeof EventType)[keyof typeof EventType];

/** Stands in `migratetype` where the line names none. */
export const NO_MIGRATETYPE = 255;

/** Seconds of a clock (kept as ns) or a bare integer: counter, jiffies (uptime) or cycles (x86-tsc). */
export type TimeUnit = 'ns' | 'ticks';

export interface EventTable {
  length: number;
  /** {@link EventType} */
  type: Uint8Array;
  cpu: Uint16Array;
  /** Thread id, as ftrace's TASK-PID column. */
  pid: Uint32Array;
  /** Index into `strings`: the task's name. */
  comm: Uint32Array;
  /** ns or ticks, see `timeUnit`. */
  time: Float64Array;
  /** First page frame of the block; 0 for rows without one. */
  pfn: Uint32Array;
  /** extfrag: alloc_order. */
  order: Uint8Array;
  /** As numbered by the recording kernel; alloc: what was asked for, zoneLocked and pcpuDrain: the list's own. */
  migratetype: Uint8Array;
  /** Index into `strings`: gfp_flags of an allocation, text of a marker, payload of an `other`. */
  text: Uint32Array;
  /** zoneLocked: percpu_refill; extfrag: {@link packExtfrag}; other: index into `strings` of the event's name. */
  extra: Uint32Array;
  /** Interned texts; index 0 is the empty string. */
  strings: string[];
  timeUnit: TimeUnit;
  /** Digits behind the point of the finest timestamp: 0 for ticks. */
  timeDigits: number;
}

/** The part of an extfrag event that has no column of its own. Orders and migratetypes are below 255. */
export interface Extfrag {
  fallbackOrder: number;
  pageblockOrder: number;
  fallbackMigratetype: number;
  changeOwnership: boolean;
}

/** `fragmenting` is left out: the kernel prints it as fallback_order < pageblock_order. */
export function packExtfrag(e: Extfrag): number {
  return (
    (e.fallbackOrder |
      (e.pageblockOrder << 8) |
      (e.fallbackMigratetype << 16) |
      (e.changeOwnership ? 1 << 24 : 0)) >>>
    0
  );
}

export function unpackExtfrag(extra: number): Extfrag {
  return {
    fallbackOrder: extra & 255,
    pageblockOrder: (extra >>> 8) & 255,
    fallbackMigratetype: (extra >>> 16) & 255,
    changeOwnership: extra >>> 24 !== 0,
  };
}

export function createEventTable(capacity = 1024): EventTable {
  return {
    length: 0,
    type: new Uint8Array(capacity),
    cpu: new Uint16Array(capacity),
    pid: new Uint32Array(capacity),
    comm: new Uint32Array(capacity),
    time: new Float64Array(capacity),
    pfn: new Uint32Array(capacity),
    order: new Uint8Array(capacity),
    migratetype: new Uint8Array(capacity),
    text: new Uint32Array(capacity),
    extra: new Uint32Array(capacity),
    strings: [''],
    timeUnit: 'ns',
    timeDigits: 6,
  };
}

/** Makes room for one more row and returns its index; its columns hold zeros and `length` counts it. */
export function appendRow(table: EventTable): number {
  if (table.length === table.type.length) grow(table, Math.max(16, table.length * 2));
  return table.length++;
}

/** Gives back the spare capacity, so that a finished table is as large as its events. */
export function trimTable(table: EventTable): void {
  if (table.type.length > table.length) grow(table, table.length);
}

function grow(table: EventTable, capacity: number): void {
  const bytes = (old: Uint8Array) => copyInto(new Uint8Array(capacity), old);
  const words = (old: Uint32Array) => copyInto(new Uint32Array(capacity), old);
  table.type = bytes(table.type);
  table.order = bytes(table.order);
  table.migratetype = bytes(table.migratetype);
  table.cpu = copyInto(new Uint16Array(capacity), table.cpu);
  table.time = copyInto(new Float64Array(capacity), table.time);
  table.pid = words(table.pid);
  table.comm = words(table.comm);
  table.pfn = words(table.pfn);
  table.text = words(table.text);
  table.extra = words(table.extra);
}

function copyInto<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(to: T, from: T): T {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from);
  return to;
}

const PRINTED_NAME: Record<Exclude<EventTypeId, typeof EventType.other>, string> = {
  [EventType.alloc]: 'mm_page_alloc',
  [EventType.allocFailed]: 'mm_page_alloc',
  [EventType.free]: 'mm_page_free',
  [EventType.freeBatched]: 'mm_page_free_batched',
  [EventType.zoneLocked]: 'mm_page_alloc_zone_locked',
  [EventType.pcpuDrain]: 'mm_page_pcpu_drain',
  [EventType.extfrag]: 'mm_page_alloc_extfrag',
  [EventType.marker]: 'tracing_mark_write',
};

/** The kernel's name of the event in row `i`. */
export function eventName(table: EventTable, i: number): string {
  const type = table.type[i] as EventTypeId;
  return type === EventType.other ? table.strings[table.extra[i]!]! : PRINTED_NAME[type];
}

/** The text of row `i`: gfp_flags, marker text or payload; empty where there is none. */
export function eventText(table: EventTable, i: number): string {
  return table.strings[table.text[i]!]!;
}

/** Row of the first marker that says exactly `text`, or -1. */
export function findMarker(table: EventTable, text: string): number {
  for (let i = 0; i < table.length; i++) {
    if (table.type[i] === EventType.marker && eventText(table, i) === text) return i;
  }
  return -1;
}

/** Events by the kernel's name, most frequent first. */
export function countByType(table: EventTable): Record<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < table.length; i++) {
    const name = eventName(table, i);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

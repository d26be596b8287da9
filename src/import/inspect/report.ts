/** What `order0 inspect` says of one file: the shape of its JSON. */

export const KINDS = [
  'buddyinfo',
  'pagetypeinfo',
  'slabinfo',
  'slabtop',
  'zoneinfo',
  'vmstat',
  'extfrag_index',
  'unusable_index',
  'mem-info',
  'oom',
  'allocation-failure',
  'sysrq-m',
  'page_owner',
  'ftrace',
] as const;
export type Kind = (typeof KINDS)[number];

export interface InspectZone {
  readonly node: number;
  readonly zone: string;
  /** Free blocks by order; shorter than the zone has orders where the text was cut, empty where it has no blocks. */
  readonly freeByOrder: readonly number[];
  /** Thousandths, by order; empty where the blocks are not all known. */
  readonly unusableIndex: readonly number[];
  readonly fragIndex: readonly number[];
  /** Pages; null where the text does not say. */
  readonly free: number | null;
  readonly min: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly present: number | null;
  readonly managed: number | null;
}

export interface InspectSlab {
  readonly name: string;
  readonly activeObjs: number;
  readonly numObjs: number;
  /** Bytes; slabtop prints hundredths of a kibibyte, so it is off by up to 5 bytes there. */
  readonly objSize: number;
  readonly objPerSlab: number;
  readonly pagesPerSlab: number;
  readonly numSlabs: number;
}

export interface InspectReport {
  readonly file: string;
  readonly kinds: readonly Kind[];
  readonly zones: readonly InspectZone[];
  readonly slabs: readonly InspectSlab[];
  /** Counters of vmstat by name. */
  readonly counters: Readonly<Record<string, number>>;
  /** Events of an ftrace text by name; null where there are none. */
  readonly events: {
    readonly read: number;
    readonly byType: Readonly<Record<string, number>>;
    readonly skipped: Readonly<Record<string, number>>;
  } | null;
  readonly warnings: readonly string[];
}

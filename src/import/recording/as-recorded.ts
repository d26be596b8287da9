/**
 * What the recorded kernel did, page by page: the events of a recording applied to a map of its memory.
 * There is no allocator here; each event says itself which frames it moved.
 */
import type { BuddyinfoZone } from '../../kernel-text/buddyinfo.ts';
import { type EventTable, EventType, type EventTypeId } from '../../kernel-text/event-table.ts';
import { type PageFlagRuns, runsEnd } from '../kpageflags.ts';
import { setInitialState } from './initial-state.ts';
import { type ListRules, listRulesOf } from './list-rules.ts';
import { applySnapshot, createPages, PageState, type RecordedPages } from './page-state.ts';
import { freeBlocks, singleZone, type ZoneRange } from './zones.ts';

export interface AsRecordedOptions {
  /** Size of the machine. Default: one past the highest frame of snapshot, zones and events, rounded up to 1,024. */
  pages?: number;
  /** Where the zones lie; default one zone over all pages. */
  zones?: readonly ZoneRange[];
  /** Flags of every page as they were before row `at` (default, or below 0: the first row). */
  before?: { flags: PageFlagRuns; at?: number };
  /** True: count every free page as on the buddy lists, even where events tell the lists apart. */
  freeIsBuddy?: boolean;
  /** Frames from here on are left aside as damage (two bytes a page). Default 2^28: 1 TiB of 4 KiB pages. */
  maxPages?: number;
}

/** Where the events do not fit what is known of the pages. Each counts events. */
export interface RecordingConflicts {
  /** Allocations over a page that is still live: its free was lost. The old block counts as freed. */
  overlappingAllocs: number;
  /** Frees of a page that no allocation of the recording handed out: the next two together. */
  freesOfUnknown: number;
  /** ... of which the page was in use since before the recording. */
  freesFromBefore: number;
  /** ... of which the page counted as free: bulk allocation and compaction take pages without an event. */
  freesOfFreePages: number;
  failedAllocs: number;
  /** Allocations of a page that a snapshot calls reserved or absent. */
  allocsOfHoles: number;
  /** zone_locked of a page that did not count as on the buddy lists. */
  refillsOffLists: number;
  /** Drains of a page that counted as live: its free was lost. */
  drainsOfLive: number;
}

export interface AsRecorded extends RecordedPages {
  readonly pages: number;
  readonly zones: readonly ZoneRange[];
  readonly rules: ListRules;
  /** Rows [0, row) have been applied. */
  readonly row: number;
  readonly conflicts: RecordingConflicts;
  /** Rows that moved pages, and failed requests. */
  readonly used: number;
  /** Rows left aside, by reason. */
  readonly skipped: Record<string, number>;
  /** Applies rows up to `to` (default all); going back needs a new replay. */
  advance(to?: number): void;
  /** The buddy lists' blocks now, a zone an entry. */
  freeByOrder(): BuddyinfoZone[];
}

const KERNEL_ORDERS = 11;
const ROUND = 1024;
const MAX_PAGES = 2 ** 28;

/** Throws a RangeError where `pages`, the zones or the snapshot ask for more than `maxPages`. */
export function createAsRecorded(table: EventTable, options: AsRecordedOptions = {}): AsRecorded {
  return new Replay(table, options);
}

const SKIP_REASON: Partial<Record<EventTypeId, string>> = {
  [EventType.freeBatched]: 'repeats an earlier free',
  [EventType.extfrag]: 'tells of a fallback, moves no page',
  [EventType.marker]: 'marker',
  [EventType.other]: 'other event',
};

class Replay implements AsRecorded {
  readonly pages: number;
  readonly zones: readonly ZoneRange[];
  readonly rules: ListRules;
  readonly state: Uint8Array;
  readonly blockOrder: Uint8Array;
  row = 0;
  used = 0;
  readonly skipped: Record<string, number> = {};
  readonly conflicts: RecordingConflicts = {
    overlappingAllocs: 0,
    freesOfUnknown: 0,
    freesFromBefore: 0,
    freesOfFreePages: 0,
    failedAllocs: 0,
    allocsOfHoles: 0,
    refillsOffLists: 0,
    drainsOfLive: 0,
  };
  private readonly table: EventTable;
  private readonly snapshot: PageFlagRuns | null;
  private readonly snapshotRow: number;
  private readonly orders: number;

  constructor(table: EventTable, options: AsRecordedOptions) {
    this.table = table;
    this.snapshot = options.before?.flags ?? null;
    this.snapshotRow = this.snapshot === null ? -1 : Math.max(0, options.before?.at ?? 0);
    const maxPages = options.maxPages ?? MAX_PAGES;
    this.pages = options.pages ?? machinePages(table, options, maxPages);
    if (!(this.pages <= maxPages)) {
      throw new RangeError(`machine of ${this.pages} pages: more than ${maxPages} are not replayed`);
    }
    this.zones =
      options.zones !== undefined && options.zones.length > 0 ? options.zones : singleZone(this.pages);
    const rules = listRulesOf(table);
    this.rules = { ...rules, exact: rules.exact && options.freeIsBuddy !== true };
    this.orders = Math.max(KERNEL_ORDERS, highestOrder(table) + 1);
    const pages = createPages(this.pages);
    this.state = pages.state;
    this.blockOrder = pages.blockOrder;
    setInitialState(
      pages,
      table,
      this.rules,
      this.snapshot,
      this.snapshot === null ? table.length : this.snapshotRow,
    );
  }

  advance(to = this.table.length): void {
    const end = Math.min(to, this.table.length);
    for (; this.row < end; this.row++) {
      if (this.row === this.snapshotRow && this.snapshot !== null) applySnapshot(this.state, this.snapshot);
      const reason = this.apply(this.row);
      if (reason === null) this.used++;
      else this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    }
  }

  freeByOrder(): BuddyinfoZone[] {
    return freeBlocks(this.state, this.zones, this.orders);
  }

  /** Applies one row, or says why it is left aside. */
  private apply(row: number): string | null {
    const type = this.table.type[row] as EventTypeId;
    const aside = SKIP_REASON[type];
    if (aside !== undefined) return aside;
    if (type === EventType.allocFailed) {
      this.conflicts.failedAllocs++;
      return null;
    }
    const pfn = this.table.pfn[row]!;
    const order = this.table.order[row]!;
    const end = pfn + 2 ** order;
    if (end > this.pages) return 'page frame beyond the machine';
    if (type === EventType.alloc) this.alloc(pfn, end, order);
    else if (type === EventType.free) this.free(pfn, end, order);
    else if (!this.rules.exact) this.knowFree(pfn, end);
    else if (type === EventType.zoneLocked) this.zoneLocked(pfn, end);
    else this.drain(pfn, end);
    return null;
  }

  private alloc(first: number, end: number, order: number): void {
    const { state, blockOrder } = this;
    let overlap = false;
    let hole = false;
    // A block off its alignment cannot be found again from one of its pages, so each page is a block.
    const recorded = first % (end - first) === 0 ? order : 0;
    for (let pfn = first; pfn < end; pfn++) {
      if (state[pfn] === PageState.live) {
        overlap = true;
        this.freeOldBlock(pfn);
      } else if (state[pfn] === PageState.hole) hole = true;
      state[pfn] = PageState.live;
      blockOrder[pfn] = recorded;
    }
    if (overlap) this.conflicts.overlappingAllocs++;
    if (hole) this.conflicts.allocsOfHoles++;
  }

  /** The block of live page `pfn` must have been freed before: all its pages that are still live go free. */
  private freeOldBlock(pfn: number): void {
    const { state, blockOrder } = this;
    const order = blockOrder[pfn]!;
    const size = 2 ** order;
    const first = pfn - (pfn % size);
    const to = this.freedState(order);
    for (let p = first; p < first + size; p++) {
      if (state[p] !== PageState.live || blockOrder[p] !== order) continue;
      state[p] = to;
    }
  }

  private freedState(order: number): number {
    return this.rules.exact && this.rules.perCpuOrders.has(order) ? PageState.perCpu : PageState.buddy;
  }

  private free(first: number, end: number, order: number): void {
    const { state } = this;
    const to = this.freedState(order);
    let old = false;
    let free = false;
    for (let pfn = first; pfn < end; pfn++) {
      const was = state[pfn]!;
      if (was === PageState.buddy || was === PageState.perCpu) free = true;
      else if (was !== PageState.live) old = true;
      state[pfn] = to;
    }
    if (!old && !free) return;
    this.conflicts.freesOfUnknown++;
    if (free) this.conflicts.freesOfFreePages++;
    else this.conflicts.freesFromBefore++;
  }

  /** Where lists are not told apart, a block that moves between them is known to be free. */
  private knowFree(first: number, end: number): void {
    for (let pfn = first; pfn < end; pfn++) {
      if (this.state[pfn] === PageState.unknown) this.state[pfn] = PageState.buddy;
    }
  }

  /** A block leaves the buddy lists, for a per-CPU list or for the allocation that follows. */
  private zoneLocked(first: number, end: number): void {
    const { state } = this;
    let off = false;
    for (let pfn = first; pfn < end; pfn++) {
      if (state[pfn] !== PageState.buddy) off = true;
      state[pfn] = PageState.perCpu;
    }
    if (off) this.conflicts.refillsOffLists++;
  }

  private drain(first: number, end: number): void {
    const { state } = this;
    let live = false;
    for (let pfn = first; pfn < end; pfn++) {
      if (state[pfn] === PageState.live) live = true;
      state[pfn] = PageState.buddy;
    }
    if (live) this.conflicts.drainsOfLive++;
  }
}

function highestOrder(table: EventTable): number {
  let highest = 0;
  for (let row = 0; row < table.length; row++) highest = Math.max(highest, table.order[row]!);
  return highest;
}

/** One past the highest frame of snapshot, zones and events below `maxPages`, rounded up to 1,024. */
export function machinePages(
  table: EventTable,
  options: Pick<AsRecordedOptions, 'before' | 'zones'>,
  maxPages: number,
): number {
  let end = options.before === undefined ? 0 : runsEnd(options.before.flags);
  for (const zone of options.zones ?? []) end = Math.max(end, zone.end);
  for (let row = 0; row < table.length; row++) {
    const blockEnd = table.pfn[row]! + 2 ** table.order[row]!;
    if (table.pfn[row]! > 0 && blockEnd <= maxPages) end = Math.max(end, blockEnd);
  }
  return Math.ceil(end / ROUND) * ROUND;
}

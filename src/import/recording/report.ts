/** A recording replayed as recorded, and what `order0 replay --as-recorded` says of it. */
import { type BuddyinfoZone, compareBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import { countByType, findMarker } from '../../kernel-text/event-table.ts';
import type { FtraceText } from '../../kernel-text/ftrace.ts';
import { type AsRecordedOptions, createAsRecorded, type RecordingConflicts } from './as-recorded.ts';
import { countStates, type PageState } from './page-state.ts';

export interface EventCounts {
  /** Lines that are events or broken events: used + all of `skipped`. Comments and blank lines are neither. */
  read: number;
  used: number;
  skipped: Record<string, number>;
  byType: Record<string, number>;
}

export interface BuddyinfoReport {
  ours: BuddyinfoZone[];
  kernel: BuddyinfoZone[];
  /** Sum over zones and orders of absolute differences, in blocks. */
  difference: number;
  /** False where zones could not be matched by name, so that sums over all zones were compared. */
  byZone: boolean;
  /** The row at which the two were compared. */
  row: number;
}

export interface RecordingReport {
  events: EventCounts;
  conflicts: RecordingConflicts;
  /** Whether refill and drain events told buddy lists and per-CPU lists apart. */
  exactLists: boolean;
  machinePages: number;
  pages: Record<keyof typeof PageState, number>;
  /** At the end of the recording. */
  freeByOrder: BuddyinfoZone[];
  buddyinfo: BuddyinfoReport | null;
  warnings: string[];
}

export interface ReportOptions extends AsRecordedOptions {
  /** The kernel's buddyinfo, and the row before which it was read (default, or below 0: the end of the recording). */
  after?: { zones: BuddyinfoZone[]; row?: number };
}

/** Replays all events; with `after` compares the free blocks on the way. */
export function replayAsRecorded(text: FtraceText, options: ReportOptions = {}): RecordingReport {
  const { table } = text;
  const replay = createAsRecorded(table, options);
  let buddyinfo: BuddyinfoReport | null = null;
  if (options.after !== undefined) {
    const at = options.after.row ?? -1;
    const row = at < 0 ? table.length : at;
    replay.advance(row);
    const ours = replay.freeByOrder();
    const kernel = options.after.zones;
    buddyinfo = { ours, kernel, ...compareBuddyinfo(ours, kernel), row };
  }
  replay.advance();
  return {
    events: countEvents(text, replay.used, replay.skipped),
    conflicts: { ...replay.conflicts },
    exactLists: replay.rules.exact,
    machinePages: replay.pages,
    pages: countStates(replay.state),
    freeByOrder: replay.freeByOrder(),
    buddyinfo,
    warnings: lossWarnings(text),
  };
}

/** Row of the marker that a snapshot of this name wrote when its page flags were read, or -1. */
export function findSnapshotRow(text: FtraceText, name: string): number {
  return findMarker(text.table, `snapshot ${name} kpageflags-end`);
}

/** Counts of the parser and of a replay together. */
export function countEvents(
  text: FtraceText,
  used: number,
  skippedRows: Record<string, number>,
): EventCounts {
  const skipped = { ...text.skipped };
  for (const [reason, n] of Object.entries(skippedRows)) skipped[reason] = (skipped[reason] ?? 0) + n;
  const read = used + Object.values(skipped).reduce((a, b) => a + b, 0);
  return { read, used, skipped, byType: countByType(text.table) };
}

/** What the text says about events that are missing from it. */
export function lossWarnings({ notes }: FtraceText): string[] {
  const warnings: string[] = [];
  const { entriesInBuffer, entriesWritten } = notes;
  if (entriesInBuffer !== null && entriesWritten !== null && entriesInBuffer < entriesWritten) {
    warnings.push(
      `the buffer was overwritten: ${entriesInBuffer} of ${entriesWritten} events are left; ` +
        'frees of earlier allocations will not match',
    );
  }
  if (notes.lossNotices > 0) {
    warnings.push(`${notes.lossNotices} gaps, ${notes.lostEvents} events lost by the tracer's own count`);
  }
  if (notes.buffersStarted.length > 0) {
    warnings.push(`events of CPU ${notes.buffersStarted.join(', ')} start later than those of the others`);
  }
  return warnings;
}

/** Events missing by the recorder's own count; null where the text has neither a count nor a notice. */
export function lostEvents({ notes }: FtraceText): number | null {
  const { entriesInBuffer, entriesWritten, lossNotices } = notes;
  if (entriesWritten === null && lossNotices === 0) return null;
  return Math.max(0, (entriesWritten ?? 0) - (entriesInBuffer ?? 0)) + notes.lostEvents;
}

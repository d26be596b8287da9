/** A streaming reader of ftrace text: tracefs `trace` and `trace_pipe`, `trace-cmd report`, `perf script`. */
import {
  appendRow,
  createEventTable,
  type EventTable,
  EventType,
  type EventTypeId,
  packExtfrag,
  trimTable,
} from '../event-table.ts';
import { type ContextFault, createContext, readContext } from './context.ts';
import {
  createNotes,
  type FtraceNotes,
  isStackLine,
  isToolHeader,
  noteComment,
  noteLoss,
  reasonWithoutCpu,
} from './other-lines.ts';
import { createPayload, extfragOf, missingField, readPayload } from './payload.ts';
import { isDigit, skipDigits, skipSpaces, skipWord } from './scan.ts';

export interface FtraceText {
  table: EventTable;
  notes: FtraceNotes;
  /** Lines of the text; lines = table.length + all of `noEvents` + all of `skipped`. */
  lines: number;
  /** Lines that are no events, by kind: comment, blank, tool header, loss notice. */
  noEvents: Record<string, number>;
  /** Events and broken lines that are not in the table, by reason. */
  skipped: Record<string, number>;
  /** The first line under each reason: its number from 1 and its first 200 characters. */
  samples: Record<string, { line: number; text: string }>;
}

export interface FtraceParser {
  /** Takes the next piece of the text, cut anywhere. */
  push(chunk: string): void;
  /** Takes the last line, if it had no newline, and gives the result. Nothing may be pushed after it. */
  end(): FtraceText;
  /** What has been read so far; grows with every push. */
  readonly table: EventTable;
}

/** Old names beside today's; `mm_page_free_direct` and `mm_pagevec_free` are those of 2.6.31 to 3.2. */
const PAGE_EVENTS = new Map<string, EventTypeId>([
  ['mm_page_alloc', EventType.alloc],
  ['mm_page_free', EventType.free],
  ['mm_page_free_direct', EventType.free],
  ['mm_page_free_batched', EventType.freeBatched],
  ['mm_pagevec_free', EventType.freeBatched],
  ['mm_page_alloc_zone_locked', EventType.zoneLocked],
  ['mm_page_pcpu_drain', EventType.pcpuDrain],
  ['mm_page_alloc_extfrag', EventType.extfrag],
]);

/** Characters kept of a line that is skipped. */
const SAMPLE = 200;
/** Longest line that is put together from several pieces, in characters; an event takes some hundred. */
const MOST_LINE = 1 << 20;

const HASH = 35;
const MARK_PREFIX = 'tracing_mark_write: ';
const OTHER_EVENTS = /^(?:mm_\w+|kmem_cache_\w+|kmalloc(?:_node)?|kfree|rss_stat|mark_victim|oom_\w+)$/;

export function createFtraceParser(): FtraceParser {
  return new Parser();
}

/** Parses a whole text at once. */
export function parseFtrace(text: string): FtraceText {
  const parser = createFtraceParser();
  parser.push(text);
  return parser.end();
}

class Parser implements FtraceParser {
  readonly table = createEventTable();
  private readonly notes = createNotes();
  private readonly noEvents = new Map<string, number>();
  private readonly skipped = new Map<string, number>();
  private readonly samples = new Map<string, { line: number; text: string }>();
  private readonly stringIndex = new Map<string, number>([['', 0]]);
  private readonly known = new Map<string, EventTypeId | null>(PAGE_EVENTS);
  private readonly context = createContext();
  private readonly payload = createPayload();
  private lastComm = '';
  private lastCommIndex = 0;
  private carry = '';
  /** The line under way is longer than any event: what comes of it is dropped. */
  private overlong = false;
  private lines = 0;

  push(chunk: string): void {
    let start = 0;
    let newline = chunk.indexOf('\n');
    if (newline >= 0 && this.carry !== '') {
      this.endCarried(chunk.slice(0, newline));
      start = newline + 1;
      newline = chunk.indexOf('\n', start);
    }
    for (; newline >= 0; newline = chunk.indexOf('\n', start)) {
      this.line(chunk, start, newline);
      start = newline + 1;
    }
    if (start < chunk.length && !this.overlong) this.carry += start === 0 ? chunk : chunk.slice(start);
    if (this.carry.length > MOST_LINE) {
      this.overlong = true;
      this.carry = this.carry.slice(0, SAMPLE);
    }
  }

  /** Ends the line that began in an earlier piece. */
  private endCarried(rest: string): void {
    const line = this.overlong ? this.carry : this.carry + rest;
    const { overlong } = this;
    this.carry = '';
    this.overlong = false;
    if (!overlong) return this.line(line, 0, line.length);
    this.lines++;
    this.skip('line too long', line);
  }

  private skip(reason: string, text: string): void {
    count(this.skipped, reason);
    if (!this.samples.has(reason)) this.samples.set(reason, { line: this.lines, text });
  }

  end(): FtraceText {
    if (this.carry !== '') this.endCarried('');
    trimTable(this.table);
    return {
      table: this.table,
      notes: this.notes,
      lines: this.lines,
      noEvents: Object.fromEntries(this.noEvents),
      skipped: Object.fromEntries(this.skipped),
      samples: Object.fromEntries(this.samples),
    };
  }

  private line(text: string, start: number, end: number): void {
    this.lines++;
    if (end > start && text.charCodeAt(end - 1) === 13) end--;
    const first = skipSpaces(text, start, end);
    if (first === end) {
      count(this.noEvents, 'blank');
      return;
    }
    // A comment starts in the first column; an indented # may be a task's name.
    const reason = text.charCodeAt(start) === HASH ? '' : this.event(text, start, end);
    if (reason === null) return;
    if (text.charCodeAt(first) === HASH) {
      noteComment(text.slice(first, end), this.notes);
      count(this.noEvents, 'comment');
      return;
    }
    this.skip(reason, text.slice(start, Math.min(end, start + SAMPLE)));
  }

  /** Adds the line's event to the table and returns null, or returns why it cannot. */
  private event(text: string, start: number, end: number): string | null {
    const { context } = this;
    const fault = readContext(text, start, end, context);
    if (fault !== null) return this.withoutContext(text, start, end, fault);
    let pos = skipSpaces(text, context.next, end);
    if (text.startsWith('<stack trace>', pos) || text.startsWith('<user stack trace>', pos))
      return 'stack line';
    // perf script may print the sample's period before the event.
    if (pos < end && isDigit(text.charCodeAt(pos))) pos = skipSpaces(text, skipDigits(text, pos, end), end);
    let nameEnd = skipWord(text, pos, end);
    if (nameEnd + 1 < end && text.charCodeAt(nameEnd) === 58 && text.charCodeAt(nameEnd + 1) !== 32) {
      const second = skipWord(text, nameEnd + 1, end);
      if (second > nameEnd + 1 && text.charCodeAt(second) === 58 && second < end) {
        pos = nameEnd + 1;
        nameEnd = second;
      }
    }
    if (nameEnd >= end) return 'truncated line';
    if (nameEnd === pos || text.charCodeAt(nameEnd) !== 58) return 'unknown event';
    if (!this.timeFits()) return 'malformed time';
    return this.named(text, text.slice(pos, nameEnd), nameEnd + 1, end);
  }

  private withoutContext(text: string, start: number, end: number, fault: ContextFault): string | null {
    if (fault !== 'absent') return `malformed ${fault}`;
    if (text.startsWith('CPU:', start) && noteLoss(text.slice(start, end), this.table.length, this.notes)) {
      count(this.noEvents, 'loss notice');
      return null;
    }
    if (isToolHeader(text, start, end)) {
      count(this.noEvents, 'tool header');
      return null;
    }
    return isStackLine(text, start, end) ? 'stack line' : reasonWithoutCpu(text, start, end);
  }

  /** A file has one clock: a bare integer among seconds (or the other way round) is damage. */
  private timeFits(): boolean {
    const { table, context } = this;
    if (table.length === 0) {
      table.timeUnit = context.digits === 0 ? 'ticks' : 'ns';
      table.timeDigits = context.digits;
    } else if ((table.timeUnit === 'ticks') !== (context.digits === 0)) return false;
    if (context.digits > table.timeDigits) table.timeDigits = context.digits;
    return true;
  }

  private named(text: string, name: string, pos: number, end: number): string | null {
    const body = skipSpaces(text, pos, end);
    if (name === 'tracing_mark_write') {
      return this.textRow(
        EventType.marker,
        text,
        text.slice(text.charCodeAt(pos) === 32 ? pos + 1 : pos, end),
        0,
      );
    }
    if (name === 'print') {
      const mark = text.startsWith(MARK_PREFIX, body) ? body + MARK_PREFIX.length : body;
      return this.textRow(EventType.marker, text, text.slice(mark, end), 0);
    }
    let type = this.known.get(name);
    if (type === undefined) {
      type = OTHER_EVENTS.test(name) ? EventType.other : null;
      this.known.set(name, type);
    }
    if (type === null) return 'unknown event';
    if (type === EventType.other) {
      return this.textRow(type, text, text.slice(body, end), this.intern(name));
    }
    return this.pageRow(type, text, body, end);
  }

  private textRow(type: EventTypeId, text: string, payload: string, extra: number): null {
    const row = this.row(type, text, payload);
    this.table.extra[row] = extra;
    return null;
  }

  private pageRow(type: EventTypeId, text: string, pos: number, end: number): string | null {
    const { payload } = this;
    const bad = readPayload(text, pos, end, payload);
    if (bad !== null) return `malformed ${bad}`;
    const missing = missingField(type, payload);
    if (missing !== null) return missing;
    if (type !== EventType.alloc && payload.nullPage) return 'null page';
    const isAlloc = type === EventType.alloc;
    const gfp = isAlloc ? text.slice(payload.gfpStart, payload.gfpEnd) : '';
    const row = this.row(isAlloc && payload.nullPage ? EventType.allocFailed : type, text, gfp);
    const { table } = this;
    table.pfn[row] = payload.pfn;
    table.order[row] = payload.order;
    table.migratetype[row] = payload.migratetype;
    if (type === EventType.zoneLocked) table.extra[row] = payload.percpuRefill === 1 ? 1 : 0;
    if (type === EventType.extfrag) table.extra[row] = packExtfrag(extfragOf(payload));
    return null;
  }

  private row(type: EventTypeId, text: string, rowText: string): number {
    const { table, context } = this;
    const comm = this.commIndex(text);
    const row = appendRow(table);
    table.type[row] = type;
    table.cpu[row] = context.cpu;
    table.pid[row] = context.pid;
    table.comm[row] = comm;
    table.time[row] = context.time;
    table.text[row] = this.intern(rowText);
    return row;
  }

  /** Events of one task come in a row, so its name is compared in place before it is cut out. */
  private commIndex(text: string): number {
    const { commStart, commEnd } = this.context;
    if (commEnd - commStart !== this.lastComm.length || !text.startsWith(this.lastComm, commStart)) {
      this.lastComm = text.slice(commStart, commEnd);
      this.lastCommIndex = this.intern(this.lastComm);
    }
    return this.lastCommIndex;
  }

  private intern(text: string): number {
    let index = this.stringIndex.get(text);
    if (index === undefined) {
      index = this.table.strings.length;
      this.table.strings.push(text);
      this.stringIndex.set(text, index);
    }
    return index;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

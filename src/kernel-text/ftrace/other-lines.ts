/** Lines that are no event with a context: what they are, so that each is counted under a reason. */
import { isDigit, isWord, skipDigits, skipSpaces, skipWord } from './scan.ts';

/** What the file says about itself outside its events. */
export interface FtraceNotes {
  /** From `# entries-in-buffer/entries-written: a/b`; a below b: the buffer was overwritten. */
  entriesInBuffer: number | null;
  entriesWritten: number | null;
  /** `CPU:n [LOST m EVENTS]` and trace-cmd's `[m EVENTS DROPPED]`; a notice without a number adds to `lossNotices` only. */
  lostEvents: number;
  lossNotices: number;
  /** Rows of the table before which a loss was noted. */
  lossRows: number[];
  /** CPUs of `##### CPU n buffer started ####`: before it that CPU's older events are missing. */
  buffersStarted: number[];
}

export function createNotes(): FtraceNotes {
  return {
    entriesInBuffer: null,
    entriesWritten: null,
    lostEvents: 0,
    lossNotices: 0,
    lossRows: [],
    buffersStarted: [],
  };
}

/** Reads a line that starts with `#`. */
export function noteComment(line: string, notes: FtraceNotes): void {
  const entries = /entries-in-buffer\/entries-written:\s*(\d{1,15})\/(\d{1,15})/.exec(line);
  if (entries !== null) {
    notes.entriesInBuffer = Number(entries[1]);
    notes.entriesWritten = Number(entries[2]);
  }
  const started = /^#+ CPU (\d{1,5}) buffer started/.exec(line);
  if (started !== null) notes.buffersStarted.push(Number(started[1]));
}

/** Reads `CPU:n [LOST m EVENTS]` in either tool's words; false where the line is none. `row` is the next event's. */
export function noteLoss(line: string, row: number, notes: FtraceNotes): boolean {
  const loss = /^\s*CPU:\d+ \[(?:LOST )?(\d{1,15} )?EVENTS(?: DROPPED)?\]/.exec(line);
  if (loss === null) return false;
  notes.lostEvents += loss[1] === undefined ? 0 : Number(loss[1]);
  notes.lossNotices++;
  notes.lossRows.push(row);
  return true;
}

/** `cpus=2` and `version = 6`, the first lines of trace-cmd report. */
export function isToolHeader(text: string, from: number, end: number): boolean {
  return end - from < 40 && /^(?:cpus=\d+|version = \d+|CPU \d+ is empty)\s*$/.test(text.slice(from, end));
}

/** `=> function` of the kernel's stack traces, or perf's `ffffffff8123 function+0x1 (module)`. */
export function isStackLine(text: string, start: number, end: number): boolean {
  const from = skipSpaces(text, start, end);
  if (text.startsWith('=>', from)) return true;
  if (from === start) return false;
  let hex = from;
  while (hex < end && isWord(text.charCodeAt(hex))) hex++;
  return hex - from >= 4 && hex < end && /^[0-9a-f]+ \S+(?: \(.*\))?\s*$/.test(text.slice(from, end));
}

/** The reason why the non-empty line [start, end), which has no `[CPU]`, cannot be an event. */
export function reasonWithoutCpu(text: string, start: number, end: number): string {
  const from = skipSpaces(text, start, end);
  const word = skipWord(text, from, end);
  if (word > from && text.charCodeAt(word) === 58 && /^[a-z_]+: \w+=/.test(text.slice(from, end))) {
    return 'no context info';
  }
  if (isDigit(text.charCodeAt(from)) && /^\d+ \d+ \d+ type: \d+/.test(text.slice(from, end))) return 'raw';
  if (isLatencyFormat(text, from, end)) return 'latency format';
  return 'malformed context';
}

/** `init-1  0..... 17011us!: event`: microseconds and a mark of the delay before the colon. */
function isLatencyFormat(text: string, from: number, end: number): boolean {
  for (let i = from; i + 3 < end; i++) {
    if (!isDigit(text.charCodeAt(i))) continue;
    const stop = skipDigits(text, i, end);
    if (text.startsWith('us', stop)) {
      const mark = text.charCodeAt(stop + 2) === 58 ? stop + 2 : stop + 3;
      if (mark < end && text.charCodeAt(mark) === 58) return true;
    }
    i = stop;
  }
  return false;
}

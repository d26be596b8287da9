/**
 * The context before an event: `COMM-PID (TGID) [CPU] FLAGS TIME: `.
 * Printed by trace_print_context, kernel/trace/trace_output.c (6.1); trace-cmd report and perf script print the
 * same columns with other widths, perf with a space in place of the dash.
 */
import { isDigit, isSpace, readDecimal, skipDigits, skipSpaces, skipToken } from './scan.ts';

/** Where the context's parts are in the line, filled by {@link readContext} and reused for every line. */
export interface Context {
  commStart: number;
  commEnd: number;
  pid: number;
  cpu: number;
  /** ns, or ticks where `digits` is 0. */
  time: number;
  /** Digits behind the point of the timestamp. */
  digits: number;
  /** First character after the timestamp's colon. */
  next: number;
}

export function createContext(): Context {
  return { commStart: 0, commEnd: 0, pid: 0, cpu: 0, time: 0, digits: 0, next: 0 };
}

/** `absent`: no [CPU] at all, so the line is of another layout. */
export type ContextFault = 'absent' | 'task' | 'time';

const OPEN = 91;
const CLOSE = 93;
const COLON = 58;
const DASH = 45;
const POINT = 46;
const SLASH = 47;

/**
 * Reads the context of the line [start, end). A task's name may hold anything, brackets and colons too, so every
 * `[digits]` is tried until one has a pid before it and a time after it.
 */
export function readContext(text: string, start: number, end: number, out: Context): ContextFault | null {
  let fault: ContextFault = 'absent';
  for (let open = start; open < end; open++) {
    if (text.charCodeAt(open) !== OPEN) continue;
    const close = skipDigits(text, open + 1, end);
    const cpu = text.charCodeAt(close) === CLOSE && close < end ? readDecimal(text, open + 1, close) : -1;
    if (cpu < 0 || cpu > 0xffff) continue;
    if (!readTask(text, start, open, out)) {
      if (fault === 'absent') fault = 'task';
    } else if (!readTime(text, close + 1, end, out)) {
      fault = 'time';
    } else {
      out.cpu = cpu;
      return null;
    }
  }
  return fault;
}

function trimEnd(text: string, start: number, end: number): number {
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** `COMM-PID`, `COMM-PID (TGID)`, perf's `COMM PID` and `COMM PID/TID`, in [start, end). */
function readTask(text: string, start: number, end: number, out: Context): boolean {
  let to = trimEnd(text, start, end);
  if (to === end) return false;
  if (text.charCodeAt(to - 1) === 41) {
    const paren = tgidStart(text, start, to - 1);
    if (paren < 0) return false;
    to = trimEnd(text, start, paren);
  }
  let from = to;
  while (from > start && isDigit(text.charCodeAt(from - 1))) from--;
  out.pid = readDecimal(text, from, to);
  if (out.pid < 0 || out.pid > 0xffffffff || from === start) return false;
  const before = text.charCodeAt(from - 1);
  let commEnd = from - 1;
  if (before === SLASH) {
    while (commEnd > start && isDigit(text.charCodeAt(commEnd - 1))) commEnd--;
    if (commEnd === from - 1 || !isSpace(text.charCodeAt(commEnd - 1))) return false;
  } else if (before !== DASH && !isSpace(before)) return false;
  out.commStart = skipSpaces(text, start, commEnd);
  out.commEnd = trimEnd(text, out.commStart, commEnd);
  return out.commEnd > out.commStart;
}

/** Start of `(  123)` or `(-------)` that ends at the parenthesis at `close`, or -1. */
function tgidStart(text: string, start: number, close: number): number {
  for (let i = close - 1; i >= start; i--) {
    const c = text.charCodeAt(i);
    if (c === 40) return i;
    if (!isDigit(c) && !isSpace(c) && c !== DASH) return -1;
  }
  return -1;
}

/** The timestamp after [CPU], with or without a column of flags before it. */
function readTime(text: string, from: number, end: number, out: Context): boolean {
  if (from < end && !isSpace(text.charCodeAt(from))) return false;
  const first = skipSpaces(text, from, end);
  if (readStamp(text, first, end, out)) return true;
  const second = skipSpaces(text, skipToken(text, first, end), end);
  return readStamp(text, second, end, out);
}

const NS_PER_UNIT = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

function readStamp(text: string, from: number, end: number, out: Context): boolean {
  const whole = skipDigits(text, from, end);
  const value = readDecimal(text, from, whole);
  if (value < 0 || whole >= end) return false;
  if (text.charCodeAt(whole) === COLON) {
    out.time = value;
    out.digits = 0;
    out.next = whole + 1;
    return true;
  }
  if (text.charCodeAt(whole) !== POINT) return false;
  const stop = skipDigits(text, whole + 1, end);
  const digits = stop - whole - 1;
  const fraction = readDecimal(text, whole + 1, stop);
  if (fraction < 0 || digits > 9 || stop >= end || text.charCodeAt(stop) !== COLON) return false;
  out.time = value * 1e9 + fraction * NS_PER_UNIT[digits]!;
  out.digits = digits;
  out.next = stop + 1;
  return true;
}

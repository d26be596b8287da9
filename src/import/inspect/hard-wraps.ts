/**
 * Lines that a terminal cut at its width, in the middle of a word or number, become one again. Every line it cut has
 * the terminal's width, and only plainly put together is what it cut a line of the kernel's: mail, which cuts at
 * spaces and takes one away, leaves lines that are whole with a space between.
 */
import { begins, hasColumns, isWhole } from './whole-line.ts';

/** Narrower terminals than this are not looked for. */
const LEAST_WIDTH = 40;
/** Lines that one of the kernel's may have been cut into. */
const MOST_PARTS = 12;

export interface MeasuredLine {
  /** Without its prefixes; blanks at its end are kept. */
  readonly text: string;
  /** Characters it had with them. */
  readonly width: number;
}

/** @param warnings takes the lines of which it cannot be told whether a number was cut */
export function rejoinCut(lines: readonly MeasuredLine[], warnings: string[]): string[] {
  const width = terminalWidth(lines);
  if (width === null) return markUnsure(lines, warnings);
  const whole: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const parts = partsAt(lines, i, width);
    const count = partsOfOne(parts);
    whole.push(parts.slice(0, count).join(''));
    i += count;
  }
  return whole;
}

/** The width at which lines were cut, or null where none shows that it was; the most frequent counts. */
function terminalWidth(lines: readonly MeasuredLine[]): number | null {
  const cuts = new Map<number, number>();
  for (let i = 0; i + 1 < lines.length; i++) {
    const { width } = lines[i]!;
    if (width < LEAST_WIDTH) continue;
    const verdict = verdictOn(partsAt(lines, i, width));
    if (verdict === 'cut') cuts.set(width, (cuts.get(width) ?? 0) + 1);
    else if (verdict === 'wrapped') cuts.set(width, (cuts.get(width) ?? 0) - 1);
  }
  const best = [...cuts].filter(([, n]) => n > 0).sort(([a, n], [b, k]) => k - n || b - a)[0];
  return best?.[0] ?? null;
}

/** The line and those after it that may be its rest: each but the last has the width, none begins a line. */
function partsAt(lines: readonly MeasuredLine[], at: number, width: number): string[] {
  const parts = [lines[at]!.text];
  while (parts.length < MOST_PARTS && lines[at + parts.length - 1]!.width === width) {
    const next = lines[at + parts.length];
    if (next === undefined || next.text.trim() === '' || begins(next.text)) break;
    parts.push(next.text);
  }
  return parts;
}

type Verdict = 'cut' | 'wrapped' | 'unsure' | 'neither';

/** What the most of the parts say that make a whole line. */
function verdictOn(parts: readonly string[]): Verdict {
  for (let n = parts.length; n > 1; n--) {
    const some = parts.slice(0, n);
    if (some.every(isWhole)) continue;
    const [plain, spaced] = [some.join(''), some.join(' ')];
    const [cut, wrapped] = [isWhole(plain), isWhole(spaced)];
    if (cut !== wrapped) return cut ? 'cut' : 'wrapped';
    if (!cut) continue;
    if (hasColumns(plain) !== hasColumns(spaced)) return hasColumns(plain) ? 'cut' : 'wrapped';
    return some.some((part, i) => i > 0 && /\d$/.test(some[i - 1]!) && /^\d/.test(part))
      ? 'unsure'
      : 'neither';
  }
  return 'neither';
}

/** How many of the parts are one line. */
function partsOfOne(parts: readonly string[]): number {
  for (let n = parts.length; n > 1; n--) {
    if (isWhole(parts.slice(0, n).join('')) && !parts.slice(0, n).every(isWhole)) return n;
  }
  return isWhole(parts[0]!) ? 1 : parts.length;
}

/** Where digits meet at equal widths and nothing tells whether they are one number, the rest of the row is not read. */
function markUnsure(lines: readonly MeasuredLine[], warnings: string[]): string[] {
  const unsure = lines
    .map(({ width }, i) => ({ i, width, parts: width < LEAST_WIDTH ? [] : partsAt(lines, i, width) }))
    .filter(({ parts }) => verdictOn(parts) === 'unsure');
  const widths = new Set(unsure.map(({ width }) => width));
  const longest = Math.max(0, ...lines.map(({ width }) => width));
  const text = lines.map((line) => line.text);
  if (widths.size !== 1 || !widths.has(longest)) return text;
  for (const { i } of unsure) {
    text[i] = `${text[i]!.replace(/\d+$/, '')}…`;
    warnings.push(`line ${i + 1}: cut at its end, perhaps inside a number: the rest of the row was not read`);
  }
  return text;
}

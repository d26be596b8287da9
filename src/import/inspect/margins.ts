/**
 * What stands before every line of a paste: line numbers, a file's name as grep prints it, marks of mail, diffs, lists
 * and tables, times. One is taken off only where nearly every line has it, so that nothing of the kernel's goes.
 */

/** The same mark before each line. Group 1 must be the same in all of them, where there is one. */
const MARKS: readonly RegExp[] = [
  // grep -H and tail: `/proc/vmstat:`, `/proc/vmstat:12:`
  /^(?:\/[\w.-]+){2,6}:(?:\d+:)?/,
  // mail: `MG> `, `>> `
  /^\s*([A-Za-z]{0,4})>/,
  /^\s*([|+])/,
  /^\s*([*•-])(?:\s|(?=[A-Za-z]))/,
  /^"(?=.*(?:\\n)?"[,;]?$)/,
];

/** Time alone: `19:03:12.5 `, `2026-11-24T19:03:12+01:00 `, `Nov 24 19:03:12 `. */
const TIMES: readonly RegExp[] = [
  /^\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[\d.,:+Z-]*\]?\s/,
  /^\[?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\]?\s/,
  /^\p{L}{3,4}\.? +\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d+)?\s/u,
];

/** Marks that may lie behind one another. */
const MOST_MARGINS = 4;

/** The lines without what nearly all of them begin with. */
export function withoutMargins(lines: readonly string[]): string[] {
  let rest = [...lines];
  for (let round = 0; round < MOST_MARGINS; round++) {
    const next = withoutNumbers(rest) ?? firstOf([...MARKS, ...TIMES], rest);
    if (next === null) break;
    rest = next;
  }
  return withoutIndent(rest);
}

/** Blanks that every line begins with were put there, or stood behind a mark. */
function withoutIndent(lines: readonly string[]): string[] {
  const full = lines.filter((line) => /\S/.test(line));
  const indent = full.reduce((least, line) => Math.min(least, line.search(/\S/)), Number.POSITIVE_INFINITY);
  return full.length < 2 || indent === 0 ? [...lines] : lines.map((line) => line.slice(indent));
}

function firstOf(marks: readonly RegExp[], lines: readonly string[]): string[] | null {
  for (const mark of marks) {
    const next = withoutMark(mark, lines);
    if (next !== null) return next;
  }
  return null;
}

/** Lines without the margin out of which a paste may have a few: a prompt, a greeting. */
const isNearlyAll = (some: number, all: number) => all > 1 && some >= all - Math.max(1, all * 0.1);

function withoutMark(mark: RegExp, lines: readonly string[]): string[] | null {
  const full = lines.filter((line) => line.trim() !== '');
  const found = full.map((line) => mark.exec(line)).filter((match) => match !== null);
  if (!isNearlyAll(found.length, full.length)) return null;
  if (new Set(found.map((match) => match[1])).size > 1) return null;
  const quoted = mark.source.startsWith('^"');
  return lines.map((line) => {
    if (!mark.test(line)) return line;
    const inside = line.replace(mark, '');
    return quoted ? inside.replace(/(?:\\n)?"[,;]?$/, '') : inside;
  });
}

const NUMBERED = /^\s*(\d{1,6})(?:[:.)|]\s?|\s)/;

/** Numbers that count the lines: each is one more than the one before. */
function withoutNumbers(lines: readonly string[]): string[] | null {
  const full = lines.filter((line) => /\S/.test(line));
  let counted = 0;
  let last = Number.NaN;
  for (const line of full) {
    const number = Number(NUMBERED.exec(line)?.[1] ?? Number.NaN);
    if (number === last + 1) counted++;
    last = number;
  }
  if (!isNearlyAll(counted + 1, full.length) || counted < 2) return null;
  return lines.map((line) => line.replace(NUMBERED, ''));
}

/** What is wrong with an input: one clear line, and where. The worker's protocol passes these on unchanged. */
export interface Problem {
  readonly message: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
}

/** A problem at a field of a scenario, before its line is looked up. */
export interface FieldProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Whether the field's name is wrong, not its value. */
  readonly atKey?: boolean;
}

/** Problems listed before the rest is summed up in one line. */
export const MOST_PROBLEMS = 20;

/** `machine.zones[1].pages`, the way a person writes a path and `--set` reads it. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? keyText(key) : `.${keyText(key)}`;
  }
  return text;
}

/** A key as written, or quoted where a stray one would break the line. */
function keyText(key: string): string {
  return /^[\w$-]{1,60}$/.test(key) ? key : show(key);
}

/** A value as an error shows it: one line, at most about 40 characters. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 36)}…"` : text;
}

/** The candidate nearest to `word` by edits, or undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2));
  for (const candidate of candidates) {
    const distance = editDistance(word.slice(0, 64).toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

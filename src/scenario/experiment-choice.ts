/**
 * What an experiment varies: policies, swept fields, seeds; and how a person writes them (`1..100`,
 * `policy.maxDefragScan=1,8,64`), the same on the command line, in a link and on the page.
 */
import { POLICY_IDS, type PolicyId } from '../engine/config.ts';
import { show } from './problem.ts';

/** One field and the values it takes in turn, as `--set` would be given each. */
export interface Sweep {
  readonly path: string;
  readonly values: readonly string[];
}

export interface ExperimentChoice {
  readonly policies: readonly PolicyId[];
  readonly seeds: readonly number[];
  /** `path=value` each, the same in every run. */
  readonly sets: readonly string[];
  /** Every combination of their values is run. */
  readonly sweeps: readonly Sweep[];
}

/** Something wrong in a choice: one line, for a person. */
export class ChoiceError extends Error {}

export const MOST_SEEDS = 10_000;
export const MOST_VALUES = 100;
export const MOST_SWEEPS = 3;
/** Runs of one experiment. */
export const MOST_RUNS = 100_000;

/** Fields that have a way of their own to be varied. */
const NOT_SWEPT: Readonly<Record<string, string>> = { seed: 'the seeds', 'policy.name': 'the policies' };

/** `order0-slab,buddy-2.6`. @throws ChoiceError */
export function readPolicies(text: string): PolicyId[] {
  return distinct(
    'policies',
    text.split(',').map((written) => {
      const id = POLICY_IDS.find((known) => known === written.trim());
      if (id !== undefined) return id;
      throw new ChoiceError(
        `policies: expected some of ${POLICY_IDS.join(', ')}, met ${show(written.trim())}`,
      );
    }),
  );
}

/** `1..100`, `3,5,9` or both (`1..5,9`), in the order written. @throws ChoiceError */
export function readSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const range = rangeOf(part.trim(), 'seeds', MOST_SEEDS);
    if (range !== null) return range;
    throw new ChoiceError(`seeds: expected whole numbers such as 1..20 or 3,5,9, met ${show(part.trim())}`);
  });
  if (seeds.length > MOST_SEEDS)
    throw new ChoiceError(`seeds: expected at most ${MOST_SEEDS}, met ${seeds.length}`);
  return distinct('seeds', seeds);
}

/** `machine.slabOrder=2..10` or `policy.victim=first,most-clean`. @throws ChoiceError */
export function readSweep(text: string): Sweep {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim();
  if (path === '') throw new ChoiceError(`sweep: expected KEY=VALUE,VALUE, met ${show(text)}`);
  const instead = NOT_SWEPT[path];
  if (instead !== undefined)
    throw new ChoiceError(`sweep: ${path} is varied by ${instead}, expected another field`);
  const values = splitValues(text.slice(equals + 1)).flatMap(
    (part) => rangeOf(part, `sweep ${path}`, MOST_VALUES, false)?.map(String) ?? [part],
  );
  if (values.includes('')) throw new ChoiceError(`sweep ${path}: expected a value between the commas`);
  if (values.length > MOST_VALUES) {
    throw new ChoiceError(`sweep ${path}: expected at most ${MOST_VALUES} values, met ${values.length}`);
  }
  return { path, values: distinct(`sweep ${path}`, values) };
}

/** The choice, where it is none too large. @throws ChoiceError */
export function checkedChoice(choice: ExperimentChoice): ExperimentChoice {
  const { policies, seeds, sweeps } = choice;
  if (sweeps.length > MOST_SWEEPS)
    throw new ChoiceError(`sweeps: expected at most ${MOST_SWEEPS}, met ${sweeps.length}`);
  distinct(
    'sweeps',
    sweeps.map(({ path }) => path),
  );
  const runs = sweeps.reduce(
    (product, { values }) => product * values.length,
    policies.length * seeds.length,
  );
  if (runs > MOST_RUNS) throw new ChoiceError(`expected at most ${MOST_RUNS} runs, met ${runs}`);
  if (runs === 0) throw new ChoiceError('expected at least one policy, one seed and one value of each sweep');
  return choice;
}

/** Inverse of {@link readSeeds}: neighbours in rising order are written as a range. */
export function writeSeeds(seeds: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < seeds.length; ) {
    let end = i;
    while (end + 1 < seeds.length && seeds[end + 1] === seeds[end]! + 1) end++;
    const [first, last] = [seeds[i]!, seeds[end]!];
    parts.push(end === i ? `${first}` : end === i + 1 ? `${first},${last}` : `${first}..${last}`);
    i = end + 1;
  }
  return parts.join(',');
}

/** Inverse of {@link readSweep}. */
export function writeSweep({ path, values }: Sweep): string {
  const numbers = values.map(Number);
  const plain = values.every((value) => /^\d{1,15}$/.test(value) && String(Number(value)) === value);
  return `${path}=${plain ? writeSeeds(numbers) : values.join(',')}`;
}

/** Whole numbers of `7` or `2..10`; null where the text is neither (a lone number only where `single`). */
function rangeOf(text: string, what: string, most: number, single = true): number[] | null {
  const [, low, high] = /^(\d{1,16})\.\.(\d{1,16})$/.exec(text) ?? [];
  if (low === undefined || high === undefined) {
    return single && /^\d{1,16}$/.test(text) ? [safe(text, what)] : null;
  }
  const [first, last] = [safe(low, what), safe(high, what)];
  if (last < first) throw new ChoiceError(`${what}: expected a range that rises, met ${text}`);
  if (last - first >= most)
    throw new ChoiceError(`${what}: expected at most ${most}, met ${last - first + 1}`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function safe(text: string, what: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new ChoiceError(`${what}: expected at most ${Number.MAX_SAFE_INTEGER}, met ${text}`);
}

/** Parts between commas that stand in no bracket: `[1, 2],[3, 4]` are two values. */
function splitValues(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if ('[{'.includes(letter)) depth++;
    if (']}'.includes(letter)) depth--;
    if (letter === ',' && depth <= 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function distinct<T>(what: string, items: readonly T[]): T[] {
  const seen = new Set<T>();
  for (const item of items) {
    if (seen.has(item)) throw new ChoiceError(`${what}: expected each once, met ${String(item)} twice`);
    seen.add(item);
  }
  return [...items];
}

/** Options and arguments of a command, checked: every value that comes out is of its kind and range. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './io.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Parses by `table`, at most `most` positional arguments. @throws UsageError for anything else */
export function readOptions<const T extends OptionTable>(args: readonly string[], table: T, most: number) {
  const parsed = parse(args, table);
  const extra = parsed.positionals[most];
  if (extra !== undefined) throw new UsageError(`unexpected argument "${extra}"`);
  return parsed;
}

function parse<const T extends OptionTable>(args: readonly string[], table: T) {
  try {
    return parseArgs({ args: [...args], options: table, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(optionProblem(args, table) ?? firstSentence(error));
  }
}

/** The option that has no value though it needs one, or one though it takes none; undefined where it is something else. */
function optionProblem(args: readonly string[], table: OptionTable): string | undefined {
  for (const [i, arg] of args.entries()) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (arg === '--') return undefined;
    if (option?.type === 'boolean' && value !== undefined) {
      return `--${name}: expected no value, met ${JSON.stringify(value)}`;
    }
    if (option?.type !== 'string' || value !== undefined) continue;
    const next = args[i + 1];
    if (next === undefined) return `--${name}: expected a value, met nothing`;
    if (next.startsWith('-') && next !== '-') {
      const met = JSON.stringify(next);
      return `--${name}: expected a value, met ${met}; write --${name}=${next} where the value begins with a dash`;
    }
  }
  return undefined;
}

/** Node's message without its advice, in lower case as all others are. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split(/\. |\n/)[0]!.replace(/\.$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** A required argument. An empty one names nothing. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined || value === '') throw new UsageError(`${what} is missing`);
  return value;
}

/** A whole number of at least `low`. */
export function wholeNumber(text: string, option: string, low = 0, high = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  throw new UsageError(`${option}: expected a whole number ${range}, met "${text}"`);
}

/** One of some words. */
export function oneOf<const T extends string>(text: string, option: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new UsageError(`${option}: expected one of ${words.join(', ')}, met "${text}"`);
}

/** Scenario text to a checked scenario, or to problems with line and column. Bad input never throws. */
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { type FieldProblem, MOST_PROBLEMS, type Problem, pathText } from './problem.ts';
import type { Scenario } from './schema.ts';
import { validateScenario } from './validate.ts';
import { scenarioWarnings } from './warnings.ts';

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Largest scenario text, in characters. */
export const MOST_TEXT = 1_048_576;
/** Aliases a text may resolve to, so that a few lines cannot unfold to gigabytes. */
const MOST_ALIASES = 100;
/** Deepest nesting that is read: a scenario needs five levels. */
const DEEPEST = 64;

/**
 * Reads a scenario file (YAML 1.2; JSON is YAML).
 * @param name file name, for problems that have no line
 */
export function parseScenario(text: string, name = 'scenario'): ParsedScenario {
  const read = readData(text, name);
  if (!read.ok) return read;
  const checked = validateScenario(read.data);
  if (!checked.ok) return { ok: false, problems: limit(checked.problems.map(read.locate)) };
  return { ok: true, scenario: checked.scenario, warnings: scenarioWarnings(checked.scenario) };
}

export type ReadData =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly locate: (problem: FieldProblem) => Problem;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** YAML text to plain data, and a function that finds the line of a problem in it. */
export function readData(text: string, name: string): ReadData {
  if (text.length > MOST_TEXT) {
    return one(`${name}: expected at most ${MOST_TEXT} characters, met ${text.length}`);
  }
  if (nestsTooDeep(text)) return one(`${name}: expected at most ${DEEPEST} levels of nesting, met more`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    if (document.errors.length > 0) {
      const problems = document.errors.map(({ code, message, pos }) => ({
        message: syntaxMessage(code, message, text, pos[0]),
        ...at(lines, pos[0]),
      }));
      return { ok: false, problems: limit(problems) };
    }
    const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (data === null || data === undefined) {
      return one('the text is empty, expected a map with order0, title and machine');
    }
    const locate = (problem: FieldProblem): Problem => ({
      message: problem.message,
      ...at(lines, offsetOf(document, problem)),
    });
    return { ok: true, data, locate };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const unset = /^Unresolved alias .*: (.*)$/.exec(reason)?.[1];
    if (unset !== undefined) {
      const offset = Math.max(0, text.indexOf(`*${unset}`));
      const message = `the alias ${pathText([unset])} has no anchor before it, expected &NAME`;
      return { ok: false, problems: [{ message, ...at(lines, offset) }] };
    }
    if (/alias/i.test(reason)) return one(`${name}: expected at most ${MOST_ALIASES} aliases, met more`);
    return one(`${name}: not readable as YAML: ${firstLine(reason)}`);
  }
}

function one(message: string): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ message, line: 1, column: 1 }] };
}

function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function limit(problems: readonly Problem[]): Problem[] {
  if (problems.length <= MOST_PROBLEMS) return [...problems];
  const more = problems.length - MOST_PROBLEMS;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    { message: `and ${more} more problems`, ...place(problems[MOST_PROBLEMS]!) },
  ];
}

function place({ line, column }: Problem): { line?: number; column?: number } {
  return { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

function firstLine(message: string): string {
  const line = message.split(/[\n\r]/, 1)[0]!.slice(0, 160);
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function syntaxMessage(code: string, message: string, text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0]!;
  if (code === 'DUPLICATE_KEY') {
    return `duplicate key ${pathText([/^\s*(?:- )?([^:]*)/.exec(line)![1]!])}, expected it once`;
  }
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(line)) return 'a tab in the indentation, expected spaces';
  if (code === 'MULTIPLE_DOCS') return 'a second document, expected one scenario in the file';
  return firstLine(message);
}

/** Flow collections nest by brackets, block ones by indentation of at least one column a level. */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) {
      if (++open > DEEPEST) return true;
    } else if ((c === 0x5d || c === 0x7d) && open > 0) open--;
  }
  return new RegExp(`^(?:[ ]{${DEEPEST * 4},}|(?:- ?){${DEEPEST},})\\S`, 'm').test(text);
}

/** Offset of the value or key a problem is about; of the nearest map around it where it is missing. */
function offsetOf(document: Document.Parsed, { path, atKey }: FieldProblem): number {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  for (const [depth, key] of path.entries()) {
    if (!isCollection(node)) return offset;
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      const keyAt = rangeOf(pair.key) ?? offset;
      if (last && atKey) return keyAt;
      offset = rangeOf(pair.value) ?? keyAt;
      node = pair.value;
    } else {
      node = node.get(key, true);
      offset = rangeOf(node) ?? offset;
    }
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

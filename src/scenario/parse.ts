/** Scenario text to a checked scenario, or to problems with line and column. Bad input never throws. */
import { type Document, isCollection, isMap, isNode, isScalar } from 'yaml';
import { type FieldProblem, MOST_PROBLEMS, type Problem } from './problem.ts';
import type { Scenario } from './schema.ts';
import { validateScenario } from './validate.ts';
import type { Warning } from './warning.ts';
import { scenarioWarnings } from './warnings.ts';
import { at, readYaml } from './yaml.ts';

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a scenario file (YAML 1.2; JSON is YAML). */
export function parseScenario(text: string): ParsedScenario {
  const read = readData(text);
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
export function readData(text: string): ReadData {
  const read = readYaml(text);
  if (!read.ok) return { ok: false, problems: limit(read.problems) };
  const { data, document, lines } = read;
  if (data === null || data === undefined) {
    const message = 'the text is empty, expected a map with order0, title and machine';
    return { ok: false, problems: [{ message, line: 1, column: 1 }] };
  }
  const locate = (problem: FieldProblem): Problem => ({
    message: problem.message,
    ...at(lines, offsetOf(document, problem)),
  });
  return { ok: true, data, locate };
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

/** A scenario's text as an editor sees it: its problems with places and fields, and its data as far as they can be read. */

import { readData } from './parse.ts';
import { type FieldProblem, MOST_PROBLEMS, type Problem } from './problem.ts';
import type { Scenario } from './schema.ts';
import { validateScenario } from './validate.ts';
import type { Warning } from './warning.ts';
import { scenarioWarnings } from './warnings.ts';

export interface TextProblem extends Problem {
  /** The field it is at; empty where the text is no YAML. */
  readonly path: FieldProblem['path'];
}

export interface CheckedText {
  readonly problems: readonly TextProblem[];
  readonly warnings: readonly Warning[];
  /** Plain data of the text, or null where it is no YAML. */
  readonly data: unknown;
  /** The scenario, or null where there are problems. */
  readonly scenario: Scenario | null;
}

/** Checks a text as `order0 run` would; never throws. */
export function checkText(text: string): CheckedText {
  const read = readData(text);
  if (!read.ok) {
    const problems = read.problems.map((problem) => ({ ...problem, path: [] }));
    return { problems, warnings: [], data: null, scenario: null };
  }
  const checked = validateScenario(read.data);
  if (!checked.ok) {
    const problems = checked.problems
      .slice(0, MOST_PROBLEMS)
      .map((problem) => ({ ...read.locate(problem), path: problem.path }));
    return { problems, warnings: [], data: read.data, scenario: null };
  }
  const { scenario } = checked;
  return { problems: [], warnings: scenarioWarnings(scenario), data: read.data, scenario };
}

/** An input that cannot be opened or a request that cannot be met, as lines a person can act on. */
import type { Problem } from './protocol.ts';

/** Thrown where a request ends with problems in its reply; never for a broken promise of the program's own. */
export class InputError extends Error {
  readonly problems: readonly Problem[];
  /** Name of the file the problems are in, where they are in one. */
  readonly file: string | null;

  constructor(problems: readonly Problem[], file: string | null = null) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.problems = problems;
    this.file = file;
  }
}

/** An {@link InputError} of one line. */
export function inputError(message: string): InputError {
  return new InputError([{ message }]);
}

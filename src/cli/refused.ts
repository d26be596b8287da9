/** What is wrong with an input, as lines on stderr. */
import type { InputError } from '../worker/problems.ts';
import type { Problem } from '../worker/protocol.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';

/** One line a problem. @returns the exit code */
export function refused(error: InputError, io: Io): ExitCode {
  for (const problem of error.problems) io.err(problemLine(problem, error.file));
  return EXIT.input;
}

/** `file:line:column: message`, as far as they are known. */
export function problemLine({ message, line, column }: Problem, file: string | null): string {
  const at = [file, line, column].filter((part) => part !== null && part !== undefined).join(':');
  return at === '' ? message : `${at}: ${message}`;
}

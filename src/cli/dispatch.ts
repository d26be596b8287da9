/** Finds the command of a call and turns what it throws into lines on stderr and an exit code. */
import { InputError } from '../worker/problems.ts';
import type { Problem } from '../worker/protocol.ts';
import { tellOf } from './commands/help.ts';
import { commands } from './commands/index.ts';
import { type Command, EXIT, type ExitCode, type Io, UsageError } from './io.ts';

/** Runs `order0 ARGS`. @returns the exit code */
export async function order0(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name = 'help', ...rest] = args;
  const asked = name === '--help' || name === '-h' ? 'help' : name;
  const command = commands.find((candidate) => candidate.name === asked);
  if (!command) {
    io.err(
      `order0: there is no command "${name}", expected one of ${commands.map((c) => c.name).join(', ')}`,
    );
    io.err('usage: order0 COMMAND [ARGS]; order0 help lists them');
    return EXIT.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) return tellOf(command, io);
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) return misused(command, error, io);
    if (error instanceof InputError) return refused(error, io);
    throw error;
  }
}

function misused(command: Command, error: UsageError, io: Io): ExitCode {
  io.err(`order0 ${command.name}: ${error.message}`);
  io.err(`usage: order0 ${command.name} ${command.usage}`);
  return EXIT.usage;
}

function refused(error: InputError, io: Io): ExitCode {
  for (const problem of error.problems) io.err(problemLine(problem, error.file));
  return EXIT.input;
}

/** `file:line:column: message`, as far as they are known. */
export function problemLine({ message, line, column }: Problem, file: string | null): string {
  const at = [file, line, column].filter((part) => part !== null && part !== undefined).join(':');
  return at === '' ? message : `${at}: ${message}`;
}

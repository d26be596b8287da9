/** Finds the command of a call and turns what it throws into lines on stderr and an exit code. */
import { InputError } from '../worker/problems.ts';
import { tellOf } from './commands/help.ts';
import { commands } from './commands/index.ts';
import { type Command, EXIT, type ExitCode, type Io, UsageError } from './io.ts';
import { printable, printableLine } from './printable.ts';
import { refused } from './refused.ts';

/** Runs `order0 ARGS`. @returns the exit code */
export async function order0(args: readonly string[], door: Io): Promise<ExitCode> {
  const io: Io = {
    ...door,
    out: (text) => door.out(printable(text)),
    err: (line) => door.err(printableLine(line)),
    file: door.file ?? door.out,
  };
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

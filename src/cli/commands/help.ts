import { type Command, EXIT, type ExitCode, type Io } from '../io.ts';
import { oneOf, readOptions } from '../options.ts';

/** `order0 help`, listing the given commands. */
export function helpOf(commands: readonly Command[]): Command {
  return {
    name: 'help',
    usage: '[COMMAND]',
    summary: 'Lists the commands, or tells of one.',
    run(args, io) {
      const [asked] = readOptions(args, {}, 1).positionals;
      if (asked !== undefined) {
        const names = commands.map(({ name }) => name);
        const name = oneOf(asked, 'COMMAND', names);
        return tellOf(commands.find((command) => command.name === name)!, io);
      }
      const lines = commands.map(
        ({ name, usage, summary }) => `  order0 ${`${name} ${usage}`.trimEnd()}\n      ${summary}\n`,
      );
      io.out(`usage: order0 COMMAND [ARGS]\n\n${lines.join('')}\n${REMARKS}`);
      return EXIT.ok;
    },
  };
}

/** What `order0 COMMAND --help` prints. */
export function tellOf({ name, usage, summary }: Command, io: Io): ExitCode {
  io.out(`usage: order0 ${name} ${usage}\n${summary}\n`);
  return EXIT.ok;
}

const REMARKS =
  'SCENARIO is a file, preset:ID or a share link; a file called - is standard input. --set changes any field by its path: --set machine.pages=2048.\n' +
  'With --json stdout is one JSON document; order0 schema NAME describes it.\n' +
  'Exit: 0 done, 1 the scenario or input is bad, 2 wrong usage.\n';

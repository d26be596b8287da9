import { type Command, EXIT } from '../io.ts';

/** `order0 help`, listing the given commands. */
export function helpOf(commands: readonly Command[]): Command {
  return {
    name: 'help',
    usage: '',
    summary: 'Lists the commands.',
    run(_args, io) {
      const lines = commands.map(
        ({ name, usage, summary }) => `  order0 ${`${name} ${usage}`.trimEnd()}\n      ${summary}\n`,
      );
      io.out(`usage: order0 COMMAND [ARGS]\n\n${lines.join('')}\n${REMARKS}`);
      return EXIT.ok;
    },
  };
}

const REMARKS =
  'SCENARIO is a file, preset:ID or a share link. --set changes any field by its path: --set machine.pages=2048.\n' +
  'With --json stdout is one JSON document; order0 schema NAME describes it.\n' +
  'Exit: 0 done, 1 the scenario or input is bad, 2 wrong usage.\n';

import { type Command, EXIT } from '../io.ts';
import { commands } from './index.ts';

/** `order0 help` */
export const help: Command = {
  name: 'help',
  usage: '',
  summary: 'Lists the commands.',
  run(_args, io) {
    io.out('usage: order0 COMMAND [ARGS]\n\n');
    for (const { name, usage, summary } of commands) {
      io.out(`  order0 ${`${name} ${usage}`.trimEnd()}\n      ${summary}\n`);
    }
    io.out(
      '\nSCENARIO is a file, preset:ID or a share link. --set changes any field by its path: --set machine.pages=2048.\n' +
        'With --json stdout is one JSON document; order0 schema NAME describes it.\n' +
        'Exit: 0 done, 1 the scenario or input is bad, 2 wrong usage.\n',
    );
    return EXIT.ok;
  },
};

import { SHIPPED } from '../../experiment/shipped.ts';
import { writeSeeds, writeSweep } from '../../scenario/experiment-choice.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { readOptions } from '../options.ts';
import { table } from '../table.ts';

/** `order0 experiments` */
export const experiments: Command = {
  name: 'experiments',
  usage: '[--json]',
  summary: 'The experiments that come with the program; order0 compare experiment:ID runs one.',
  run(args, io) {
    const { values } = readOptions(args, { json: { type: 'boolean' } }, 0);
    const list = SHIPPED.map(({ choice, ...rest }) => ({
      ...rest,
      policies: choice.policies,
      seeds: writeSeeds(choice.seeds),
      sets: choice.sets,
      sweeps: choice.sweeps.map(writeSweep),
    }));
    if (values.json) printJson(io, list);
    else io.out(table(list.map(({ id, title, preset }) => [id, title, `preset:${preset}`])));
    return EXIT.ok;
  },
};

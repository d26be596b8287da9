import { type Command, EXIT, printJson } from '../io.ts';
import { oneOf, readOptions, required } from '../options.ts';
import { SCHEMAS } from '../schemas/index.ts';

const NAMES = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

/** `order0 schema` */
export const schema: Command = {
  name: 'schema',
  usage: NAMES.join('|'),
  summary: 'The JSON Schema of a document.',
  run(args, io) {
    const { positionals } = readOptions(args, {}, 1);
    printJson(io, SCHEMAS[oneOf(required(positionals[0], 'NAME'), 'NAME', NAMES)]());
    return EXIT.ok;
  },
};

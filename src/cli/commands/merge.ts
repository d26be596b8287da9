import { documentText } from '../../experiment/document.ts';
import { mergeShards, readShard, ShardError } from '../../experiment/shards.ts';
import { inputError } from '../../worker/problems.ts';
import { compareText } from '../compare/compare-text.ts';
import { type Command, EXIT } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { readText } from '../scenario-input.ts';

/** `order0 merge` */
export const merge: Command = {
  name: 'merge',
  usage: 'FILE... [--all] [--json]',
  summary: 'Shards of compare, in any order, as the call without --shard would have printed it.',
  run(args, io) {
    const options = { all: { type: 'boolean' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = readOptions(args, options, Number.POSITIVE_INFINITY);
    required(positionals[0], 'FILE');
    try {
      const shards = positionals.map((name) => ({ name, shard: readShard(readText(name), name) }));
      const document = mergeShards(shards);
      const json = values.json || shards.every(({ shard }) => shard.json);
      io.out(json ? documentText(document) : compareText(document, values.all ?? false));
      return EXIT.ok;
    } catch (error) {
      if (error instanceof ShardError) throw inputError(error.message);
      throw error;
    }
  },
};

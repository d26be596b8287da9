import { listPresets } from '../../scenario/presets.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { readOptions } from '../options.ts';
import { readPresetFiles } from '../preset-files.ts';
import { table } from '../table.ts';

/** `order0 presets` */
export const presets: Command = {
  name: 'presets',
  usage: '[--json]',
  summary: 'Ids, titles and one line each.',
  run(args, io) {
    const { values } = readOptions(args, { json: { type: 'boolean' } }, 0);
    const list = listPresets(readPresetFiles());
    if (values.json) printJson(io, list);
    else io.out(table(list.map(({ id, title, summary }) => [id, title, firstSentence(summary)])));
    return EXIT.ok;
  },
};

function firstSentence(text: string): string {
  return /^.*?[.?](?= |$)/s.exec(text.replace(/\s+/g, ' '))?.[0] ?? text;
}

import { readLink, writeLink } from '../../worker/links.ts';
import { needOf } from '../../worker/recording-need.ts';
import { checkedScenario, presetText } from '../../worker/sources.ts';
import { type Command, EXIT, type Io } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { readPresetFiles } from '../preset-files.ts';
import { readText, recordingLine } from '../scenario-input.ts';

/** Where `npm start` serves the page. */
const LOCAL_PAGE = 'http://localhost:4173/';

/** `order0 share` */
export const share: Command = {
  name: 'share',
  usage: 'FILE [--base URL]',
  summary: `The link that holds a scenario file; --base is the page's address, ${LOCAL_PAGE} if not given.`,
  run(args, io) {
    const { values, positionals } = readOptions(args, { base: { type: 'string' } }, 1);
    const file = required(positionals[0], 'FILE');
    const text = readText(file);
    const need = needOf(checkedScenario(text, file));
    if (need !== null) io.err(recordingLine(file, need));
    const { url, warning } = writeLink({ text }, values.base ?? LOCAL_PAGE);
    if (warning !== null) io.err(`warning: ${warning}`);
    io.out(`${url}\n`);
    return EXIT.ok;
  },
};

/** `order0 unshare` */
export const unshare: Command = {
  name: 'unshare',
  usage: 'URL',
  summary: 'The scenario text of a link; what else the link says goes to stderr.',
  run(args, io) {
    const { positionals } = readOptions(args, {}, 1);
    const presets = readPresetFiles();
    const { link, warnings } = readLink(required(positionals[0], 'URL'), presets);
    for (const warning of warnings) io.err(`warning: ${warning}`);
    tellRest(link, io);
    const text = link.text ?? presetText(link.preset ?? '', presets);
    const need = needOf(checkedScenario(text, 'link'));
    if (need !== null) io.err(recordingLine('the link', need));
    (io.file ?? io.out)(text);
    return EXIT.ok;
  },
};

function tellRest(link: ReturnType<typeof readLink>['link'], io: Io): void {
  const { preset, policy, seed, step, event, edits = [] } = link;
  if (preset !== undefined) io.err(`the link is of preset ${preset}`);
  if (policy !== undefined) io.err(`the link sets policy ${policy}`);
  if (seed !== undefined) io.err(`the link sets seed ${seed}`);
  if (step !== undefined) io.err(`the link opens at step ${step}${event ? `, event ${event}` : ''}`);
  for (const { at, operation } of edits) io.err(`the link edits step ${at}: ${JSON.stringify(operation)}`);
}

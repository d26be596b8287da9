import { checkedScenario } from '../../worker/sources.ts';
import { inputError } from '../../worker/problems.ts';
import { encodeLink } from '../../scenario/links/codec.ts';
import { type Command, EXIT } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { isLink, readPreset, readText } from '../scenario-input.ts';
import { linkState } from '../../worker/links.ts';

/** Where `npm start` serves the page. */
const LOCAL_PAGE = 'http://localhost:4173/';

/** `order0 share` */
export const share: Command = {
  name: 'share',
  usage: 'FILE [--base URL]',
  summary: `The link that holds a scenario file; --base is the page's address, default ${LOCAL_PAGE}.`,
  run(args, io) {
    const { values, positionals } = readOptions(args, { base: { type: 'string' } }, 1);
    const file = required(positionals[0], 'FILE');
    const text = readText(file);
    checkedScenario(text, file);
    const { url, warning } = encode(text, values.base ?? LOCAL_PAGE);
    if (warning !== null) io.err(`warning: ${warning}`);
    io.out(`${url}\n`);
    return EXIT.ok;
  },
};

function encode(text: string, base: string): ReturnType<typeof encodeLink> {
  try {
    return encodeLink({ text }, base);
  } catch (error) {
    throw inputError(error instanceof Error ? error.message : String(error));
  }
}

/** `order0 unshare` */
export const unshare: Command = {
  name: 'unshare',
  usage: 'URL',
  summary: 'The scenario text a link holds.',
  run(args, io) {
    const { positionals } = readOptions(args, {}, 1);
    const url = required(positionals[0], 'URL');
    if (!isLink(url)) throw inputError(`"${url.slice(0, 60)}" is no link: expected a fragment that begins #v=1&`);
    const link = linkState(url);
    const text = link.text ?? readPreset(link.preset ?? '');
    if (text === null) throw inputError(`no preset is called "${link.preset}"`);
    const { edits = [], policy, seed, step } = link;
    if (policy !== undefined) io.err(`the link sets policy ${policy}`);
    if (seed !== undefined) io.err(`the link sets seed ${seed}`);
    if (step !== undefined) io.err(`the link opens at step ${step}`);
    for (const edit of edits) io.err(`the link does ${JSON.stringify(edit.operation)} at step ${edit.at}`);
    io.out(text);
    return EXIT.ok;
  },
};

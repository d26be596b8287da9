/** What a file or a pasted text seems to be, by its first bytes: told while it is chosen, before it is read. */
import { optionInTheWay } from '../kernel-text/ftrace.ts';
import { binaryAdvice } from './binary.ts';
import { inflateText } from './gzip.ts';

export type Recognised =
  | 'empty'
  | 'link'
  | 'scenario'
  | 'ftrace'
  | 'trace-cmd'
  | 'perf'
  | 'option'
  | 'proc'
  | 'html'
  | 'binary'
  | 'text';

export interface Recognition {
  readonly kind: Recognised;
  /** A phrase for people: what it is, and where it cannot be opened what to do. */
  readonly words: string;
  /** Whether opening it can succeed. */
  readonly opens: boolean;
}

/** Bytes of a file worth looking at. */
export const HEAD_BYTES = 16_384;

const PLAIN: Readonly<
  Record<Exclude<Recognised, 'binary' | 'option'>, readonly [words: string, opens: boolean]>
> = {
  empty: ['empty', false],
  link: ['a link', true],
  scenario: ['a scenario', true],
  ftrace: ['an ftrace recording', true],
  'trace-cmd': ['a recording printed by trace-cmd report', true],
  perf: ['a recording printed by perf script', true],
  proc: ['text of /proc, not a recording of events', false],
  html: ['an HTML page: save the file itself, not the page that shows it', false],
  text: ['text that is no scenario, link or recording known here', false],
};

/** Names a file by its first bytes, gzip or plain. Never throws. */
export function recognise(head: Uint8Array): Recognition {
  if (head.length === 0) return plain('empty', false);
  const advice = binaryAdvice(head);
  if (advice !== null) return { kind: 'binary', words: advice, opens: false };
  let text = '';
  const { compressed } = inflateText(
    head,
    (chunk) => {
      text += chunk;
      return true;
    },
    { maxTextBytes: HEAD_BYTES },
  );
  if (compressed && text === '') {
    return { kind: 'binary', words: 'gzip that is damaged from its start', opens: false };
  }
  const option = optionInTheWay(text);
  if (option !== null) return { kind: 'option', words: `an ftrace recording ${option.words}`, opens: false };
  if (isBinary(text)) return { kind: 'binary', words: 'bytes that are no text', opens: false };
  return plain(kindOfText(text), compressed);
}

function plain(kind: keyof typeof PLAIN, compressed: boolean): Recognition {
  const [words, opens] = PLAIN[kind];
  return { kind, words: compressed ? `${words}, compressed by gzip` : words, opens };
}

/** Control characters and undecodable bytes in more than one of fifty characters. */
function isBinary(text: string): boolean {
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13)) odd++;
  }
  return odd * 50 > text.length;
}

function kindOfText(text: string): keyof typeof PLAIN {
  if (text.trim() === '') return 'empty';
  if (/^\s*(?:https?:\/\/\S+)?#v=\d+&\S*\s*$/.test(text)) return 'link';
  if (/^(?:#[^\n]*\n|\s)*(?:[{]|["']?order0["']?\s*:)/.test(text)) return 'scenario';
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(text)) return 'html';
  if (/\bkmem:mm_page_\w+:/.test(text)) return 'perf';
  if (/^(?:cpus=\d+|version = \d+)\s*$/m.test(text)) return 'trace-cmd';
  if (/^# tracer:|\[\d+\]\s.*\d: mm_\w+:\s/m.test(text)) return 'ftrace';
  if (/^Node \d+, zone|^slabinfo - version|^pgalloc_normal |^MemTotal:/m.test(text)) return 'proc';
  return 'text';
}

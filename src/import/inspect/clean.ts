/** Pasted text without what logs, terminals and mail put around the kernel's own lines. */

import { count, plural } from '../../base/text.ts';
import { plainCharacters, withNewlines, withoutMarkup } from './characters.ts';
import { rejoinCut } from './hard-wraps.ts';
import { withoutMargins } from './margins.ts';

/** Prefixes, outermost first; each is taken off once. */
const PREFIXES: readonly RegExp[] = [
  // quoted mail and markdown
  /^(?:>\s?)+/,
  // syslog and journald: `May 14 19:38:13 host kernel: `
  /^(?:<\d{1,3}>)?\p{L}{3,4}\.? +\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \S+ (?:(?:kernel|klogd|dmesg|kmsg)(?:\[\d+\])?:? ?|(?=\[ *\d+\.\d+\]))/u,
  // the same with an ISO time
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\S* \S+ (?:kernel|klogd|dmesg)(?:\[\d+\])?: ?/,
  /^kernel: ?/,
  // dmesg -T: `[Di Aug 12 03:54:03 2025] `
  /^(?:<\d{1,3}>)?\[[^\][]*\d{2}:\d{2}:\d{2}[^\][]*\] ?/,
  // printk level, time, and the caller id of CONFIG_PRINTK_CALLER
  /^(?:<\d{1,3}>)?(?:\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? ?)?/,
];

/** Lines that are read: a whole dmesg has some ten thousand. */
const MOST_LINES = 100_000;
/** Characters of a line that are read: the kernel's own lines end at 1,024, `Modules linked in` aside. */
const MOST_LINE = 4096;

/**
 * The lines of a text, each without its prefixes; code fences become blank lines, so that numbers stay.
 * @param warnings takes what was too long to be read
 */
export function cleanLines(text: string, warnings: string[]): string[] {
  const lines = withNewlines(withoutMarkup(text)).split(/\r+\n|\n|\r/, MOST_LINES + 1);
  if (lines.length > MOST_LINES) {
    lines.length = MOST_LINES;
    warnings.push(`only the first ${count(MOST_LINES)} lines were read`);
  }
  const long = lines.filter(({ length }) => length > MOST_LINE).length;
  if (long > 0) warnings.push(`${plural(long, 'line')} read up to ${count(MOST_LINE)} characters`);
  const plain = lines.map((line) => {
    const kept = plainCharacters(line.slice(0, MOST_LINE));
    return /^\s*(?:```|~~~)/.test(kept) ? '' : kept;
  });
  const bare = withoutMargins(plain.map(withoutPrefixes)).map(withoutPrefixes);
  const measured = bare.map((line, i) => ({ text: line, width: plain[i]!.length }));
  return rejoinCut(measured, warnings).map((line) => withCommas(line).trimEnd());
}

function withoutPrefixes(line: string): string {
  let rest = line;
  for (const prefix of PREFIXES) rest = rest.replace(prefix, '');
  return rest;
}

/** `Node 0, zone DMA, type Movable` where the commas were lost. */
function withCommas(line: string): string {
  return line.replace(/\bNode\s+(\d{1,9}),?(\s+zone\s+\w+)(?:,?(\s+type\s))?/, (_, node, zone, type) =>
    type === undefined ? `Node ${node},${zone}` : `Node ${node},${zone},${type}`,
  );
}

/** `[<ffffffff8156c4d0>] ? __fget_light+0x1a0/0x1e0` and ` ? func+0x1/0x2 [module]`: stack lines, registers, code. */
const STACK =
  /(?:\[<[0-9a-f]{8,16}>\](?: \?)?|(?:^|\s)\?)?\s*[\w.]{1,200}\+0x[0-9a-f]{1,16}\/0x[0-9a-f]+(?: \[\w+\])?|<\/?(?:IRQ|EOI|TASK|NMI|EOE)>|\bR[A-Z0-9]{1,2}: [0-9a-f:]+(?: EFLAGS: [0-9a-f]+)?/g;

/** The line without what another report wrote into it. */
export function withoutStack(line: string): string {
  if (!/\+0x|<|R\w{1,2}:/.test(line)) return line;
  return line.replace(STACK, ' ');
}

/** Longest row that goes on in another line, in characters: 32 orders take no more. */
const MOST_JOINED = 400;

/** Lines that go on in another line where they were wrapped, and what such a line looks like. */
const WRAPS: readonly (readonly [begins: RegExp, goesOn: RegExp])[] = [
  // a zone's row of counts or indices
  [/\bNode\s+\d+,.*\bzone\b.*(?:[\d.]|\w)\s*$/, /^\s*-?\d[\d\s.>-]*$/],
  [/\bNode\s+\d+,.*\bzone\s+\w+,?\s*$/, /^\s*type\s+\w+[\d\s>]*$/],
  // pagetypeinfo's heads
  [/^\s*Number of (?:mixed blocks|blocks type)\b/, /^\s*(?:[A-Z][A-Za-z]+\s*)+$/],
  [/^\s*Free pages count per migrate type\b/, /^\s*(?:(?:at|order)\s*)*[\d\s]*$/],
  // slabinfo: a row is whole with its three figures of slabdata
  [/^\s*#\s*name\b(?!.*<sharedavail>)/, /^\s*[<:]|^\s*(?:tunables|slabdata)\b/],
  [
    /^\s*[^\s#<]\S*\s+\d+(?!.*\bslabdata\s+\d+\s+\d+\s+\d+)/,
    /^\s*(?:\d+\s*)*(?:: (?:tunables|slabdata)|:\s*$|tunables|slabdata)|^\s*\d+(?:\s+\d+)*(?:\s+:.*)?$/,
  ],
];

/** Joins what was wrapped: a line that begins as no line of the kernel's does goes on the line before. */
export function joinWrapped(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const wraps =
      last !== undefined &&
      line !== '' &&
      last.length < MOST_JOINED &&
      line.length < MOST_JOINED &&
      WRAPS.some(([begins, goesOn]) => goesOn.test(line) && begins.test(last));
    if (wraps) joined[joined.length - 1] = `${last.trimEnd()} ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
}

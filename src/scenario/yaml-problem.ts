/** The YAML library's errors in the project's words: what is there, and what was expected. */
import type { YAMLParseError } from 'yaml';
import { pathText, show } from './problem.ts';

/** One line for an error of the parser in `text`. */
export function syntaxMessage({ code, message, pos: [offset] }: YAMLParseError, text: string): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0]!;
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(line)) return 'a tab in the indentation, expected spaces';
  switch (code) {
    case 'DUPLICATE_KEY':
      return `duplicate key ${pathText([keyAt(text.slice(offset, offset + 200))])}, expected it once`;
    case 'MULTIPLE_DOCS':
      return 'a second document, expected one scenario in the file';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second ": " in one value, expected quotes around a text that has one, and the keys of a map in the same column';
    case 'BAD_INDENT':
      if (/end with a [\]}]/.test(message)) return missing(message);
      return 'a line set in by another amount than its neighbours, expected the keys of a map or the entries of a list in the same column';
    case 'MISSING_CHAR':
      return missing(message);
    case 'BAD_SCALAR_START':
      return `a text that begins with ${text.charAt(offset)}, expected quotes around it`;
    case 'BAD_DQ_ESCAPE':
      return `the escape ${text.slice(offset, offset + 2)} is unknown, expected \\\\ for a backslash`;
    case 'NON_STRING_KEY':
      return 'a key that is no word, expected a name';
    case 'BLOCK_IN_FLOW':
      return 'a comma is missing, expected one between two entries';
    case 'KEY_OVER_1024_CHARS':
      return 'a key of more than 1,024 characters, expected a name';
    case 'UNEXPECTED_TOKEN':
      return `${show(line.slice(0, 80).trim())} does not fit here, expected NAME: VALUE, or - before an entry of a list`;
    default:
      return firstLine(message);
  }
}

/** The first line of what the library says, in lower case as all messages are. */
export function firstLine(message: string): string {
  const line = message.split(/[\n\r]/, 1)[0]!.slice(0, 160);
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function missing(message: string): string {
  const quote = /Missing closing (["'])/.exec(message)?.[1];
  if (quote !== undefined) return `a text in quotes does not end, expected a closing ${quote}`;
  const bracket = /end with a ([\]}])/.exec(message)?.[1];
  if (bracket !== undefined) return `a bracket is left open, expected a closing ${bracket}`;
  if (/between flow/.test(message))
    return 'something is missing between two entries, expected a comma or a colon';
  return 'a key without a value, expected NAME: VALUE';
}

/** The key that stands at the start of `text`, without its quotes. */
function keyAt(text: string): string {
  const [, double, single, plain] = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^:\n]*))/.exec(text) ?? [];
  return double ?? single ?? (plain ?? '').trim();
}

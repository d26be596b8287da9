/**
 * What comes from people's files, made harmless for a terminal: a title may hold an escape sequence that clears the
 * screen. Such characters are written as JSON writes them, so a JSON document stays the one it was.
 */

/** Control characters but newline and tab, and those that turn the direction of writing. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text for a terminal, newlines kept. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** The same in one line. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, escaped);
}

/** Characters that web pages, editors and terminals put in place of the kernel's own: turned back, or taken out. */

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

/** HTML's entities and the tags of text in lines; left alone where a text has neither. */
export function withoutMarkup(text: string): string {
  const plain = text.replace(
    /<\/?(?:br|p|pre|code|div|span|tt|font|b|i|td|tr|li)(?:[ \t][^<>\n]{0,200})?\/?>/gi,
    '',
  );
  if (!/&(?:nbsp|lt|gt|quot|apos|amp|#x?[0-9a-f]{1,6});/i.test(plain)) return plain;
  return plain.replace(/&(?:([a-z]{2,4})|#(\d{1,6})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A text in one line with its newlines written out, as JSON and shells quote it, is several lines again. */
export function withNewlines(text: string): string {
  const lines = text.split('\n', 3).length;
  const written = text.match(/\\n(?=\S| )/g)?.length ?? 0;
  if (lines >= 3 || written === 0) return text;
  return text
    .replace(/^\s*"|"\s*$/g, '')
    .replace(/(?:\\r)?\\n/g, '\n')
    .replace(/\\t/g, '\t');
}

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
/** Colours and titles of terminals, also where the escape character became `^[` or was lost. */
const TERMINAL = [
  new RegExp(`${ESC}\\][^${BEL}${ESC}]{0,200}(?:${BEL}|${ESC}\\\\)`, 'g'),
  new RegExp(`(?:${ESC}|\\^\\[)\\[[0-9;?]*[A-Za-z]`, 'g'),
  /\[\d{0,2}(?:;\d{1,2})*m(?:\[K)?|\[K/g,
];

/** The line in the kernel's own characters. */
export function plainCharacters(line: string): string {
  let plain = line;
  for (const sequence of TERMINAL) plain = plain.replace(sequence, '');
  return plain
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
    .replace(/\uff0c/g, ',')
    .replace(/\uff1a/g, ':');
}

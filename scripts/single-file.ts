import { singleFilePolicy } from './csp.ts';

/** The parts of the page that go into one file. */
export interface Parts {
  /** One classic script, without imports. */
  readonly script: string;
  readonly style: string;
  /** The icon as SVG text. */
  readonly icon: string;
}

/**
 * One HTML file out of a page and its parts, under a policy that allows exactly those. The script goes
 * to the end of the body, since an inline classic script runs where it stands.
 * Throws where the page still refers to another file.
 */
export function singleFile(page: string, { script, style, icon }: Parts): string {
  const safeScript = escapeScript(script);
  // The parser turns CR into LF, and the hash would no longer fit.
  if (/\r/.test(safeScript + style)) throw new Error('single file: a raw carriage return in script or style');
  if (/<\/style/i.test(style)) throw new Error('single file: the style sheet closes its own element');
  const bare = page.replace(/[ \t]*<(?:script|link)\b[^>]*>(?:\s*<\/script>)?\n?/g, '');
  const iconUrl = `data:image/svg+xml;base64,${Buffer.from(icon, 'utf8').toString('base64')}`;
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${singleFilePolicy(safeScript, style)}" />`,
    `<link rel="icon" href="${iconUrl}" />`,
    `<style>${style}</style>`,
  ];
  // Functions as replacements: the texts may hold `$&`.
  const file = insertBefore(
    // After the charset, which has to stand in the first 1,024 bytes.
    insertAfter(bare, '<meta charset="utf-8" />', head.join('\n')),
    '</body>',
    `<script>${safeScript}</script>\n`,
  );
  const outside = /\b(?:src|href)="(?!data:|#)[^"]*"/.exec(bare);
  if (outside !== null) throw new Error(`single file: the page still refers to ${outside[0]}`);
  return file;
}

/** Keeps the HTML parser inside the script element: it ends at `</script` and changes state at `<!--`. Both stand only in strings, where `\x3c` is `<`. */
function escapeScript(script: string): string {
  return script.replace(/<(?=\/script|!--|script)/gi, '\\x3c').trim();
}

function insertAfter(text: string, mark: string, what: string): string {
  return splice(text, mark, `${mark}\n${what}`);
}

function insertBefore(text: string, mark: string, what: string): string {
  return splice(text, mark, `${what}${mark}`);
}

function splice(text: string, mark: string, replacement: string): string {
  if (text.split(mark).length !== 2) throw new Error(`single file: expected one ${mark} in the page`);
  return text.replace(mark, () => replacement);
}

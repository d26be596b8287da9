/** What mail, web pages, editors, terminals and people do to a file's lines, the numbers left as they are. */

type Paste = (lines: readonly string[], file: string) => string[];

const escaped = (line: string) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Cut at the last space before the width, as mail programs do. */
function wrapped(width: number): Paste {
  return (lines) =>
    lines.flatMap((line) => {
      const out: string[] = [];
      let rest = line;
      while (rest.length > width && rest.lastIndexOf(' ', width) > 0) {
        const at = rest.lastIndexOf(' ', width);
        out.push(rest.slice(0, at));
        rest = rest.slice(at + 1);
      }
      return [...out, rest];
    });
}

/** Cut at the width wherever it falls, as terminals do. */
export function cut(width: number): Paste {
  return (lines) => lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']);
}

const each =
  (change: (line: string, i: number) => string): Paste =>
  (lines) =>
    lines.map(change);

/** Ways that change the lines themselves; they come before what is put around them. */
export const INSIDE: Readonly<Record<string, Paste>> = {
  nothing: (lines) => [...lines],
  'wrapped at 72': wrapped(72),
  'wrapped at 80': wrapped(80),
  ...Object.fromEntries([60, 64, 72, 80, 100, 132].map((width) => [`cut at ${width}`, cut(width)])),
  'spaces turned to tabs': each((line) => line.replace(/ {2,}/g, '\t')),
  'single spaces': each((line) => line.replace(/[ \t]+/g, ' ')),
  'indentation lost': each((line) => line.trim()),
  'commas lost': each((line) => line.replace(/(\d|zone\s+\w+),/g, '$1')),
  'typographic dashes and commas': each((line) => line.replace(/-/g, '\u2013').replace(/,/g, '\uff0c')),
  'no-break spaces': each((line) => line.replace(/ /g, '\u00a0')),
  'zero-width spaces': each((line) => line.replace(/ /g, ' \u200b')),
  colours: each((line) => `\u001b[32m${line.replace(/(\d+)/g, '\u001b[1m$1\u001b[0m')}\u001b[K`),
  'colours whose escape was lost': each((line) => line.replace(/(Node|nr_\w+)/g, '[01;31m[K$1[m[K')),
  'blank lines between': (lines) => lines.flatMap((line) => [line, '']),
};

/** Ways that put something before, around or behind the lines. */
export const AROUND: Readonly<Record<string, Paste>> = {
  nothing: (lines) => [...lines],
  'quoted mail': each((line) => `> ${line}`),
  'mail quoted with initials': each((line) => `MG> ${line}`),
  'dmesg times': each((line, i) => `[ ${(12 + i / 100).toFixed(6)}] ${line}`),
  'times of a day': each((line) => `19:03:12 ${line}`),
  'syslog times': each((line) => `Nov 24 19:03:12 ${line}`),
  'iso times': each((line) => `2026-11-24T19:03:12.123456+01:00 ${line}`),
  'syslog of the kernel': each((line) => `Nov 24 19:03:12 host kernel: ${line}`),
  'line numbers of an editor': each((line, i) => `${String(i + 1).padStart(4)}  ${line}`),
  'line numbers of cat -n': each((line, i) => `${String(i + 1).padStart(6)}\t${line}`),
  'names of grep': (lines, file) => lines.map((line) => `/proc/${file}:${line}`),
  'marks of a diff': each((line) => `+${line}`),
  'marks of a list': each((line) => `* ${line}`),
  'bars of a table': each((line) => `| ${line}`),
  'strings of a program': each((line) => `"${line}\\n"`),
  'one line of JSON': (lines) => [`"${lines.join('\\n')}\\n"`],
  'HTML entities': each((line) => escaped(line).replace(/ /g, '&nbsp;')),
  'HTML lines': each((line) => `${escaped(line)}<br>`),
  'HTML code': (lines) => [`<pre><code>${escaped(lines.join('\n'))}`, '</code></pre>'],
  'a fence': (lines) => ['Here it is:', '', '```text', ...lines, '```'],
  'a prompt': (lines, file) => [`root@host:~# cat /proc/${file}`, ...lines, 'root@host:~# '],
  watch: (lines, file) => [`Every 2.0s: cat /proc/${file}    host: Tue Nov 24 19:03:12 2026`, '', ...lines],
  'a signature': (lines) => [...lines, '-- ', 'Bob'],
  'a byte order mark': (lines) => lines.map((line, i) => (i === 0 ? `\ufeff${line}` : line)),
  'carriage returns': each((line) => `${line}\r`),
  indentation: each((line) => `    ${line}`),
};

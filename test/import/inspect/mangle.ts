/** Texts as the kernel prints them in a log, and what people's tools make of them; all from a seed. */

export interface LoggedZone {
  readonly node: number;
  readonly zone: string;
  readonly freeByOrder: readonly number[];
}

/** A small generator, so that a case can be named by its seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export function randomZones(seed: number): LoggedZone[] {
  const next = seeded(seed);
  return ['DMA', 'DMA32', 'Normal'].map((zone) => ({
    node: 0,
    zone,
    freeByOrder: Array.from({ length: 11 }, () => next(next(2) === 0 ? 3 : 4000)),
  }));
}

const pages = ({ freeByOrder }: LoggedZone) => freeByOrder.reduce((sum, n, order) => sum + n * 2 ** order, 0);

/** show_free_areas of 2.6.9, 2.6.24 and 6.12, the lines that speak of zones. */
export function memInfo(
  zones: readonly LoggedZone[],
  era: '2.6.9' | '2.6.24' | '6.12',
  pageKb = 4,
): string[] {
  const kb = (n: number) => `${n * pageKb}kB`;
  const name = ({ node, zone }: LoggedZone) => (era === '2.6.9' ? zone : `Node ${node} ${zone}`);
  const types = (n: number) => (era === '6.12' && n > 0 ? ' (UME)' : '');
  return [
    era === '2.6.9' ? 'Mem-info:' : 'Mem-Info:',
    ...zones.flatMap((z) => [
      `${name(z)} free:${kb(pages(z))} min:${kb(16)} low:${kb(32)} high:${kb(48)} present:${kb(2 * pages(z))}`,
      era === '2.6.9' ? 'protections[]: 0 0 0' : 'lowmem_reserve[]: 0 0 0',
    ]),
    ...zones.map((z) => {
      const cells = z.freeByOrder.map((n, order) => `${n}*${pageKb * 2 ** order}kB${types(n)} `);
      return `${name(z)}: ${cells.join('')}= ${kb(pages(z))}`;
    }),
    '4711 total pagecache pages',
  ];
}

type Mangler = (lines: readonly string[], next: (below: number) => number) => string[];

const stamp = (i: number) => `[${String(52217 + i / 1000).padStart(12)}]`;

/** Each leaves the numbers as they are. */
export const MANGLERS: Readonly<Record<string, Mangler>> = {
  dmesg: (lines) => lines.map((line, i) => `${stamp(i)} ${line}`),
  'dmesg with levels and callers': (lines) => lines.map((line, i) => `<4>${stamp(i)}[    T1] ${line}`),
  'dmesg -T': (lines) => lines.map((line) => `[Tue Aug 12 03:54:03 2025] ${line}`),
  syslog: (lines) => lines.map((line, i) => `May  4 19:38:13 my-host kernel: ${stamp(i)} ${line}`),
  journald: (lines) => lines.map((line) => `Nov 15 17:08:06 host kernel: ${line}`),
  'iso journal': (lines) => lines.map((line) => `2025-08-12T03:54:03+0200 host kernel: ${line}`),
  'quoted mail': (lines) => lines.map((line) => `> > ${line}`),
  markdown: (lines) => ['Here it is:', '```', ...lines, '```'],
  'carriage returns': (lines) => lines.map((line) => `${line}\r`),
  'single spaces': (lines) => lines.map((line) => line.replace(/ +/g, ' ')),
  'stars turned to underscores': (lines) => lines.map((line) => line.replace(/(\d)\*(\d)/g, '$1_$2')),
  'stack lines between': (lines, next) =>
    lines.flatMap((line, i) =>
      next(2) === 0
        ? [line]
        : [
            line,
            `${stamp(i)}  ? find_held_lock+0x${next(99)}/0x1d0`,
            ' [<ffffffff8156c4d0>] ? __fget+0x1a0/0x1e0',
          ],
    ),
  'wrapped at 72': (lines) => lines.flatMap(wrap),
  'cut at 72': (lines) => lines.flatMap((line) => cut(line, 72)),
  'cut at 80': (lines) => lines.flatMap((line) => cut(line, 80)),
  'dmesg cut at 80': (lines) => lines.flatMap((line, i) => cut(`${stamp(i)} ${line}`, 80)),
  'syslog cut at 132': (lines) =>
    lines.flatMap((line) => cut(`May  4 19:38:13 my-host kernel: ${line}`, 132)),
};

function wrap(line: string): string[] {
  const out: string[] = [];
  let rest = line;
  while (rest.length > 72 && rest.lastIndexOf(' ', 72) > 0) {
    const at = rest.lastIndexOf(' ', 72);
    out.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...out, rest];
}

/** As a terminal does, wherever it falls. */
const cut = (line: string, width: number) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''];

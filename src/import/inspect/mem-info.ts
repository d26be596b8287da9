/**
 * The `Mem-Info` block of an OOM report, an allocation failure or SysRq-M, of any age: `show_free_areas`, mm/page_alloc.c
 * (2.6.3 to 6.x, mm/show_mem.c today). Free blocks are printed as `Node 0 DMA: 1*4kB (U) 0*8kB ... = 15904kB`; sizes
 * start at the page size. Two CPUs may print at once: a count goes to the row that waits for its size.
 */
import { plural } from '../../base/text.ts';
import { withoutStack } from './clean.ts';

/** Free blocks of one zone; a cut row has fewer counts. */
export interface BlocksRow {
  readonly node: number;
  readonly zone: string;
  readonly freeByOrder: readonly number[];
  /** No `= NkB` followed, or it does not add up. */
  readonly cut: boolean;
}

/** `DMA free:1348kB min:16kB ...`, in pages. */
export interface ZoneFigures {
  readonly node: number;
  readonly zone: string;
  readonly free: number | null;
  readonly min: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly present: number | null;
  readonly managed: number | null;
}

export interface MemInfo {
  readonly rows: BlocksRow[];
  readonly zones: ZoneFigures[];
  /** Kilobytes; 4 where the text does not tell. */
  readonly pageKb: number;
  readonly warnings: string[];
}

const ZONE = 'DMA32|DMA|Normal|HighMem|Movable|Device';
const TOKEN = new RegExp(
  String.raw`(?:Node\s+(?<node>\d+)\s+)?\b(?<zone>${ZONE}):(?!\d)|(?<count>\d{1,15})\\?[*_x×](?<size>\d{1,9})\s?kB|=\s*(?<total>\d{1,15})\s?kB`,
  'g',
);
const FIGURES = new RegExp(
  String.raw`(?:Node\s+(\d+)\s+)?\b(${ZONE})\s+free:\s*(\d+)kB((?:(?!(?:Node\s+\d+\s+)?\b(?:${ZONE})\s+free:)[\s\S]){0,900})`,
  'g',
);

/** Rows looked at for one that waits for a count: a zone each of every node that prints at once. */
const MOST_OPEN = 64;

interface OpenRow {
  readonly node: number;
  /** Null where the row's beginning was cut off. */
  readonly zone: string | null;
  readonly counts: { size: number; count: number }[];
  touched: number;
  done: boolean;
  adds: boolean;
}

/** Reads every block of a text's cleaned lines. */
export function readMemInfo(lines: readonly string[]): MemInfo {
  const text = lines.map(withoutStack).join(' ');
  const rows = readRows(text);
  const pageKb = smallestSize(rows) ?? 4;
  const warnings: string[] = [];
  const complete: BlocksRow[] = [];
  for (const row of rows) {
    if (row.zone === null) {
      warnings.push(
        `${row.counts.length} block counts stand without their zone's name; text cut at its start?`,
      );
    } else complete.push(blocksOf(row, row.zone, warnings));
  }
  return { rows: complete, zones: readFigures(text, pageKb), pageKb, warnings };
}

function smallestSize(rows: readonly OpenRow[]): number | null {
  let least: number | null = null;
  for (const { counts } of rows) for (const { size } of counts) least = Math.min(size, least ?? size);
  return least;
}

function readRows(text: string): OpenRow[] {
  const rows: OpenRow[] = [];
  let clock = 0;
  for (const match of text.matchAll(TOKEN)) {
    const { node, zone, count, size, total } = match.groups!;
    clock++;
    if (zone !== undefined) {
      rows.push({ node: Number(node ?? 0), zone, counts: [], touched: clock, done: false, adds: false });
    } else if (size !== undefined) {
      let row = rowFor(rows, Number(size));
      if (row === null) {
        row = { node: 0, zone: null, counts: [], touched: clock, done: false, adds: false };
        rows.push(row);
      }
      row.counts.push({ size: Number(size), count: Number(count) });
      row.touched = clock;
    } else if (total !== undefined) finish(rows, Number(total));
  }
  return rows.filter(({ counts }) => counts.length > 0);
}

/** Rows that may still be open: two CPUs print at once, no more than that. */
function recent(rows: readonly OpenRow[]): readonly OpenRow[] {
  return rows.slice(-MOST_OPEN);
}

/** The open row that waits for this size; else the newest that has nothing yet. */
function rowFor(rows: readonly OpenRow[], size: number): OpenRow | null {
  let best: OpenRow | null = null;
  for (const row of recent(rows)) {
    const last = row.counts.at(-1);
    if (row.done || last === undefined || last.size * 2 !== size) continue;
    if (best === null || row.touched > best.touched) best = row;
  }
  return best ?? recent(rows).findLast(({ done, counts }) => !done && counts.length === 0) ?? null;
}

/** `= NkB` ends the row that adds up to it; else the one that grew last, whose blocks do not add up. */
function finish(rows: readonly OpenRow[], total: number): void {
  const open = recent(rows).filter(({ done, counts }) => !done && counts.length > 1);
  const exact = open.find(({ counts }) => kilobytes(counts) === total);
  const last =
    exact ?? open.reduce<OpenRow | undefined>((a, b) => (a && a.touched > b.touched ? a : b), undefined);
  if (last === undefined) return;
  last.done = true;
  last.adds = exact !== undefined;
}

function kilobytes(counts: OpenRow['counts']): number {
  return counts.reduce((sum, { size, count }) => sum + size * count, 0);
}

function blocksOf(row: OpenRow, zone: string, warnings: string[]): BlocksRow {
  const where = `node ${row.node} zone ${zone}`;
  if (!row.done)
    warnings.push(`${where}: the row of blocks ends after ${plural(row.counts.length, 'order')}; text cut?`);
  else if (!row.adds)
    warnings.push(`${where}: the blocks do not add up to the total beside them; text mangled?`);
  return { node: row.node, zone, freeByOrder: row.counts.map(({ count }) => count), cut: !row.adds };
}

function readFigures(text: string, pageKb: number): ZoneFigures[] {
  return [...text.matchAll(FIGURES)].map(([, node, zone, free, rest]) => {
    const pages = (key: string) => {
      const found = new RegExp(String.raw`\b${key}:\s*(\d+)kB`).exec(rest!);
      return found ? Math.floor(Number(found[1]) / pageKb) : null;
    };
    return {
      node: Number(node ?? 0),
      zone: zone!,
      free: Math.floor(Number(free) / pageKb),
      min: pages('min'),
      low: pages('low'),
      high: pages('high'),
      present: pages('present'),
      managed: pages('managed'),
    };
  });
}

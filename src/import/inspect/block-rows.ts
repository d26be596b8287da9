/** Rows of /proc/buddyinfo as tools and forums show them: with or without commas, `zone`, and their spacing. */

import { plural } from '../../base/text.ts';
export interface BlockRow {
  readonly node: number;
  readonly zone: string;
  readonly freeByOrder: readonly number[];
  /** As many orders as the longest row, and nothing unread behind them. */
  readonly whole: boolean;
}

const ROW =
  /\bNode\s+(\d{1,9}),?\s+(?:zone\s+)?(DMA32|DMA|Normal|HighMem|Movable|Device|[A-Z]\w*)((?:\s+\d{1,15}(?![\d.]))+)(.*)$/;

/** @param withTypes the text is a pagetypeinfo, whose block counts by type look like rows; they are passed over */
export function readBlockRows(
  lines: readonly string[],
  withTypes: boolean,
): { zones: BlockRow[]; warnings: string[] } {
  const warnings: string[] = [];
  const found: { node: number; zone: string; counts: number[]; rest: string }[] = [];
  let inTypes = false;
  lines.forEach((line, index) => {
    if (/Number of (?:mixed )?blocks/.test(line)) inTypes = true;
    else if (!/\bNode\s+\d/.test(line) && line.trim() !== '') inTypes = false;
    const row = inTypes && withTypes ? null : ROW.exec(line);
    if (row === null) return;
    const rest = row[4]!.trim();
    if (rest !== '') warnings.push(`line ${index + 1}: "${rest.slice(0, 40)}" after the counts was not read`);
    found.push({
      node: Number(row[1]),
      zone: row[2]!,
      counts: row[3]!.trim().split(/\s+/).map(Number),
      rest,
    });
  });
  const orders = Math.max(0, ...found.map(({ counts }) => counts.length));
  const zones = found.map(({ node, zone, counts, rest }) => {
    const whole = counts.length === orders && rest === '' && orders > 1;
    if (!whole && (rest === '' || counts.length < orders)) {
      warnings.push(
        `node ${node} zone ${zone}: ${plural(counts.length, 'order')} where others have ${orders}; row cut?`,
      );
    }
    return { node, zone, freeByOrder: counts, whole };
  });
  return { zones, warnings };
}

/** Cuts a line of the kernel's text into pieces, those that stand for an order marked. The pieces join to the line. */

export interface Piece {
  readonly text: string;
  /** The order a count or an index is of. */
  readonly order?: number;
}

/** Rows with a cell an order: buddyinfo, the free rows of pagetypeinfo, the two indices. */
const ROW = /^(Node +\d+, zone +\S+(?:, type +\S+)?)((?: +[>\d.-]+)+ ?\n?)$/;
const HEADER = /^(Free pages count per migrate type at order)((?: +\d+)+ ?\n?)$/;

/** @param byOrder whether the file has such rows */
export function piecesOf(line: string, byOrder: boolean): Piece[] {
  const row = byOrder ? (ROW.exec(line) ?? HEADER.exec(line)) : null;
  if (row === null) return [{ text: line }];
  const cells = row[2]!.match(/ *[>\d.-]+/g) ?? [];
  const used = cells.reduce((length, cell) => length + cell.length, 0);
  return [
    { text: row[1]! },
    ...cells.map((text, order) => ({ text, order })),
    { text: row[2]!.slice(used) },
  ].filter(({ text }) => text !== '');
}

/** Lines with their line breaks. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

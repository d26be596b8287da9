/** Rows of the two files under debugfs extfrag/: a zone a line, an index an order, in thousandths. */

export interface IndexZone {
  node: number;
  zone: string;
  /** Thousandths, by order. */
  index: number[];
}

export interface IndexText {
  zones: IndexZone[];
  warnings: string[];
}

/** "Node %d, zone %8s " and a cell an order, each with its trailing space. */
export function printIndexRows(zones: readonly IndexZone[], cell: (index: number) => string): string {
  return zones
    .map(
      ({ node, zone, index }) =>
        `Node ${node}, zone ${zone.padStart(8)} ${index.map((value) => `${cell(value)} `).join('')}\n`,
    )
    .join('');
}

/** C's "%d.%03d" of the quotient and the remainder, which keeps its own sign: −500 is "0.-500", −1000 is "-1.000". */
export function thousandthsInC(index: number): string {
  const whole = Math.trunc(index / 1000);
  const rest = index % 1000;
  const digits = rest < 0 ? `-${String(-rest).padStart(2, '0')}` : String(rest).padStart(3, '0');
  return `${whole}.${digits}`;
}

const ROW = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+)((?:\s+-?\d{1,3}\.-?\d{1,3})+)(.*)$/;

/** Reads every row it finds. */
export function parseIndexRows(text: string): IndexText {
  const zones: IndexZone[] = [];
  const warnings: string[] = [];
  text.split('\n').forEach((line, at) => {
    const row = ROW.exec(line.trimEnd());
    if (row === null) return;
    zones.push({ node: Number(row[1]), zone: row[2]!, index: row[3]!.trim().split(/\s+/).map(fromC) });
    if (row[4] !== '') warnings.push(`line ${at + 1}: "${row[4]!.trim().slice(0, 40)}" was not read`);
  });
  const orders = Math.max(0, ...zones.map((z) => z.index.length));
  for (const { node, zone, index } of zones) {
    if (index.length < orders) {
      warnings.push(
        `node ${node} zone ${zone}: ${index.length} orders where others have ${orders}; row cut?`,
      );
    }
  }
  return { zones, warnings };
}

function fromC(cell: string): number {
  const [whole, rest] = cell.split('.') as [string, string];
  return Number(whole) * 1000 + Number(rest);
}

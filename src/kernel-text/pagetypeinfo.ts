/**
 * /proc/pagetypeinfo: free blocks by migratetype and order, and pageblocks by migratetype.
 * `pagetypeinfo_show` and its helpers, mm/vmstat.c, 2.6.24 to 6.12. The whole text is repeated for each node.
 */

export interface FreeOfType {
  node: number;
  zone: string;
  /** As printed; 2.6.24 and 2.6.25 had no name for the fifth and print `<NULL>`. */
  type: string;
  freeByOrder: number[];
  /** Orders whose count is at least what is printed: from 5.5 on the kernel stops counting at 100,000 and prints `>`. */
  capped: number[];
}

export interface BlocksOfZone {
  node: number;
  zone: string;
  /** By type, in the order of {@link PagetypeinfoNode.types}. */
  counts: number[];
}

/** The text of one node. */
export interface PagetypeinfoNode {
  /** Null where the text does not say. */
  pageblockOrder: number | null;
  pagesPerBlock: number | null;
  /** Columns of the block tables. */
  types: string[];
  free: FreeOfType[];
  blocks: BlocksOfZone[];
  /** `Number of mixed blocks`, with page_owner=on; null where there is no such table. */
  mixed: BlocksOfZone[] | null;
}

export interface Pagetypeinfo {
  nodes: PagetypeinfoNode[];
  warnings: string[];
}

/** The kernel's text, trailing spaces included. */
export function printPagetypeinfo(nodes: readonly PagetypeinfoNode[]): string {
  return nodes.map(printNode).join('');
}

function printNode(node: PagetypeinfoNode): string {
  const orders = Math.max(0, ...node.free.map((row) => row.freeByOrder.length));
  const numbers = Array.from({ length: orders }, (_, order) => `${String(order).padStart(6)} `).join('');
  const blocks = (title: string, rows: readonly BlocksOfZone[]) =>
    `\n${title.padEnd(23)}${node.types.map((type) => `${type.padStart(12)} `).join('')}\n${rows.map(printBlocks).join('')}`;
  return [
    node.pageblockOrder === null ? '' : `Page block order: ${node.pageblockOrder}\n`,
    node.pagesPerBlock === null ? '' : `Pages per block:  ${node.pagesPerBlock}\n\n`,
    `${'Free pages count per migrate type at order'.padEnd(43)} ${numbers}\n`,
    ...node.free.map(printFree),
    blocks('Number of blocks type ', node.blocks),
    node.mixed === null ? '' : blocks('Number of mixed blocks ', node.mixed),
  ].join('');
}

function printFree({ node, zone, type, freeByOrder, capped }: FreeOfType): string {
  const counts = freeByOrder.map(
    (n, order) => `${capped.includes(order) ? '>' : ''}${String(n).padStart(6)} `,
  );
  return `Node ${String(node).padStart(4)}, zone ${zone.padStart(8)}, type ${type.padStart(12)} ${counts.join('')}\n`;
}

function printBlocks({ node, zone, counts }: BlocksOfZone): string {
  return `Node ${node}, zone ${zone.padStart(8)} ${counts.map((n) => `${String(n).padStart(12)} `).join('')}\n`;
}

const FREE = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+),\s*type\s+(\S+)((?:\s+>?\s*\d{1,15})+)\s*(.*)$/;
const BLOCKS = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+)((?:\s+\d{1,15})+)\s*$/;
const TYPES = /Number of (blocks type|mixed blocks)\s+(.*)$/;

/** Reads every table it finds; columns are told apart by white space, types by the header row. */
export function parsePagetypeinfo(text: string): Pagetypeinfo {
  const nodes: PagetypeinfoNode[] = [];
  const warnings: string[] = [];
  let table: 'free' | 'blocks' | 'mixed' = 'free';
  const current = (fresh = false): PagetypeinfoNode => {
    if (fresh || nodes.length === 0) nodes.push(emptyNode());
    return nodes.at(-1)!;
  };
  text.split('\n').forEach((line, index) => {
    const order = /Page block order:\s*(\d+)/.exec(line);
    const pages = /Pages per block:\s*(\d+)/.exec(line);
    const types = TYPES.exec(line);
    const free = FREE.exec(line);
    if (order) {
      table = 'free';
      current(true).pageblockOrder = Number(order[1]);
    } else if (pages) current().pagesPerBlock = Number(pages[1]);
    else if (types) {
      table = types[1] === 'mixed blocks' ? 'mixed' : 'blocks';
      const node = current();
      node.types = types[2]!.trim().split(/\s+/);
      if (table === 'mixed') node.mixed = [];
    } else if (free) {
      current(table !== 'free').free.push(freeRow(free));
      table = 'free';
      if (free[5] !== '') warnings.push(`line ${index + 1}: "${free[5]!.slice(0, 40)}" was not read`);
    } else if (table !== 'free') {
      const row = BLOCKS.exec(line);
      if (row) blocksOf(current(), table).push(blocksRow(row));
    }
  });
  for (const node of nodes) warnings.push(...missing(node));
  return { nodes, warnings };
}

function emptyNode(): PagetypeinfoNode {
  return { pageblockOrder: null, pagesPerBlock: null, types: [], free: [], blocks: [], mixed: null };
}

function blocksOf(node: PagetypeinfoNode, table: 'blocks' | 'mixed'): BlocksOfZone[] {
  if (table === 'blocks') return node.blocks;
  node.mixed ??= [];
  return node.mixed;
}

function freeRow(row: RegExpExecArray): FreeOfType {
  const cells = row[4]!.match(/>?\s*\d+/g) ?? [];
  return {
    node: Number(row[1]),
    zone: row[2]!,
    type: row[3]!,
    freeByOrder: cells.map((cell) => Number(cell.replace('>', ''))),
    capped: cells.flatMap((cell, i) => (cell.startsWith('>') ? [i] : [])),
  };
}

function blocksRow(row: RegExpExecArray): BlocksOfZone {
  return { node: Number(row[1]), zone: row[2]!, counts: row[3]!.trim().split(/\s+/).map(Number) };
}

/** What a table lacks that the kernel would have printed. */
function missing({ types, free, blocks }: PagetypeinfoNode): string[] {
  const found: string[] = [];
  const orders = Math.max(0, ...free.map((row) => row.freeByOrder.length));
  for (const { node, zone, type, freeByOrder } of free) {
    if (freeByOrder.length < orders) {
      found.push(
        `node ${node} zone ${zone} type ${type}: ${freeByOrder.length} orders where others have ${orders}; row cut?`,
      );
    }
  }
  for (const { node, zone, counts } of blocks) {
    if (counts.length < types.length) {
      found.push(
        `node ${node} zone ${zone}: ${counts.length} block counts for ${types.length} types; row cut?`,
      );
    }
  }
  if (free.length === 0) found.push('no row of free pages: only the block counts are there');
  if (blocks.length === 0) found.push('no "Number of blocks type" table; text cut?');
  return found;
}

/** Free blocks of each zone over all types: what /proc/buddyinfo prints. */
export function sumTypes(
  nodes: readonly PagetypeinfoNode[],
): { node: number; zone: string; freeByOrder: number[] }[] {
  const sums = new Map<string, { node: number; zone: string; freeByOrder: number[] }>();
  for (const { node, zone, freeByOrder } of nodes.flatMap((one) => one.free)) {
    const key = `${node} ${zone}`;
    const sum = sums.get(key) ?? { node, zone, freeByOrder: [] };
    freeByOrder.forEach((n, order) => {
      sum.freeByOrder[order] = (sum.freeByOrder[order] ?? 0) + n;
    });
    sums.set(key, sum);
  }
  return [...sums.values()];
}

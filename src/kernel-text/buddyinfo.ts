/**
 * /proc/buddyinfo: free blocks by order, a zone a line.
 * `frag_show_print`, mm/vmstat.c: "Node %d, zone %8s " then "%6lu " for each order (2.6.9 to 6.12).
 */

export interface BuddyinfoZone {
  node: number;
  zone: string;
  /** Free blocks of 2^index pages; as many entries as the kernel has orders. */
  freeByOrder: number[];
}

export interface Buddyinfo {
  zones: BuddyinfoZone[];
  warnings: string[];
}

/** The kernel's text, a trailing space on every line as the kernel prints it. */
export function printBuddyinfo(zones: readonly BuddyinfoZone[]): string {
  return zones
    .map(({ node, zone, freeByOrder }) => {
      const counts = freeByOrder.map((n) => `${String(n).padStart(6)} `).join('');
      return `Node ${node}, zone ${zone.padStart(8)} ${counts}\n`;
    })
    .join('');
}

const ROW = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+)((?:\s+\d{1,15})+)(.*)$/;

/**
 * Reads every row it finds; other lines are passed over. Columns are told apart by white space alone and may be
 * any number. A row that ends in something else, or is shorter than its neighbours, is kept and warned about.
 */
export function parseBuddyinfo(text: string): Buddyinfo {
  const zones: BuddyinfoZone[] = [];
  const warnings: string[] = [];
  text.split('\n').forEach((line, index) => {
    const row = ROW.exec(line.trimEnd());
    if (row === null) return;
    zones.push({ node: Number(row[1]), zone: row[2]!, freeByOrder: row[3]!.trim().split(/\s+/).map(Number) });
    if (row[4] !== '') {
      warnings.push(
        `line ${index + 1}: "${row[4]!.trim().slice(0, 40)}" after the counts of ${row[2]} was not read`,
      );
    }
  });
  const orders = Math.max(0, ...zones.map((z) => z.freeByOrder.length));
  for (const { node, zone, freeByOrder } of zones) {
    if (freeByOrder.length < orders) {
      warnings.push(
        `node ${node} zone ${zone}: ${freeByOrder.length} orders where others have ${orders}; row cut?`,
      );
    }
  }
  return { zones, warnings };
}

export interface BuddyinfoDifference {
  /** Sum over zones and orders of |ours - theirs|, in blocks. */
  difference: number;
  /** False where the two do not name the same zones, so that sums over all zones were compared. */
  byZone: boolean;
}

/** Compares two states of the same machine. Missing orders count as 0, empty zones may be missing. */
export function compareBuddyinfo(
  ours: readonly BuddyinfoZone[],
  theirs: readonly BuddyinfoZone[],
): BuddyinfoDifference {
  const a = populated(ours);
  const b = populated(theirs);
  const byZone = [...a.keys(), ...b.keys()].every((key) => namesZone(ours, key) && namesZone(theirs, key));
  if (!byZone) return { difference: distance(sum([...a.values()]), sum([...b.values()])), byZone };
  let difference = 0;
  for (const key of new Set([...a.keys(), ...b.keys()]))
    difference += distance(a.get(key) ?? [], b.get(key) ?? []);
  return { difference, byZone };
}

function keyOf(z: BuddyinfoZone): string {
  return `${z.node} ${z.zone}`;
}

function namesZone(zones: readonly BuddyinfoZone[], key: string): boolean {
  return zones.some((z) => keyOf(z) === key);
}

function populated(zones: readonly BuddyinfoZone[]): Map<string, number[]> {
  return new Map(zones.filter((z) => z.freeByOrder.some((n) => n > 0)).map((z) => [keyOf(z), z.freeByOrder]));
}

function sum(rows: number[][]): number[] {
  const orders = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: orders }, (_, k) => rows.reduce((total, row) => total + (row[k] ?? 0), 0));
}

function distance(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < Math.max(a.length, b.length); k++) total += Math.abs((a[k] ?? 0) - (b[k] ?? 0));
  return total;
}

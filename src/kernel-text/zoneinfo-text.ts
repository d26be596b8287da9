/**
 * /proc/zoneinfo line by line, as a record that prints back to the same bytes.
 * `zoneinfo_show_print`, mm/vmstat.c. 2.6.24: counters at indent 4 before `protection`, hot and cold pageset of each
 * CPU. Today (4.8 on): per-node counters in the first populated zone, counters at indent 6, after `protection` from
 * 4.14 on; an unpopulated zone stops there.
 */

export type Counter = readonly [key: string, value: number];

export interface Pageset {
  cpu: number;
  /** 0 hot, 1 cold: 2.6.24 only. */
  pcp: number | null;
  /** count, high, batch and what newer kernels add, as printed. */
  fields: Counter[];
  /** `vm stats threshold`, printed after a CPU's last pageset on SMP. */
  threshold: number | null;
}

export interface ZoneRecord {
  /** Null where the text starts inside the zone. */
  node: number | null;
  zone: string | null;
  /** `per-node stats`; empty but in the first populated zone of a node. */
  perNode: Counter[];
  /** free, boost, min, low, high, promo, scanned, spanned, present, managed, cma: those the kernel has, in its order. */
  sizes: Counter[];
  /** 2.6.24: `scanned N (a: N i: N)`. */
  scan: { active: number; inactive: number } | null;
  /** lowmem_reserve of each zone of the node. */
  protection: number[] | null;
  counters: Counter[];
  /** Spaces before a counter: 4 or 6. */
  indent: number;
  countersFirst: boolean;
  /** Null where the `pagesets` line is missing: an unpopulated zone today. */
  pagesets: Pageset[] | null;
  /** node_unreclaimable or all_unreclaimable, prev_priority, start_pfn. */
  tail: Counter[];
}

/** The kernel's text. */
export function printZoneRecords(zones: readonly ZoneRecord[]): string {
  return zones.map(printZone).join('');
}

function printZone(z: ZoneRecord): string {
  const counters = z.counters.map(([key, n]) => `${' '.repeat(z.indent)}${key.padEnd(12)} ${n}\n`).join('');
  const protection = z.protection === null ? '' : `        protection: (${z.protection.join(', ')})\n`;
  return [
    z.zone === null ? '' : `Node ${z.node ?? 0}, zone ${z.zone.padStart(8)}\n`,
    z.perNode.length === 0 ? '' : '  per-node stats\n',
    ...z.perNode.map(([key, n]) => `      ${key.padEnd(12)} ${n}\n`),
    ...z.sizes.map((size) => printSize(size, z.scan)),
    z.countersFirst ? counters + protection : protection + counters,
    z.pagesets === null ? '' : `  pagesets\n${z.pagesets.map(printPageset).join('')}`,
    printTail(z.tail),
  ].join('');
}

function printSize([key, n]: Counter, scan: ZoneRecord['scan']): string {
  if (key === 'free') return `  pages free     ${n}\n`;
  const detail = key === 'scanned' && scan ? ` (a: ${scan.active} i: ${scan.inactive})` : '';
  return `        ${key.padEnd(8)} ${n}${detail}\n`;
}

function printPageset({ cpu, pcp, fields, threshold }: Pageset): string {
  const width = Math.max(...fields.map(([key]) => key.length)) + 2;
  return [
    `    cpu: ${cpu}${pcp === null ? '' : ` pcp: ${pcp}`}\n`,
    ...fields.map(([key, n]) => `              ${`${key}:`.padEnd(width)}${n}\n`),
    threshold === null ? '' : `  vm stats threshold: ${threshold}\n`,
  ].join('');
}

function printTail(tail: readonly Counter[]): string {
  const width = tail.some(([key]) => key === 'node_unreclaimable') ? 21 : 19;
  return tail.map(([key, n]) => `  ${`${key}:`.padEnd(width)}${n}\n`).join('');
}

const SIZES = new Set('boost min low high promo scanned node_scanned spanned present managed cma'.split(' '));
const PAGESET_FIELDS = new Set('count low high batch high_min high_max'.split(' '));

/** Reads every zone it finds; lines it does not know are passed over. */
export function parseZoneRecords(text: string): ZoneRecord[] {
  const zones: ZoneRecord[] = [];
  let perNode = false;
  for (const line of text.split('\n')) {
    const header = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+)\s*$/.exec(line);
    if (header) {
      zones.push(emptyRecord(Number(header[1]), header[2]!));
      perNode = false;
      continue;
    }
    const free = /^\s*pages free\s+(\d{1,15})/.exec(line);
    if (free) {
      if (zones.length === 0) zones.push(emptyRecord(null, null));
      zones.at(-1)!.sizes.push(['free', Number(free[1])]);
      perNode = false;
      continue;
    }
    const zone = zones.at(-1);
    if (zone === undefined) continue;
    if (/^\s*per-node stats\s*$/.test(line)) perNode = true;
    else if (/^\s*pagesets\s*$/.test(line)) zone.pagesets ??= [];
    else readLine(line, zone, perNode);
  }
  return zones;
}

function emptyRecord(node: number | null, zone: string | null): ZoneRecord {
  return {
    node,
    zone,
    perNode: [],
    sizes: [],
    scan: null,
    protection: null,
    counters: [],
    indent: 6,
    countersFirst: false,
    pagesets: null,
    tail: [],
  };
}

function readLine(line: string, zone: ZoneRecord, perNode: boolean): void {
  const cpu = /^\s*cpu:\s*(\d{1,9})(?:\s+pcp:\s*(\d{1,9}))?\s*$/.exec(line);
  if (cpu) {
    zone.pagesets ??= [];
    zone.pagesets.push({
      cpu: Number(cpu[1]),
      pcp: cpu[2] ? Number(cpu[2]) : null,
      fields: [],
      threshold: null,
    });
    return;
  }
  const threshold = /^\s*vm stats threshold:\s*(\d{1,9})/.exec(line);
  const last = zone.pagesets?.at(-1);
  if (threshold) {
    if (last) last.threshold = Number(threshold[1]);
    return;
  }
  if (/^\s*protection:/.test(line)) {
    zone.protection = (line.match(/\d+/g) ?? []).map(Number);
    return;
  }
  const pair = /^(\s*)([a-z][a-z0-9_]*)(:?)\s+(-?\d{1,15})(?:\s+\(a:\s*(\d+)\s+i:\s*(\d+)\))?\s*$/.exec(line);
  if (pair) readPair(pair, zone, perNode);
}

function readPair(pair: RegExpExecArray, zone: ZoneRecord, perNode: boolean): void {
  const [, indent, key, colon, digits] = pair as unknown as [string, string, string, string, string];
  const entry: Counter = [key, Number(digits)];
  const last = zone.pagesets?.at(-1);
  if (colon !== '') {
    if (last && PAGESET_FIELDS.has(key)) last.fields.push(entry);
    else zone.tail.push(entry);
  } else if (perNode) zone.perNode.push(entry);
  else if (SIZES.has(key) && zone.protection === null && zone.counters.length === 0) {
    zone.sizes.push(entry);
    if (pair[5] !== undefined) zone.scan = { active: Number(pair[5]), inactive: Number(pair[6]) };
  } else {
    if (zone.counters.length === 0) {
      zone.indent = indent.length <= 4 ? 4 : 6;
      zone.countersFirst = zone.protection === null;
    }
    zone.counters.push(entry);
  }
}

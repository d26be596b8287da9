/**
 * /proc/zoneinfo: a zone's size, place, watermarks and per-CPU lists.
 * `zoneinfo_show_print`, mm/vmstat.c, 2.6.24 to 6.12: keys come and go over the versions, so each is looked for by name.
 */

export interface PerCpuPages {
  cpu: number;
  /** Pages on this CPU's lists; 2.6.2x printed hot and cold lists apart, here they are summed. */
  count: number;
  high: number | null;
  batch: number | null;
}

/** Pages throughout; null where the text does not say. */
export interface ZoneinfoZone {
  node: number | null;
  zone: string | null;
  free: number | null;
  min: number | null;
  low: number | null;
  high: number | null;
  spanned: number | null;
  present: number | null;
  managed: number | null;
  startPfn: number | null;
  /** lowmem_reserve, a figure for each zone of the node. */
  protection: number[];
  perCpu: PerCpuPages[];
}

export interface Zoneinfo {
  zones: ZoneinfoZone[];
  warnings: string[];
}

/** Reads every zone it finds. A text that starts or ends inside a zone gives that zone with what it has. */
export function parseZoneinfo(text: string): Zoneinfo {
  const zones: ZoneinfoZone[] = [];
  const warnings: string[] = [];
  let zone: ZoneinfoZone | null = null;
  for (const line of text.split('\n')) {
    const header = /\bNode\s+(\d{1,9}),\s*zone\s+([^\s,]+)\s*$/.exec(line);
    if (header !== null) {
      zone = emptyZone(Number(header[1]), header[2]!);
      zones.push(zone);
      continue;
    }
    if (zone === null && /^\s*pages free\s/.test(line)) {
      zone = emptyZone(null, null);
      zones.push(zone);
      warnings.push('the text starts inside a zone: its node and name are not known');
    }
    if (zone !== null) readZoneLine(line, zone);
  }
  for (const z of zones) {
    if (z.spanned === null)
      warnings.push(`node ${z.node ?? '?'} zone ${z.zone ?? '?'}: no "spanned" line; text cut?`);
  }
  return { zones, warnings };
}

function emptyZone(node: number | null, zone: string | null): ZoneinfoZone {
  const none = null;
  const sizes = { free: none, min: none, low: none, high: none, spanned: none, present: none, managed: none };
  return { node, zone, ...sizes, startPfn: null, protection: [], perCpu: [] };
}

const SIZE_KEYS = ['min', 'low', 'high', 'spanned', 'present', 'managed'] as const;
type SizeKey = (typeof SIZE_KEYS)[number];

/** Counters such as `nr_free_pages 5` and keys unknown here fall through. */
function readZoneLine(line: string, zone: ZoneinfoZone): void {
  const pair = /^\s*(pages free|[a-z_]+:?)\s+(\d{1,15}|\(.*\)?)/.exec(line);
  if (pair === null) return;
  const key = pair[1]!;
  const value = pair[2]!;
  if (key === 'pages free') zone.free = Number(value);
  else if (key === 'start_pfn:') zone.startPfn = Number(value);
  else if (key === 'protection:') zone.protection = (value.match(/\d+/g) ?? []).map(Number);
  else if ((SIZE_KEYS as readonly string[]).includes(key)) zone[key as SizeKey] = Number(value);
  else readPerCpuLine(key, Number(value), zone);
}

function readPerCpuLine(key: string, value: number, zone: ZoneinfoZone): void {
  if (key === 'cpu:') {
    if (zone.perCpu.at(-1)?.cpu !== value)
      zone.perCpu.push({ cpu: value, count: 0, high: null, batch: null });
    return;
  }
  const last = zone.perCpu.at(-1);
  if (last === undefined) return;
  if (key === 'count:') last.count += value;
  else if (key === 'high:') last.high ??= value;
  else if (key === 'batch:') last.batch ??= value;
}

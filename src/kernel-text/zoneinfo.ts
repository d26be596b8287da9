/**
 * /proc/zoneinfo: a zone's size, place, watermarks and per-CPU lists.
 * `zoneinfo_show_print`, mm/vmstat.c, 2.6.24 to 6.12: keys come and go over the versions, so each is looked for by name.
 */
import { type Counter, type Pageset, parseZoneRecords, type ZoneRecord } from './zoneinfo-text.ts';

export {
  type Counter,
  type Pageset,
  parseZoneRecords,
  printZoneRecords,
  type ZoneRecord,
} from './zoneinfo-text.ts';

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
  const records = parseZoneRecords(text);
  const zones = records.map(factsOf);
  const warnings: string[] = [];
  if (records.some((record) => record.zone === null)) {
    warnings.push('the text starts inside a zone: its node and name are not known');
  }
  for (const z of zones) {
    if (z.spanned === null)
      warnings.push(`node ${z.node ?? '?'} zone ${z.zone ?? '?'}: no "spanned" line; text cut?`);
  }
  return { zones, warnings };
}

function factsOf(record: ZoneRecord): ZoneinfoZone {
  const size = (key: string) => countOf(record.sizes, key);
  return {
    node: record.node,
    zone: record.zone,
    free: size('free'),
    min: size('min'),
    low: size('low'),
    high: size('high'),
    spanned: size('spanned'),
    present: size('present'),
    managed: size('managed'),
    startPfn: countOf(record.tail, 'start_pfn'),
    protection: record.protection ?? [],
    perCpu: perCpuOf(record.pagesets ?? []),
  };
}

function countOf(counters: readonly Counter[], key: string): number | null {
  return counters.find(([name]) => name === key)?.[1] ?? null;
}

function perCpuOf(pagesets: readonly Pageset[]): PerCpuPages[] {
  const cpus = new Map<number, PerCpuPages>();
  for (const { cpu, fields } of pagesets) {
    const sum = cpus.get(cpu) ?? { cpu, count: 0, high: null, batch: null };
    sum.count += countOf(fields, 'count') ?? 0;
    sum.high ??= countOf(fields, 'high');
    sum.batch ??= countOf(fields, 'batch');
    cpus.set(cpu, sum);
  }
  return [...cpus.values()];
}

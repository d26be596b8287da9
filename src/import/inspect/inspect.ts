/**
 * Finds out what a pasted kernel text is, by its content, and reads what it says of zones, free blocks and slabs.
 * Nothing here throws for a bad text: what cannot be read is left out and warned about.
 */

import { countByType } from '../../kernel-text/event-table.ts';
import { isExtfragIndex } from '../../kernel-text/extfrag-index.ts';
import { type FtraceText, hasTraceHeader, optionInTheWay, parseFtrace } from '../../kernel-text/ftrace.ts';
import { parseIndexRows } from '../../kernel-text/index-rows.ts';
import { parsePagetypeinfo, sumTypes } from '../../kernel-text/pagetypeinfo.ts';
import { parseSlabinfo } from '../../kernel-text/slabinfo.ts';
import { parseVmstat } from '../../kernel-text/vmstat.ts';
import { parseZoneinfo } from '../../kernel-text/zoneinfo.ts';
import { readBlockRows } from './block-rows.ts';
import { cleanLines, joinWrapped } from './clean.ts';
import { readMemInfo } from './mem-info.ts';
import type { InspectReport, InspectSlab, Kind } from './report.ts';
import { readSlabtop } from './slabtop.ts';
import { ZoneTable } from './zone-table.ts';

interface Findings {
  readonly kinds: Set<Kind>;
  readonly zones: ZoneTable;
  readonly slabs: InspectSlab[];
  readonly warnings: string[];
  counters: Record<string, number>;
}

/** @param file how the text is called in the report */
export function inspectText(text: string, file: string): InspectReport {
  if (looksLikeTrace(text)) return reportTrace(parseFtrace(text), file);
  const found: Findings = {
    kinds: new Set(),
    zones: new ZoneTable(),
    slabs: [],
    warnings: [],
    counters: {},
  };
  const lines = joinWrapped(cleanLines(text, found.warnings));
  const cleaned = lines.join('\n');
  readZoneFiles(cleaned, lines, found);
  readSlabs(cleaned, lines, found);
  readLogs(cleaned, lines, found);
  readIndices(lines, found);
  readCounters(cleaned, found);
  if (/Page allocated via order \d+, mask/.test(cleaned)) {
    found.kinds.add('page_owner');
    found.warnings.push('page_owner is recognised; its blocks are not listed here');
  }
  found.warnings.push(...found.zones.warnings);
  if (found.zones.repeats() > 1) {
    found.warnings.push(`${found.zones.repeats()} reports of the same zones: the last whole one is shown`);
  }
  if (found.kinds.size === 0) found.warnings.push(unreadTrace(text, found.kinds) ?? NOTHING);
  return {
    file,
    kinds: [...found.kinds],
    zones: found.zones.list(),
    slabs: found.slabs,
    counters: found.counters,
    events: null,
    warnings: found.warnings,
  };
}

const NOTHING =
  'nothing of the kernel was recognised: expected a file such as /proc/buddyinfo, a log with Mem-Info, or ftrace text';

/** What an ftrace text without an event to be read is, or null where it is none; adds its kind. */
function unreadTrace(text: string, kinds: Set<Kind>): string | null {
  const start = text.slice(0, TRACE_SAMPLE);
  const option = optionInTheWay(start);
  if (option === null && !hasTraceHeader(start)) return null;
  kinds.add('ftrace');
  return option?.words ?? 'no event in it: switch events on (events/kmem/enable) before recording';
}

/** Characters at the start that are looked at for events. */
export const TRACE_SAMPLE = 40_000;

function looksLikeTrace(text: string): boolean {
  return parseFtrace(text.slice(0, TRACE_SAMPLE)).table.length > 0;
}

/** What a trace holds. */
export function reportTrace({ table, skipped, notes }: FtraceText, file: string): InspectReport {
  const lost = Object.values(skipped).reduce((sum, n) => sum + n, 0);
  const warnings = notes.lossNotices > 0 ? [`${notes.lossNotices} gaps in the recording`] : [];
  const byType = countByType(table);
  return {
    file,
    kinds: ['ftrace'],
    zones: [],
    slabs: [],
    counters: {},
    events: { read: table.length + lost, byType, skipped },
    warnings,
  };
}

function readZoneFiles(
  cleaned: string,
  lines: readonly string[],
  { kinds, zones, warnings }: Findings,
): void {
  const types = parsePagetypeinfo(cleaned);
  if (types.nodes.some(({ free, blocks }) => free.length + blocks.length > 0)) {
    kinds.add('pagetypeinfo');
    warnings.push(...types.warnings);
    const capped = types.nodes.some(({ free }) => free.some((row) => row.capped.length > 0));
    if (capped) warnings.push('counts with > are at least what is printed: the kernel stops at 100,000');
    const cut = types.warnings.some((warning) => warning.includes('orders where'));
    for (const { node, zone, freeByOrder } of sumTypes(types.nodes))
      zones.blocks(node, zone, freeByOrder, !cut);
  }
  const rows = readBlockRows(lines, kinds.has('pagetypeinfo'));
  if (rows.zones.length > 0) kinds.add('buddyinfo');
  warnings.push(...rows.warnings);
  for (const { node, zone, freeByOrder, whole } of rows.zones) zones.blocks(node, zone, freeByOrder, whole);
  const facts = parseZoneinfo(cleaned);
  if (facts.zones.some(({ free }) => free !== null)) {
    kinds.add('zoneinfo');
    warnings.push(...facts.warnings);
    for (const { node, zone, free, min, low, high, present, managed } of facts.zones) {
      zones.figures(node ?? 0, zone ?? '?', { free, min, low, high, present, managed });
    }
  }
}

function readSlabs(cleaned: string, lines: readonly string[], { kinds, slabs, warnings }: Findings): void {
  const slabinfo = parseSlabinfo(cleaned);
  if (slabinfo.caches.length > 0 || slabinfo.version !== null) kinds.add('slabinfo');
  if (slabinfo.caches.length > 0 && slabinfo.version === null) {
    warnings.push('slabinfo without its first line: the rows may be a part of the file');
  }
  warnings.push(...slabinfo.warnings);
  for (const c of slabinfo.caches) {
    const { name, activeObjs, numObjs, objSize, objPerSlab, pagesPerSlab, numSlabs } = c;
    slabs.push({ name, activeObjs, numObjs, objSize, objPerSlab, pagesPerSlab, numSlabs });
  }
  const top = readSlabtop(lines);
  if (top.length > 0) kinds.add('slabtop');
  slabs.push(...top);
}

const LOG_KINDS: readonly (readonly [Kind, RegExp])[] = [
  ['oom', /invoked oom-killer|Out of memory: |oom-kill:|Killed process \d+/],
  ['allocation-failure', /page allocation (?:failure|stall)/],
  ['sysrq-m', /SysRq\s*: Show Memory/i],
];

function readLogs(cleaned: string, lines: readonly string[], { kinds, zones, warnings }: Findings): void {
  const log = LOG_KINDS.filter(([, sign]) => sign.test(cleaned)).map(([kind]) => kind);
  const info = readMemInfo(lines);
  const named = /\bMem-[Ii]nfo:/.test(cleaned);
  if (named || info.rows.length > 0 || info.zones.length > 0) kinds.add('mem-info');
  for (const kind of log) kinds.add(kind);
  warnings.push(...info.warnings);
  if (info.rows.length === 0 && info.zones.length > 0) {
    warnings.push('the page size is not told: figures are in pages of 4 kB');
  }
  if (info.pageKb !== 4) warnings.push(`pages are ${info.pageKb} kB: orders start there`);
  for (const { node, zone, ...figures } of info.zones) zones.figures(node, zone, figures);
  for (const { node, zone, freeByOrder, cut } of info.rows) zones.blocks(node, zone, freeByOrder, !cut);
  for (const { node, zone } of info.zones) {
    if (info.rows.some((row) => row.node === node && row.zone === zone)) continue;
    warnings.push(`node ${node} zone ${zone}: its line of free blocks is not there; text cut?`);
  }
  if (log.length > 0 && info.zones.length + info.rows.length === 0) {
    const cgroup = /Memory cgroup|memory: usage \d+kB, limit/.test(cleaned);
    warnings.push(
      cgroup ? 'a memory cgroup ran out: such a report names no zone' : 'the log names no zone; text cut?',
    );
  }
}

/** Rows of both index files may follow one another: a zone that comes again begins the next. */
function readIndices(lines: readonly string[], { kinds, zones, warnings }: Findings): void {
  let group: string[] = [];
  const seen = new Set<string>();
  const end = () => {
    if (group.length === 0) return;
    const text = group.join('\n');
    const file = isExtfragIndex(text) ? 'extfrag_index' : 'unusable_index';
    const { zones: rows, warnings: more } = parseIndexRows(text);
    kinds.add(file);
    warnings.push(...more);
    for (const { node, zone, index } of rows) {
      zones.indices(node, zone, file === 'extfrag_index' ? { fragIndex: index } : { unusableIndex: index });
    }
    group = [];
    seen.clear();
  };
  for (const line of lines) {
    const row = parseIndexRows(line).zones[0];
    if (row === undefined) continue;
    const key = `${row.node} ${row.zone}`;
    if (seen.has(key)) end();
    seen.add(key);
    group.push(line);
  }
  end();
}

/** Names that /proc/vmstat has had in one version or another. */
const COUNTER =
  /^(?:nr_|pg|pswp|numa_|compact_|thp_|workingset_|allocstall|kswapd_|slabs_scanned|pageoutrun|unevictable_)/;
const ENOUGH_COUNTERS = 3;

function readCounters(cleaned: string, found: Findings): void {
  // zoneinfo and the report of a memory cgroup have lines of the same kind
  if (['zoneinfo', 'oom'].some((kind) => found.kinds.has(kind as Kind))) return;
  const { entries, warnings } = parseVmstat(cleaned);
  const known = entries.filter(([key]) => COUNTER.test(key));
  if (known.length < ENOUGH_COUNTERS) return;
  found.kinds.add('vmstat');
  found.warnings.push(...warnings);
  found.counters = Object.fromEntries(entries);
}

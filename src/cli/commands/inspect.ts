import { count, plural, thousandths } from '../../base/text.ts';
import { inspectText } from '../../import/inspect/inspect.ts';
import { inspectBytes } from '../../import/inspect/inspect-bytes.ts';
import type { InspectReport, InspectSlab, InspectZone } from '../../import/inspect/report.ts';
import { InputError } from '../../worker/problems.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { refused } from '../refused.ts';
import { readBytes } from '../scenario-input.ts';
import { table } from '../table.ts';

/** `order0 inspect` */
export const inspect: Command = {
  name: 'inspect',
  usage: 'FILE... [--json]',
  summary: 'Says what a pasted kernel text is, and what it tells of free blocks, indices and slabs.',
  run(args, io) {
    const { values, positionals } = readOptions(
      args,
      { json: { type: 'boolean' } },
      Number.POSITIVE_INFINITY,
    );
    required(positionals[0], 'FILE');
    const files = positionals.map(inspected);
    const reports = files.map(({ report }) => report);
    if (values.json) printJson(io, reports);
    else
      io.out(files.flatMap(({ report, unread }) => (unread === null ? [reportText(report)] : [])).join('\n'));
    for (const { unread } of files) if (unread !== null) refused(unread, io);
    const nothing = reports.every(({ kinds }) => kinds.length === 0);
    for (const { report, unread } of nothing ? files : [])
      if (unread === null) io.err(`${report.file}: ${report.warnings.at(-1) ?? 'not recognised'}`);
    const bad = nothing || files.some(({ unread }) => unread !== null);
    return bad ? EXIT.input : EXIT.ok;
  },
};

/** A file's report; one that cannot be read has an empty report, so that there is one a file, and why. */
function inspected(file: string): { report: InspectReport; unread: InputError | null } {
  try {
    return { report: inspectBytes(readBytes(file), file), unread: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const warnings = error.problems.map(({ message }) => message);
    return { report: { ...inspectText('', file), warnings }, unread: error };
  }
}

/** Slabs listed, largest first. */
const LISTED = 10;

function reportText(r: InspectReport): string {
  const parts = [`${r.file}: ${r.kinds.length > 0 ? r.kinds.join(', ') : 'not recognised'}\n`];
  if (r.events) {
    parts.push(table(Object.entries(r.events.byType).map(([name, n]) => [`  ${name}`, count(n)])));
    parts.push(table(Object.entries(r.events.skipped).map(([why, n]) => [`  skipped: ${why}`, count(n)])));
  }
  if (r.zones.length > 0) parts.push(zonesText(r.zones));
  if (r.slabs.length > 0) parts.push(slabsText(r.slabs));
  const counters = Object.keys(r.counters).length;
  if (counters > 0) parts.push(`  ${plural(counters, 'counter')}\n`);
  for (const warning of r.warnings) parts.push(`  warning: ${warning}\n`);
  return parts.join('');
}

function zonesText(zones: readonly InspectZone[]): string {
  const orders = Math.max(
    0,
    ...zones.map((z) => Math.max(z.freeByOrder.length, z.unusableIndex.length, z.fragIndex.length)),
  );
  const head = Array.from({ length: orders }, (_, order) => order);
  const row = (z: InspectZone, what: string, cells: readonly (string | number)[]) =>
    cells.length === 0
      ? []
      : [[`  node ${z.node} ${z.zone}`, what, ...head.map((order) => cells[order] ?? '-')]];
  const blocks = zones.flatMap((z) => [
    ...row(z, 'free blocks', z.freeByOrder),
    ...row(z, 'unusable index', z.unusableIndex.map(thousandths)),
    ...row(z, 'fragmentation index', z.fragIndex.map(thousandths)),
  ]);
  const marked = zones.filter(({ free }) => free !== null);
  const orDash = (n: number | null) => (n === null ? '-' : count(n));
  return [
    blocks.length === 0 ? '' : table([['  zone', 'order', ...head], ...blocks]),
    marked.length === 0
      ? ''
      : table([
          ['  zone', 'pages free', 'min', 'low', 'high'],
          ...marked.map((z) => [`  node ${z.node} ${z.zone}`, ...[z.free, z.min, z.low, z.high].map(orDash)]),
        ]),
  ].join('');
}

function slabsText(slabs: readonly InspectSlab[]): string {
  const pages = (s: InspectSlab) => s.numSlabs * s.pagesPerSlab;
  const largest = [...slabs].sort((a, b) => pages(b) - pages(a)).slice(0, LISTED);
  const rest = slabs.length - largest.length;
  return [
    table([
      ['  cache', 'objects', 'in use', 'bytes', 'pages'],
      ...largest.map((s) => [
        `  ${s.name}`,
        count(s.numObjs),
        count(s.activeObjs),
        s.objSize,
        count(pages(s)),
      ]),
    ]),
    rest > 0 ? `  and ${plural(rest, 'smaller cache')}\n` : '',
  ].join('');
}

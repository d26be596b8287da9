/** The shape of `order0 inspect --json`, checked against {@link InspectReport} by the compiler. */
import * as v from 'valibot';
import { type InspectReport, KINDS } from '../../import/inspect/report.ts';
import { countOf, index, list, text } from './parts.ts';

const known = (what: string) =>
  v.pipe(v.nullable(countOf('Pages.')), v.description(`${what}; null where not said.`));
const counts = (what: string) => v.pipe(v.record(v.string(), countOf('Count.')), v.description(what));

const zone = v.strictObject({
  node: countOf('Node; 0 where the text names none.'),
  zone: text('Name of the zone; ? where the text starts inside it.'),
  freeByOrder: list(countOf('Blocks.'), 'Free blocks of 2^index pages; fewer where the text was cut.'),
  unusableIndex: list(index, 'Unusable index by order; empty where not all blocks are known.'),
  fragIndex: list(index, 'Fragmentation index by order; empty where not all blocks are known.'),
  free: known('Free pages'),
  min: known('Watermark min'),
  low: known('Watermark low'),
  high: known('Watermark high'),
  present: known('Pages present'),
  managed: known('Pages managed'),
});

const slab = v.strictObject({
  name: text('Name of the cache.'),
  activeObjs: countOf('Objects in use.'),
  numObjs: countOf('Objects.'),
  objSize: countOf('Bytes an object.'),
  objPerSlab: countOf('Objects a slab.'),
  pagesPerSlab: countOf('Pages a slab.'),
  numSlabs: countOf('Slabs.'),
});

const report = v.strictObject({
  file: text('The file as named.'),
  kinds: list(v.picklist(KINDS), 'What was found in it.'),
  zones: list(zone, 'Zones that it names.'),
  slabs: list(slab, 'Slab caches that it names.'),
  counters: counts('Counters of vmstat by name.'),
  events: v.pipe(
    v.nullable(
      v.strictObject({
        read: countOf('Events read.'),
        byType: counts('Events by name.'),
        skipped: counts('Events left out, by reason.'),
      }),
    ),
    v.description('Of an ftrace text; null for others.'),
  ),
  warnings: list(v.string(), 'What was cut, mangled or left out, a line each.'),
});

export const inspectSchema = v.pipe(
  v.array(report),
  v.description('A report a file.'),
) satisfies v.GenericSchema<unknown, InspectReport[]>;

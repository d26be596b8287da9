/** Random event tables and their rows in a form that can be compared. */
import fc from 'fast-check';
import {
  appendRow,
  createEventTable,
  type EventTable,
  EventType,
  type EventTypeId,
  eventName,
  eventText,
  packExtfrag,
} from '../../src/kernel-text/event-table.ts';

export interface Row {
  name: string;
  type: number;
  cpu: number;
  pid: number;
  comm: string;
  time: number;
  pfn: number;
  order: number;
  migratetype: number;
  text: string;
  extra: number;
}

/** The rows with their texts in place of indices into the table's strings. */
export function rowsOf(table: EventTable): Row[] {
  return Array.from({ length: table.length }, (_, i) => ({
    name: eventName(table, i),
    type: table.type[i]!,
    cpu: table.cpu[i]!,
    pid: table.pid[i]!,
    comm: table.strings[table.comm[i]!]!,
    time: table.time[i]!,
    pfn: table.pfn[i]!,
    order: table.order[i]!,
    migratetype: table.migratetype[i]!,
    text: eventText(table, i),
    extra: table.type[i] === EventType.other ? 0 : table.extra[i]!,
  }));
}

/** Interns a text by search: slow, and so not the way the parser does it. */
export function intern(table: EventTable, text: string): number {
  const at = table.strings.indexOf(text);
  return at >= 0 ? at : table.strings.push(text) - 1;
}

export interface Spec {
  type: EventTypeId;
  pfn?: number;
  order?: number;
  migratetype?: number;
  text?: string;
  name?: string;
  extra?: number;
  cpu?: number;
  pid?: number;
  comm?: string;
  time?: number;
}

export function addRow(table: EventTable, spec: Spec): void {
  const row = appendRow(table);
  table.type[row] = spec.type;
  table.cpu[row] = spec.cpu ?? 0;
  table.pid[row] = spec.pid ?? 1;
  table.comm[row] = intern(table, spec.comm ?? 'work');
  table.time[row] = spec.time ?? row * 1000;
  table.pfn[row] = spec.pfn ?? 0;
  table.order[row] = spec.order ?? 0;
  table.migratetype[row] = spec.migratetype ?? 0;
  table.text[row] = intern(table, spec.text ?? '');
  table.extra[row] = spec.name !== undefined ? intern(table, spec.name) : (spec.extra ?? 0);
}

export function tableOf(specs: readonly Spec[]): EventTable {
  const table = createEventTable(4);
  for (const spec of specs) addRow(table, spec);
  return table;
}

const comm = fc
  .string({ unit: fc.constantFrom(...'ab9 -/:<>[]().#=_'), minLength: 1, maxLength: 15 })
  .map((s) => s.trim())
  .filter((s) => s !== '');
const gfp = fc.constantFrom(
  'GFP_KERNEL',
  'GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO',
  'none',
  '',
  '0x152c4a',
);
const words = fc.array(fc.constantFrom('nid:', '0', 'objects', 'a=b', 'zone=DMA     ', '(0x1', '[001]'), {
  maxLength: 6,
});
const order = fc.nat({ max: 10 });
const migratetype = fc.nat({ max: 5 });
const pfn = fc.integer({ min: 1, max: 0xffffffff });

const body: fc.Arbitrary<Spec> = fc.oneof(
  fc.record({ type: fc.constant(EventType.alloc), pfn, order, migratetype, text: gfp }),
  fc.record({ type: fc.constant(EventType.allocFailed), order, migratetype, text: gfp }),
  fc.record({
    type: fc.constantFrom(EventType.free, EventType.freeBatched),
    pfn,
    order,
    migratetype: fc.constant(255),
  }),
  fc.record({ type: fc.constant(EventType.zoneLocked), pfn, order, migratetype, extra: fc.nat({ max: 1 }) }),
  fc.record({ type: fc.constant(EventType.pcpuDrain), pfn, order, migratetype }),
  fc.record({
    type: fc.constant(EventType.extfrag),
    pfn,
    order,
    migratetype,
    extra: fc
      .record({
        fallbackOrder: order,
        pageblockOrder: order,
        fallbackMigratetype: migratetype,
        changeOwnership: fc.boolean(),
      })
      .map(packExtfrag),
  }),
  fc.record({ type: fc.constant(EventType.marker), text: words.map((w) => w.join(' ')) }),
  fc.record({
    type: fc.constant(EventType.other),
    name: fc.constantFrom('mm_shrink_slab_start', 'mm_compaction_begin', 'kfree'),
    text: words.map((w) => w.join(' ')),
  }),
);

const context = fc.record({
  cpu: fc.nat({ max: 4095 }),
  pid: fc.nat({ max: 4194304 }),
  comm,
});

/** Tables of one clock: microseconds, nanoseconds or ticks. */
export const randomTable: fc.Arbitrary<EventTable> = fc
  .record({
    clock: fc.constantFrom({ digits: 0, scale: 1 }, { digits: 6, scale: 1000 }, { digits: 9, scale: 1 }),
    rows: fc.array(fc.tuple(body, context, fc.nat({ max: 2 ** 40 })), { minLength: 1, maxLength: 40 }),
  })
  .map(({ clock, rows }) => {
    const table = tableOf(rows.map(([b, c, time]) => ({ ...b, ...c, time: time * clock.scale })));
    table.timeUnit = clock.digits === 0 ? 'ticks' : 'ns';
    table.timeDigits = clock.digits;
    return table;
  });

/**
 * Prints a table of events as tracefs `trace` does: kernel/trace/trace_output.c (trace_print_context) and
 * include/trace/events/kmem.h, Linux 6.1.
 */
import {
  type EventTable,
  EventType,
  type EventTypeId,
  eventName,
  eventText,
  unpackExtfrag,
} from '../event-table.ts';

const COLUMNS = `#
#                                _-----=> irqs-off/BH-disabled
#                               / _----=> need-resched
#                              | / _---=> hardirq/softirq
#                              || / _--=> preempt-depth
#                              ||| / _-=> migrate-disable
#                              |||| /     delay
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
`;

/**
 * The whole table as text, header included. The flags column is printed as `.....` and page= as an address of
 * the x86-64 memmap, since a table keeps neither. Parsing the text gives an equal table.
 */
export function printFtrace(table: EventTable): string {
  let cpus = 1;
  for (let i = 0; i < table.length; i++) cpus = Math.max(cpus, table.cpu[i]! + 1);
  const parts = [
    `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${table.length}/${table.length}   #P:${cpus}\n${COLUMNS}`,
  ];
  for (let i = 0; i < table.length; i++) parts.push(printEvent(table, i));
  return parts.join('');
}

/** Row `i` as one line, newline included. */
export function printEvent(table: EventTable, i: number): string {
  const comm = table.strings[table.comm[i]!]!.padStart(16);
  const pid = String(table.pid[i]).padEnd(7);
  const cpu = String(table.cpu[i]).padStart(3, '0');
  return `${comm}-${pid} [${cpu}] ..... ${printTime(table, i)}: ${eventName(table, i)}: ${printPayload(table, i)}\n`;
}

/** ` %5lu.%06lu` for seconds (nine digits where the source had more than six), ` %12llu` for ticks. */
function printTime(table: EventTable, i: number): string {
  const time = table.time[i]!;
  if (table.timeUnit === 'ticks') return String(time).padStart(12);
  const seconds = Math.floor(time / 1e9);
  const ns = time - seconds * 1e9;
  const fine = table.timeDigits > 6;
  const fraction = fine ? String(ns).padStart(9, '0') : String(Math.floor(ns / 1000)).padStart(6, '0');
  return `${String(seconds).padStart(5)}.${fraction}`;
}

const MEMMAP_X86_64 = 'ffffea';
const STRUCT_PAGE_BYTES = 64;

function printPage(pfn: number): string {
  return `page=${MEMMAP_X86_64}${(pfn * STRUCT_PAGE_BYTES).toString(16).padStart(10, '0')} pfn=0x${pfn.toString(16)}`;
}

function printPayload(table: EventTable, i: number): string {
  const page = printPage(table.pfn[i]!);
  const order = table.order[i]!;
  const migratetype = table.migratetype[i]!;
  switch (table.type[i] as EventTypeId) {
    case EventType.alloc:
      return `${page} order=${order} migratetype=${migratetype} gfp_flags=${eventText(table, i)}`;
    case EventType.allocFailed:
      return `page=0000000000000000 pfn=0x0 order=${order} migratetype=${migratetype} gfp_flags=${eventText(table, i)}`;
    case EventType.free:
    case EventType.freeBatched:
      return `${page} order=${order}`;
    case EventType.zoneLocked:
      return `${page} order=${order} migratetype=${migratetype} percpu_refill=${table.extra[i]}`;
    case EventType.pcpuDrain:
      return `${page} order=${order} migratetype=${migratetype}`;
    case EventType.extfrag:
      return `${page} ${printExtfrag(table, i)}`;
    case EventType.marker:
    case EventType.other:
      return eventText(table, i);
  }
}

function printExtfrag(table: EventTable, i: number): string {
  const e = unpackExtfrag(table.extra[i]!);
  const fragmenting = e.fallbackOrder < e.pageblockOrder ? 1 : 0;
  return (
    `alloc_order=${table.order[i]} fallback_order=${e.fallbackOrder} pageblock_order=${e.pageblockOrder} ` +
    `alloc_migratetype=${table.migratetype[i]} fallback_migratetype=${e.fallbackMigratetype} ` +
    `fragmenting=${fragmenting} change_ownership=${e.changeOwnership ? 1 : 0}`
  );
}

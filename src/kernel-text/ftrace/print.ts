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
import { NULL_PAGE, printPage, printSeconds, printTask, printTraceHeader } from './line.ts';

/**
 * The whole table as text, header included. The flags column is printed as `.....` and page= as an address of
 * the x86-64 memmap, since a table keeps neither. Parsing the text gives an equal table.
 */
export function printFtrace(table: EventTable): string {
  let cpus = 1;
  for (let i = 0; i < table.length; i++) cpus = Math.max(cpus, table.cpu[i]! + 1);
  const parts = [printTraceHeader(table.length, cpus)];
  for (let i = 0; i < table.length; i++) parts.push(printEvent(table, i));
  return parts.join('');
}

/** Row `i` as one line, newline included. */
export function printEvent(table: EventTable, i: number): string {
  const task = printTask(table.strings[table.comm[i]!]!, table.pid[i]!, table.cpu[i]!);
  return `${task} ${printTime(table, i)}: ${eventName(table, i)}: ${printPayload(table, i)}\n`;
}

/** Seconds, nine digits behind the point where the source had more than six; ` %12llu` for ticks. */
function printTime(table: EventTable, i: number): string {
  const time = table.time[i]!;
  return table.timeUnit === 'ticks' ? String(time).padStart(12) : printSeconds(time, table.timeDigits > 6);
}

function printPayload(table: EventTable, i: number): string {
  const page = printPage(table.pfn[i]!);
  const order = table.order[i]!;
  const migratetype = table.migratetype[i]!;
  switch (table.type[i] as EventTypeId) {
    case EventType.alloc:
      return `${page} order=${order} migratetype=${migratetype} gfp_flags=${eventText(table, i)}`;
    case EventType.allocFailed:
      return `${NULL_PAGE} order=${order} migratetype=${migratetype} gfp_flags=${eventText(table, i)}`;
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

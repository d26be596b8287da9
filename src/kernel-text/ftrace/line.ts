/** One line of ftrace text from its parts: trace_print_context, kernel/trace/trace_output.c (6.1). */

export interface TraceLine {
  /** Task name, at most 15 characters in the kernel. */
  readonly comm: string;
  readonly pid: number;
  readonly cpu: number;
  readonly timeNs: number;
  /** The event's name. */
  readonly name: string;
  readonly payload: string;
}

/** The line, newline included; microseconds as the local clock prints them, the flags column as `.....`. */
export function printTraceLine({ comm, pid, cpu, timeNs, name, payload }: TraceLine): string {
  return `${printTask(comm, pid, cpu)} ${printSeconds(timeNs, false)}: ${name}: ${payload}\n`;
}

/** `            COMM-PID     [CPU] .....` */
export function printTask(comm: string, pid: number, cpu: number): string {
  return `${comm.padStart(16)}-${String(pid).padEnd(7)} [${String(cpu).padStart(3, '0')}] .....`;
}

/** ` %5lu.%06lu`; nine digits where `fine`. */
export function printSeconds(timeNs: number, fine: boolean): string {
  const seconds = Math.floor(timeNs / 1e9);
  const ns = timeNs - seconds * 1e9;
  const fraction = fine ? String(ns).padStart(9, '0') : String(Math.floor(ns / 1000)).padStart(6, '0');
  return `${String(seconds).padStart(5)}.${fraction}`;
}

const MEMMAP_X86_64 = 'ffffea';
const STRUCT_PAGE_BYTES = 64;

/** `page=... pfn=0x...`: the address that struct page has in the x86-64 memmap. */
export function printPage(pfn: number): string {
  return `page=${MEMMAP_X86_64}${(pfn * STRUCT_PAGE_BYTES).toString(16).padStart(10, '0')} pfn=0x${pfn.toString(16)}`;
}

/** What a failed request prints in its place. */
export const NULL_PAGE = 'page=0000000000000000 pfn=0x0';

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

/** The lines above the first event. */
export function printTraceHeader(entries: number, cpus: number): string {
  return `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${entries}/${entries}   #P:${cpus}\n${COLUMNS}`;
}

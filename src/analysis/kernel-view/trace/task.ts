/** Which task a trace says did it. The machine knows processes by number; the others are the kernel's own. */
import { OP, type OperationLog, REGION_OPERATIONS, REGIONS } from '../../../engine/operation.ts';
import { WHO, type Who } from '../who.ts';

export interface Task {
  /** At most 15 characters, as TASK_COMM_LEN allows. */
  readonly comm: string;
  readonly pid: number;
}

/** Pids below are the kernel's threads; process n has pid FIRST_PID + n. */
export const FIRST_PID = 100;
const KSWAPD: Task = { comm: 'kswapd0', pid: 40 };
const DAEMON: Task = { comm: 'kdefragd0', pid: 41 };
const KCOMPACTD: Task = { comm: 'kcompactd0', pid: 42 };
/** File reads and writes name no process. */
const READER: Task = { comm: 'reader', pid: 60 };
/** Acts of the person at the page, and of a scenario's script. */
const CONSOLE: Task = { comm: 'order0', pid: 1 };

const OF_PROCESS: ReadonlySet<number> = new Set([OP.spawn, OP.exit, OP.fork]);
const OF_FILE: ReadonlySet<number> = new Set([
  OP.createFile,
  OP.deleteFile,
  OP.readFile,
  OP.writeFile,
  OP.truncate,
  OP.sync,
]);
const OF_KERNEL: ReadonlySet<number> = new Set([
  OP.alloc,
  OP.free,
  OP.failedAlloc,
  OP.objectGet,
  OP.objectPut,
  OP.objectLookup,
  OP.objectFree,
]);

/** The process of operation `i`, or -1. */
export function processOf(log: OperationLog, i: number): number {
  const kind = log.kind[i]!;
  if (OF_PROCESS.has(kind)) return log.owner[i]!;
  const pinsRegion = (kind === OP.pin || kind === OP.unpin) && log.arg[i] === 0;
  return REGION_OPERATIONS.has(kind) || pinsRegion ? Math.floor(log.owner[i]! / REGIONS) : -1;
}

/** The task that asked for operation `i` of the log. */
export function taskOf(log: OperationLog, i: number): Task {
  const process = processOf(log, i);
  if (process >= 0) return { comm: `process${process}`, pid: FIRST_PID + process };
  const kind = log.kind[i]!;
  if (OF_FILE.has(kind) || kind === OP.pin || kind === OP.unpin) return READER;
  if (OF_KERNEL.has(kind)) return { comm: `kworker/${log.cpu[i]}:1`, pid: 20 + log.cpu[i]! };
  return CONSOLE;
}

/** The task an event is told of. */
export function whoIs(who: Who, asker: Task): Task {
  if (who === WHO.kswapd) return KSWAPD;
  if (who === WHO.kcompactd) return KCOMPACTD;
  return who === WHO.daemon ? DAEMON : asker;
}

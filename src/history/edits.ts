/** An edit of an operation log as the rows it took away and the rows it put there: undone and redone in place. */
import {
  createOperationLog,
  encodeOperation,
  type OpCode,
  type Operation,
  type OperationLog,
  ownOperations,
  pushOperation,
} from '../engine/operation.ts';

export interface Edit {
  /** Operations before the edit. */
  readonly at: number;
  readonly removed: OperationLog;
  readonly added: OperationLog;
  /** What followed stands behind the edit: `added` is the operation and then `removed`. */
  readonly keep: boolean;
  /** Where it puts nothing in: the number of the edit that it takes out of those made before. */
  readonly takesOut?: number;
}

/** The edit that puts one operation at `at`; the rows from there on are dropped, or kept behind it. */
export function editOf(log: OperationLog, at: number, operation: Operation, keep = false): Edit {
  const removed = copyRows(log, at);
  const added = createOperationLog(keep ? 1 + removed.length : 1);
  encodeOperation(added, operation);
  if (keep) appendRows(added, removed, 0);
  return { at, removed, added, keep };
}

/** A copy of the rows from `at` on. */
export function copyRows(log: OperationLog, at: number): OperationLog {
  const rows = createOperationLog(Math.max(1, log.length - at));
  appendRows(rows, log, at);
  return rows;
}

/** Makes the edit on the log, and gives the way back. */
export function applyEdit(log: OperationLog, at: number, operation: Operation, keep = false): Edit {
  const edit = editOf(log, at, operation, keep);
  redoRows(log, edit);
  return edit;
}

/** Puts the rows of an edit in place. */
export function redoRows(log: OperationLog, edit: Edit): void {
  ownOperations(log, edit.at);
  log.length = edit.at;
  appendRows(log, edit.added, 0);
}

/** Puts back the rows that an edit took away. */
export function undoRows(log: OperationLog, edit: Edit): void {
  ownOperations(log, edit.at);
  log.length = edit.at;
  appendRows(log, edit.removed, 0);
}

/** True where row `i` asks the same of the machine as `operation`; its arrival time and CPU do not count. */
export function sameOperation(log: OperationLog, i: number, operation: Operation): boolean {
  if (i >= log.length) return false;
  const row = createOperationLog(1);
  encodeOperation(row, operation);
  return (['kind', 'gfp', 'owner', 'index', 'arg'] as const).every((key) => row[key][0] === log[key][i]);
}

/** Appends the rows of `from`, beginning at `start`, to `log`. */
export function appendRows(log: OperationLog, from: OperationLog, start: number): void {
  for (let i = start; i < from.length; i++) {
    pushOperation(
      log,
      from.kind[i]! as OpCode,
      from.owner[i]!,
      from.index[i]!,
      from.arg[i]!,
      from.gfp[i]!,
      from.dt[i]!,
      from.cpu[i]!,
    );
  }
}

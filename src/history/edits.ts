/** An edit of an operation log as the rows it took away and the rows it put there: undone and redone in place. */
import {
  createOperationLog,
  encodeOperation,
  type OpCode,
  type Operation,
  type OperationLog,
  pushOperation,
} from '../engine/operation.ts';

export interface Edit {
  /** Operations before the edit. */
  readonly at: number;
  readonly removed: OperationLog;
  readonly added: OperationLog;
}

/** The edit that drops the rows from `at` on and puts one operation there. */
export function editOf(log: OperationLog, at: number, operation: Operation): Edit {
  const added = createOperationLog(1);
  encodeOperation(added, operation);
  return { at, removed: copyRows(log, at), added };
}

/** A copy of the rows from `at` on. */
export function copyRows(log: OperationLog, at: number): OperationLog {
  const rows = createOperationLog(Math.max(1, log.length - at));
  appendRows(rows, log, at);
  return rows;
}

/** Drops the rows from `at` on, puts one operation there, and gives the way back. */
export function applyEdit(log: OperationLog, at: number, operation: Operation): Edit {
  const edit = editOf(log, at, operation);
  redoRows(log, edit);
  return edit;
}

/** Puts the rows of an edit in place. */
export function redoRows(log: OperationLog, edit: Edit): void {
  log.length = edit.at;
  appendRows(log, edit.added, 0);
}

/** Puts back the rows that an edit took away. */
export function undoRows(log: OperationLog, edit: Edit): void {
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

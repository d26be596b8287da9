/**
 * What a person did to a run, change by change: an operation put in, or one of the earlier ones taken out of the
 * list again. The list of changes is all it takes to come back to the same run with the same way back.
 */
import { copyOperations, decodeOperation, type Operation, type OperationLog } from '../engine/operation.ts';
import { copyRows, type Edit, editOf, redoRows } from './edits.ts';
import { withoutEdit } from './standing.ts';

/** An operation of a person's own, and where it was put: `at` operations came before it then. */
export interface MadeEdit {
  readonly at: number;
  readonly operation: Operation;
  readonly keep?: true;
}

/** `takeOut`: number of an edit in the list that the changes before have left. */
export type Change = MadeEdit | { readonly takeOut: number };

/** The changes, as another run can make them again. */
export function changesIn(done: readonly Edit[]): Change[] {
  return done.map((edit) => (edit.takesOut === undefined ? madeEdit(edit) : { takeOut: edit.takesOut }));
}

/** The operations put in and not taken out, in the order they were made; places are those of a run without the others. */
export function editsIn(done: readonly Edit[]): MadeEdit[] {
  let edits: MadeEdit[] = [];
  for (const edit of done) {
    if (edit.takesOut === undefined) edits.push(madeEdit(edit));
    else edits = withoutEdit(edits, edit.takesOut);
  }
  return edits;
}

/** The edit that leads from `log` to the same without the edit of that number, all others made again. */
export function takingOut(
  log: OperationLog,
  base: OperationLog,
  done: readonly Edit[],
  takesOut: number,
): Edit {
  const rows = copyOperations(base);
  for (const { at, operation, keep = false } of withoutEdit(editsIn(done), takesOut)) {
    redoRows(rows, editOf(rows, at, operation, keep));
  }
  const at = firstDifference(log, rows);
  return { at, removed: copyRows(log, at), added: copyRows(rows, at), keep: false, takesOut };
}

function madeEdit({ at, added, keep }: Edit): MadeEdit {
  return { at, operation: decodeOperation(added, 0), ...(keep ? { keep } : {}) };
}

function firstDifference(a: OperationLog, b: OperationLog): number {
  const least = Math.min(a.length, b.length);
  const columns = ['kind', 'owner', 'index', 'arg', 'gfp', 'dt', 'cpu'] as const;
  for (let i = 0; i < least; i++) if (columns.some((column) => a[column][i] !== b[column][i])) return i;
  return least;
}

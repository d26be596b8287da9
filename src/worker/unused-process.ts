/** A number for a process of a person's own: none that an operation, past or to come, means by it. */
import { unusedProcess } from '../analysis/inspect/acts.ts';
import { OP, type OperationLog, REGION_OPERATIONS, REGIONS } from '../engine/operation.ts';
import { editsIn } from '../history/changes.ts';
import type { Session } from './session.ts';

/** What the scenario's own operations name; they are long, and never change. */
const scripted = new WeakMap<OperationLog, number>();

/** The lowest number above all that the scenario, the edits and those taken back name. */
export function unusedProcessOf({ prepared, timeline }: Session): number {
  const { operations } = prepared;
  let unused = scripted.get(operations);
  if (unused === undefined) {
    unused = aboveAll(operations);
    scripted.set(operations, unused);
  }
  for (const edits of [editsIn(timeline.done), editsIn(timeline.undone)]) {
    for (const { operation } of edits) {
      if ('process' in operation) unused = Math.max(unused, operation.process + 1);
      if ('child' in operation) unused = Math.max(unused, operation.child + 1);
    }
  }
  return Math.max(unused, unusedProcess(timeline.machine));
}

function aboveAll(log: OperationLog): number {
  let unused = 0;
  for (let i = 0; i < log.length; i++) {
    const kind = log.kind[i]!;
    if (kind === OP.fork) unused = Math.max(unused, log.index[i]! + 1);
    else if (kind === OP.spawn) unused = Math.max(unused, log.owner[i]! + 1);
    else if (REGION_OPERATIONS.has(kind)) unused = Math.max(unused, Math.floor(log.owner[i]! / REGIONS) + 1);
  }
  return unused;
}

/** The list of a person's edits against the changes that led to it: what an Undo of each would take. */
import type { Change } from '../worker/protocol.ts';

/** How many changes are to be undone until edit number `edit` of the list is, too. */
export function undosTo(done: readonly Change[], edit: number): number {
  const madeBy: number[] = [];
  for (const [i, change] of done.entries()) {
    if ('takeOut' in change) madeBy.splice(change.takeOut, 1);
    else madeBy.push(i);
  }
  return done.length - (madeBy[edit] ?? done.length);
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createOperationLog,
  decodeOperation,
  encodeOperation,
  type Operation,
} from '../../src/engine/operation.ts';
import { applyEdit, undoRows } from '../../src/history/edits.ts';
import { placeEdits, shiftSteps, standingEdits, withoutEdit } from '../../src/history/standing.ts';

interface Made {
  readonly at: number;
  readonly operation: Operation;
  readonly keep?: boolean;
}

/** A log of `length` reads, each of another page. */
function logOf(length: number) {
  const log = createOperationLog(Math.max(1, length));
  for (let page = 0; page < length; page++) encodeOperation(log, { op: 'readFile', file: 1, page });
  return log;
}

const rows = (log: ReturnType<typeof logOf>) =>
  Array.from({ length: log.length }, (_, i) => decodeOperation(log, i));

/** Edits as they come: each within the log that the ones before have left. */
const edits = fc
  .tuple(fc.nat(30), fc.array(fc.tuple(fc.nat(40), fc.boolean()), { maxLength: 12 }))
  .map(([length, wishes]) => {
    let now = length;
    const made = wishes.map(([wish, keep], id): Made => {
      const at = wish % (now + 1);
      now = keep ? now + 1 : at + 1;
      return { at, operation: { op: 'free', id }, keep };
    });
    return { length, made };
  });

describe('edits that stand', () => {
  it('made in rising order of their places give the same operations', () => {
    fc.assert(
      fc.property(edits, ({ length, made }) => {
        const asMade = logOf(length);
        for (const { at, operation, keep } of made) applyEdit(asMade, at, operation, keep);
        const rising = logOf(length);
        const standing = standingEdits(made);
        for (const { at, operation, keep } of standing) applyEdit(rising, at, operation, keep);
        expect(rows(rising)).toEqual(rows(asMade));
        expect(standing.map(({ at }) => at)).toEqual(standing.map(({ at }) => at).sort((a, b) => a - b));
      }),
    );
  });

  it('are where their place says', () => {
    fc.assert(
      fc.property(edits, ({ length, made }) => {
        const log = logOf(length);
        for (const { at, operation, keep } of made) applyEdit(log, at, operation, keep);
        for (const { edit, at } of placeEdits(made)) {
          const found = rows(log).findIndex(
            (row) => row.op === 'free' && 'id' in row && row.id === (edit.operation as { id: number }).id,
          );
          expect(found).toBe(at ?? -1);
        }
      }),
    );
  });

  it('are taken back in place', () => {
    fc.assert(
      fc.property(edits, ({ length, made }) => {
        const log = logOf(length);
        const before = rows(log);
        const done = made.map(({ at, operation, keep }) => applyEdit(log, at, operation, keep));
        for (const edit of done.reverse()) undoRows(log, edit);
        expect(rows(log)).toEqual(before);
      }),
    );
  });

  it('are left out of the middle as if they had never been made', () => {
    fc.assert(
      fc.property(edits, fc.nat(11), ({ length, made }, wish) => {
        if (made.length === 0) return;
        const index = wish % made.length;
        const place = placeEdits(made)[index]!.at;
        const all = logOf(length);
        for (const { at, operation, keep } of made) applyEdit(all, at, operation, keep);
        const rest = logOf(length);
        for (const { at, operation, keep } of withoutEdit(made, index)) applyEdit(rest, at, operation, keep);
        const wasOf = rows(all);
        const isOf = rows(rest);
        // The acts that stood still stand, in their order; those that this one had dropped come back.
        const acts = (list: Operation[]) => list.flatMap((row) => (row.op === 'free' ? [row.id] : []));
        const stood = acts(wasOf.filter((_, i) => i !== place));
        expect(acts(isOf).filter((id) => stood.includes(id))).toEqual(stood);
        expect(acts(isOf)).not.toContain(index);
        if (place === null) expect(isOf).toEqual(wasOf);
      }),
    );
  });

  it('move what is told of later steps, or drop it', () => {
    const notes = [
      { step: 3, text: 'early' },
      { step: 9, text: 'late' },
    ];
    expect(shiftSteps(notes, [{ at: 5, keep: true }]).map(({ step }) => step)).toEqual([3, 10]);
    expect(shiftSteps(notes, [{ at: 5 }]).map(({ step }) => step)).toEqual([3]);
  });
});

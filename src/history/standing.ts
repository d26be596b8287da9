/** Which of a person's edits still stand, and where each of them is now, after the edits made since. */

export interface Placed<E> {
  readonly edit: E;
  /** Operations before it now; null where a later edit before it dropped it. */
  readonly at: number | null;
}

/**
 * @param edits in the order they were made; `at` counts the operations before each when it was made
 * @returns the same order, each with its place now
 */
export function placeEdits<E extends { readonly at: number; readonly keep?: boolean }>(
  edits: readonly E[],
): Placed<E>[] {
  const placed: { edit: E; at: number | null }[] = [];
  for (const edit of edits) {
    for (const earlier of placed) {
      if (earlier.at === null || earlier.at < edit.at) continue;
      earlier.at = edit.keep ? earlier.at + 1 : null;
    }
    placed.push({ edit, at: edit.at });
  }
  return placed;
}

/** The edits that stand, in rising order of their places: made in this order they give the same operations. */
export function standingEdits<E extends { readonly at: number; readonly keep?: boolean }>(
  edits: readonly E[],
): E[] {
  return placeEdits(edits)
    .flatMap(({ edit, at }) => (at === null ? [] : [{ ...edit, at }]))
    .sort((a, b) => a.at - b.at);
}

/**
 * The edits without number `index`, as if it had never been made: those after it in the operations move up by one,
 * all others stay where they are.
 */
export function withoutEdit<E extends { readonly at: number; readonly keep?: boolean }>(
  edits: readonly E[],
  index: number,
): E[] {
  let place = edits[index]?.at ?? null;
  const later = edits.slice(index + 1).map((edit) => {
    if (place === null) return edit;
    if (edit.at > place) return { ...edit, at: edit.at - 1 };
    place = edit.keep ? place + 1 : null;
    return edit;
  });
  return [...edits.slice(0, index), ...later];
}

/** Things told of steps of the unedited operations, at their steps now; what was dropped is left out. */
export function shiftSteps<T extends { readonly step: number }>(
  told: readonly T[],
  edits: readonly { readonly at: number; readonly keep?: boolean }[],
): T[] {
  return edits.reduce<T[]>(
    (rest, { at, keep }) =>
      rest.flatMap((one) => (one.step <= at ? [one] : keep ? [{ ...one, step: one.step + 1 }] : [])),
    [...told],
  );
}

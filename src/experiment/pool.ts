/** Runs the cells of an experiment on several lanes; the result does not depend on which lane was quicker. */
import type { CellResult } from './document.ts';

/** Runs one cell, by its index. */
export type Lane = (cell: number) => Promise<CellResult>;

/** An experiment that was called off. */
export class Cancelled extends Error {
  readonly done: number;

  constructor(done: number) {
    super('cancelled');
    this.done = done;
  }
}

/**
 * Every lane takes the next cell when it is free.
 * @param onResult told of each result as it comes, in any order
 * @returns the results in the order of `cells`
 * @throws Cancelled, or what the first lane to fail threw
 */
export async function runCells(
  cells: readonly number[],
  lanes: readonly Lane[],
  onResult: (result: CellResult, done: number) => void,
  signal: { readonly aborted: boolean },
): Promise<CellResult[]> {
  const results: CellResult[] = [];
  let next = 0;
  let done = 0;
  let failed = false;
  const work = async (lane: Lane) => {
    while (next < cells.length && !failed) {
      if (signal.aborted) throw new Cancelled(done);
      const place = next++;
      const result = await lane(cells[place]!);
      results[place] = result;
      done++;
      onResult(result, done);
    }
  };
  await Promise.all(
    lanes.map((lane) =>
      work(lane).catch((error: unknown) => {
        failed = true;
        throw signal.aborted ? new Cancelled(done) : error;
      }),
    ),
  );
  return results;
}

/**
 * What changes the run, one after the other in the order it was asked for: nothing that was asked for earlier is done
 * after it, and nothing is lost.
 */

/** `edit`: the run is another one at its end; `load`: something is opened; `move`: the way to a moment is looked for. */
export type TurnKind = 'edit' | 'load' | 'move';

export interface Turns {
  /** Does `work` when all that was asked for before is done; at once where nothing is. */
  take<T>(kind: TurnKind, work: () => Promise<T>): Promise<T>;
  /** Whether something of that kind, or of any, is under way or waits. */
  waits(kind?: TurnKind): boolean;
  /** Resolves when all that was asked for so far is done. Never rejects. */
  settled(): Promise<void>;
}

export function createTurns(): Turns {
  const waiting = new Set<{ readonly kind: TurnKind }>();
  let last: Promise<unknown> = Promise.resolve();

  const take = <T>(kind: TurnKind, work: () => Promise<T>): Promise<T> => {
    const turn = { kind };
    const mine = waiting.size === 0 ? work() : last.then(work, work);
    waiting.add(turn);
    last = mine;
    const over = () => void waiting.delete(turn);
    mine.then(over, over);
    return mine;
  };

  return {
    take,
    waits: (kind) => [...waiting].some((turn) => kind === undefined || turn.kind === kind),
    settled: async () => {
      while (waiting.size > 0) await last.then(Boolean, Boolean);
    },
  };
}

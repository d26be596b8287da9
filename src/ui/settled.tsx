/** Tells when React is done with what it was asked for: only then is what was answered on the page. */
import { type ComponentType, startTransition, useEffect, useState } from 'react';

export interface Settled {
  /** Stands anywhere in the tree and shows nothing. */
  readonly Probe: ComponentType;
  /** Resolves when every update asked for before this call is on the page and its effects have run. */
  whenSettled(): Promise<void>;
}

/**
 * A store's state reaches the page at once, but a component's own (set when an answer or its code arrives) waits its
 * turn. A transition comes after all of these, and effects run in the order of what caused them: once the probe's own
 * effect runs, those of everything before it have run.
 */
export function createSettled(): Settled {
  let asked = 0;
  let ask: ((n: number) => void) | null = null;
  let isGone = false;
  let waiting: { readonly n: number; readonly resolve: () => void }[] = [];

  const resolveTo = (seen: number) => {
    const done = waiting.filter(({ n }) => n <= seen);
    waiting = waiting.filter(({ n }) => n > seen);
    for (const { resolve } of done) resolve();
  };

  function Probe() {
    const [seen, setSeen] = useState(0);
    useEffect(() => {
      ask = setSeen;
      // Who asked before the first effect ran asks now.
      if (asked > 0) startTransition(() => setSeen(asked));
      return () => {
        // A tree that fell over shows nothing more: nobody waits for it.
        ask = null;
        isGone = true;
        resolveTo(asked);
      };
    }, []);
    useEffect(() => resolveTo(seen), [seen]);
    return null;
  }

  const whenSettled = async () => {
    if (isGone) return;
    const n = ++asked;
    await new Promise<void>((resolve) => {
      waiting.push({ n, resolve });
      startTransition(() => ask?.(n));
    });
  };

  return { Probe, whenSettled };
}

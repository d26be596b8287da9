/** The dots of the pin curve, simulated one share after the other while the page is already drawn. */
import { useEffect, useState } from 'react';
import { problemsOf } from '../../store/engine-port.ts';
import type { PinDot } from '../../worker/protocol.ts';
import { useLab } from '../lab-context.ts';
import { DOT_SHARES } from './pin-curve.ts';

export interface PinDots {
  readonly dots: readonly PinDot[];
  /** Why there are no more; null where nothing went wrong. */
  readonly failed: string | null;
}

const NONE: PinDots = { dots: [], failed: null };

export function usePinDots(seed: number): PinDots {
  const { port, tasks } = useLab();
  const [found, setFound] = useState<PinDots>(NONE);
  useEffect(() => {
    let isWanted = true;
    const ask = async () => {
      setFound(NONE);
      for (const share of DOT_SHARES) {
        const dot = await port.request({ type: 'pins', share, seed });
        if (!isWanted) return;
        setFound(({ dots }) => ({ dots: [...dots, dot], failed: null }));
      }
    };
    const fail = (error: unknown) => {
      if (isWanted) setFound({ dots: [], failed: problemsOf(error)[0]?.message ?? 'nothing was simulated' });
    };
    void tasks.track(ask().catch(fail));
    return () => {
      isWanted = false;
    };
  }, [seed, port, tasks]);
  return found;
}

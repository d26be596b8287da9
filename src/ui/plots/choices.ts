/** Which plots are shown: the person's last choice, else all. */
import { useState } from 'react';
import { readWords, writeWords } from '../../store/memory.ts';
import { useLab } from '../lab-context.ts';
import type { PlotId } from './plot.ts';

const NAME = 'order0.plots';

export const PLOT_IDS: readonly PlotId[] = [
  'free',
  'unusable',
  'fragmentation',
  'held',
  'evicted',
  'io',
  'lru',
  'damage',
  'refault-cost',
  'search',
  'slabs',
  'requests',
  'cost',
  'pools',
];

export interface PlotChoice {
  readonly shown: readonly PlotId[];
  choose(id: PlotId, on: boolean): void;
}

export function usePlotChoice(): PlotChoice {
  const { memory } = useLab();
  const [shown, setShown] = useState(() => readWords(memory, NAME, PLOT_IDS) ?? PLOT_IDS);
  return {
    shown,
    choose: (id, on) => {
      const next = PLOT_IDS.filter((one) => (one === id ? on : shown.includes(one)));
      writeWords(memory, NAME, next);
      setShown(next);
    },
  };
}

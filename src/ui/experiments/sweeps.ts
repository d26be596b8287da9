/** Sweeps of the daemon's two choices, asked of what is open: how far it looks, and what it takes. */
import { findShipped } from '../../experiment/shipped.ts';
import type { Lab } from '../../store/lab.ts';

export const SWEEPS = [
  { id: 'scan-length', label: 'Sweep MAX_DEFRAG_SCAN' },
  { id: 'victim-rule', label: 'Sweep the victim rule' },
] as const;

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

/** Fills the experiment's form in with the ready-made one's sweep, on what is open; running it is left to the person. */
export function openSweep({ store }: Lab, id: (typeof SWEEPS)[number]['id']): void {
  const shipped = findShipped(id);
  if (shipped === undefined) return;
  const { sweeps } = shipped.choice;
  store.setState({
    experimentsOpen: true,
    plotsOpen: false,
    experimentChoice: { policies: ['order0-slab'], seeds: SEEDS, sets: [], sweeps },
    experimentFigure: shipped.figure,
  });
}

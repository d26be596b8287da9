/** How the panes' pictures differ from the one that was chosen. */
import { useMemo } from 'react';
import { type DifferenceCounts, difference } from '../../render/difference.ts';
import type { Overlay } from '../../render/tint.ts';
import { useLabState } from '../lab-context.ts';
import type { PaneModel } from './use-panes.ts';

export interface PaneDifference {
  readonly overlay: Overlay;
  /** Name of the other. */
  readonly from: string;
  readonly counts: DifferenceCounts;
}

/** What each pane is laid over with; of two panes both are laid against the other. */
export function useDifferences(panes: readonly PaneModel[]): readonly (PaneDifference | null)[] {
  const against = useLabState((state) => state.against);
  return useMemo(() => {
    const stateOf = (i: number | null) => (i === null ? undefined : panes[i]?.frame?.view.state);
    return panes.map((_, i) => {
      if (against === null) return null;
      const other = i !== against ? against : panes.length === 2 ? 1 - i : null;
      const here = stateOf(i);
      const there = stateOf(other);
      if (other === null || !here || !there || here.length !== there.length) return null;
      const { bytes, ...counts } = difference(here, there);
      return { overlay: { kind: 'differs', bytes }, from: panes[other]!.name, counts };
    });
  }, [panes, against]);
}

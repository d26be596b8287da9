/** The plots of what is open, with what a second run adds and another policy's curves where one is chosen. */
import { useMemo, useState } from 'react';
import type { PolicyId } from '../../engine/config.ts';
import type { PolicyRun, Series } from '../../worker/protocol.ts';
import { useLabState } from '../lab-context.ts';
import { laidOver } from './against.ts';
import type { Plot } from './plot.ts';
import { plotsOf } from './plots-of.ts';
import { useAgain } from './use-again.ts';

/** Which policy's curves are laid over these. */
export interface Against {
  readonly chosen: PolicyId | null;
  /** The policy whose curves are drawn now; null while they are run. */
  readonly drawn: PolicyId | null;
  /** Why there are none, or why some plots are missing; empty where all are there. */
  readonly reason: string;
  choose(policy: PolicyId | null): void;
}

const again = (run: PolicyRun | null) =>
  run?.curves
    ? { series: run.curves.series, plots: plotsOf(run.curves.series, { ...run.curves, prices: run.prices }) }
    : null;

export function usePlots(series: Series | null): {
  readonly plots: readonly Plot[];
  readonly against: Against;
} {
  const asked = useLabState((state) => state.scene?.against ?? null);
  const [chosen, choose] = useState<PolicyId | null>(asked);
  const own = useAgain('own');
  const other = useAgain(chosen);
  const plots = useMemo(() => {
    // Both were sampled at the same steps; the run that is open may have been sampled otherwise, after an edit.
    const [mine, theirs] = [again(own), again(other)];
    if (mine === null) return series === null ? [] : plotsOf(series);
    return theirs === null || other === null ? mine.plots : laidOver(mine.plots, theirs.plots, other.policy);
  }, [series, own, other]);
  const drawn = own?.curves && other?.curves ? other.policy : null;
  const reason = (chosen === null ? '' : other?.reason) || (own?.reason ?? '');
  return { plots, against: { chosen, drawn, reason, choose } };
}

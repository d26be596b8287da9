/** The run that is open, run once more from boot, under its own or another policy: asked for once, then kept. */
import { useEffect, useState } from 'react';
import type { PolicyId } from '../../engine/config.ts';
import { problemsOf } from '../../store/engine-port.ts';
import type { LabState } from '../../store/state.ts';
import type { PolicyRun } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';

type Opened = NonNullable<LabState['opened']>;

const kept = new WeakMap<Opened, Map<PolicyId | 'own', PolicyRun>>();

/**
 * @param policy 'own': as it is open; null: nothing is asked for
 * @returns null until it is known
 */
export function useAgain(policy: PolicyId | 'own' | null): PolicyRun | null {
  const { port, tasks, store } = useLab();
  const opened = useLabState((state) => state.opened);
  const [, shown] = useState(0);
  const known = opened === null || policy === null ? undefined : kept.get(opened)?.get(policy);
  useEffect(() => {
    if (opened === null || policy === null || known !== undefined) return;
    const ask = async () => {
      try {
        const run = await port.request({ type: 'policy-run', ...(policy === 'own' ? {} : { policy }) });
        const runs = kept.get(opened) ?? new Map<PolicyId | 'own', PolicyRun>();
        kept.set(opened, runs.set(policy, run));
        shown((n) => n + 1);
      } catch (error) {
        store.setState({ problems: problemsOf(error) });
      }
    };
    void tasks.track(ask());
  }, [opened, policy, known, port, tasks, store]);
  return known ?? null;
}

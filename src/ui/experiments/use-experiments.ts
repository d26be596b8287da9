/** The experiments' engines, and the policies that they can run. */
import { useEffect, useState } from 'react';
import type { PolicyId } from '../../engine/config.ts';
import { createExperiments, type Experiments } from '../../store/experiments.ts';
import { useLab } from '../lab-context.ts';

/** Processors, as far as the browser tells. */
const engines = () => Math.max(1, navigator.hardwareConcurrency || 2);

export function useExperiments(): Experiments {
  const { store, port, tasks, openEngine } = useLab();
  const [experiments] = useState(() =>
    createExperiments(store, port, tasks, openEngine, engines(), (callback) =>
      requestAnimationFrame(callback),
    ),
  );
  return experiments;
}

/** Policies that can be run; null until the engine has said. */
export function useAvailable(): readonly PolicyId[] | null {
  const { port, tasks } = useLab();
  const [policies, setPolicies] = useState<readonly PolicyId[] | null>(null);
  useEffect(() => {
    const ask = async () => setPolicies(await port.request({ type: 'policies' }).catch(() => null));
    void tasks.track(ask());
  }, [port, tasks]);
  return policies;
}

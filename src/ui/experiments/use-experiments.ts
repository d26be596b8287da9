/** The experiments' engines, and what may be run on what is open. */
import { useEffect, useState } from 'react';
import { createExperiments, type Experiments } from '../../store/experiments.ts';
import type { ExperimentGround } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';

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

/** What is open as an experiment's subject; null until the engine has said, or where it is a recording. */
export function useGround(): ExperimentGround | null {
  const { port, tasks } = useLab();
  const opened = useLabState((state) => state.opened);
  const [ground, setGround] = useState<ExperimentGround | null>(null);
  useEffect(() => {
    if (opened === null) return;
    let current = true;
    const ask = async () => {
      const answer = await port.request({ type: 'experiment-ground' }).catch(() => null);
      if (current) setGround(answer);
    };
    void tasks.track(ask());
    return () => {
      current = false;
    };
  }, [opened, port, tasks]);
  return ground;
}

/** Parts of the page whose code is loaded when they are first wanted: the first screen needs none of it. */
import { type ComponentType, useEffect, useState } from 'react';
import { problemsOf } from '../store/engine-port.ts';
import type { LabState } from '../store/state.ts';
import { useLab, useLabState } from './lab-context.ts';

/**
 * A component that stands for one loaded later; it shows nothing until then, and `window.order0.idle()` waits for it.
 * @param wanted when to load it; once loaded it stays and decides for itself what it shows
 * @param unwant puts the state back when the code cannot be had
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  wanted: (state: LabState) => boolean,
  unwant: Partial<LabState>,
): ComponentType<P> {
  return function Later(props: P) {
    const { store, tasks } = useLab();
    const now = useLabState(wanted);
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
    useEffect(() => {
      if (!now || Loaded !== null) return;
      const fetch = async () => {
        try {
          const component = await load();
          setLoaded(() => component);
        } catch (error) {
          store.setState({ ...unwant, problems: problemsOf(error) });
        }
      };
      void tasks.track(fetch());
    }, [now, Loaded, store, tasks]);
    return Loaded === null ? null : <Loaded {...props} />;
  };
}

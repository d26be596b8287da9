/** Loads the editor when it is first asked for: it is as large as the rest of the page's code. */
import { type ComponentType, useEffect, useState } from 'react';
import { problemsOf } from '../../store/engine-port.ts';
import { useLab, useLabState } from '../lab-context.ts';

export function EditorGate() {
  const { store, tasks } = useLab();
  const wanted = useLabState((state) => state.panel === 'editor');
  const [Panel, setPanel] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (!wanted || Panel !== null) return;
    const load = async () => {
      try {
        const module = await import('./EditorPanel.tsx');
        setPanel(() => module.EditorPanel);
      } catch (error) {
        store.setState({ panel: null, problems: problemsOf(error) });
      }
    };
    void tasks.track(load());
  }, [wanted, Panel, store, tasks]);
  return Panel === null ? null : <Panel />;
}

/** Puts the page into an element. */
import { createRoot } from 'react-dom/client';
import { createFrameScheduler } from '../render/scheduler.ts';
import type { Lab } from '../store/lab.ts';
import type { Query } from '../store/query.ts';
import { App } from './App.tsx';
import { LabContext } from './lab-context.ts';
import { createSettled } from './settled.tsx';

export interface Mounted {
  /** Resolves when all that was asked for is on the page, its canvases drawn. */
  whenDrawn(): Promise<void>;
}

/** Renders the page. */
export function mount(root: HTMLElement, lab: Lab, query: Query): Mounted {
  const scheduler = createFrameScheduler();
  const { Probe, whenSettled } = createSettled();
  createRoot(root).render(
    <LabContext value={{ lab, query, scheduler }}>
      <App />
      <Probe />
    </LabContext>,
  );
  return {
    whenDrawn: async () => {
      await whenSettled();
      await scheduler.whenIdle();
    },
  };
}

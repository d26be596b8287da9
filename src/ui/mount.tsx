/** Puts the page into an element. */
import { createRoot } from 'react-dom/client';
import { createFrameScheduler, type FrameScheduler } from '../render/scheduler.ts';
import type { Lab } from '../store/lab.ts';
import type { Query } from '../store/query.ts';
import { App } from './App.tsx';
import { LabContext } from './lab-context.ts';

/** Renders the page; the scheduler tells when nothing is left to draw. */
export function mount(root: HTMLElement, lab: Lab, query: Query): FrameScheduler {
  const scheduler = createFrameScheduler();
  createRoot(root).render(
    <LabContext value={{ lab, query, scheduler }}>
      <App />
    </LabContext>,
  );
  return scheduler;
}

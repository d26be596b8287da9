/** How components reach the store: one context, one hook. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { FrameScheduler } from '../render/scheduler.ts';
import type { Lab } from '../store/lab.ts';
import type { Query } from '../store/query.ts';
import type { LabState } from '../store/state.ts';

export interface Surroundings {
  readonly lab: Lab;
  readonly query: Query;
  readonly scheduler: FrameScheduler;
}

export const LabContext = createContext<Surroundings | null>(null);

/** The store's actions, the query and the frame scheduler. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(LabContext);
  if (surroundings === null) throw new Error('a component stands outside of LabContext');
  return surroundings;
}

export const useLab = (): Lab => useSurroundings().lab;

/** A part of the state; select values or existing objects, never new ones. */
export function useLabState<T>(select: (state: LabState) => T): T {
  return useStore(useLab().store, select);
}

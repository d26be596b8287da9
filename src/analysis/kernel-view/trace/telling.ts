/** What a teller of events as ftrace lines works with. */
import type { Machine } from '../../../engine/machine.ts';
import type { Who } from '../who.ts';
import type { PageMap } from './page-map.ts';

export interface TraceWriter {
  readonly map: PageMap;
  /** Pages of slab descriptors, which come and go without an event. */
  descriptors: Set<number>;
}

export interface Telling {
  readonly m: Machine;
  readonly writer: TraceWriter;
  readonly say: (name: string, payload: string) => void;
  readonly reclaiming: boolean;
  /** When what is said happened. */
  timeNs: number;
  merge: { pfn: number; order: number; buddy: number } | null;
  slab: boolean;
  gfp: number;
  who: Who;
}

/** Tells event `e` of the operation. */
export type Teller = (t: Telling, e: number) => void;

/**
 * What the actors of one workload share: the nominal machine and the numbers in use. Nothing here knows the
 * allocator: whether a page was served, evicted or refused changes no operation.
 */
import type { ObjectCacheConfig } from '../../engine/config.ts';
import type { Operation } from '../../engine/operation.ts';
import { pagesOf } from '../sizes.ts';
import { between, type Stream } from './draw.ts';
import type { Slots } from './slots.ts';

export interface World {
  /** Page frames of the machine, the nominal size that shares are of. */
  readonly pages: number;
  readonly cpus: number;
  readonly maxOrder: number;
  /** Steps of the workload, which shares of time are of. */
  readonly steps: number;
  /** Steps it may be asked for: `steps` and what comes after the written ones. */
  readonly end: number;
  readonly objectCaches: readonly ObjectCacheConfig[];
  /** Numbers of objects without inodes: unique over all caches, as the engine needs them. */
  readonly objects: { next: number };
  /** Numbers of dentries and inodes that belong together, above all others. */
  readonly pairs: { next: number };
  readonly processes: Slots;
  readonly files: Slots;
  readonly allocations: Slots;
  readonly pools: Slots;
  /** Live processes in the order they began, with what ends them. */
  readonly live: LiveProcess[];
}

export interface LiveProcess {
  readonly id: number;
  readonly cpu: number;
  /** Takes it out of its actor's books; its number becomes free. */
  readonly leave: () => void;
}

/** One participant: called when it is drawn or due, it gives one operation of its own life. */
export interface Player {
  /** Steps from .. until-1 are its time. */
  readonly from: number;
  readonly until: number;
  /** How often it is drawn; 0 for one that acts when due. */
  readonly weight: number;
  /** Whether it must act at this step, before anybody is drawn. */
  readonly isDue: (step: number) => boolean;
  /** Its next operation, or undefined when it has nothing to do. */
  readonly next: (step: number) => Operation | undefined;
}

/** A player that only acts when drawn. */
export const NEVER_DUE = () => false;

/** Pages of a size range, drawn evenly, at least 1. */
export function drawPages(state: Stream, world: World, range: number | readonly [number, number]): number {
  const [low, high] = typeof range === 'number' ? [range, range] : range;
  return Math.max(1, between(state, pagesOf(low, world.pages), pagesOf(high, world.pages)));
}

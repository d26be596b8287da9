/**
 * What is known of the machine beside its state, so that a question about all pages need not look at all of them.
 * Hints are bounds that any change may only make looser: whoever asks tightens them by looking. They are no state,
 * are neither hashed nor stored, and start anew (nothing known) with a restored snapshot.
 */
import {
  clearPlaces,
  createMinimumTree,
  type MinimumTree,
  placeValue,
  setPlace,
} from '../base/minimum-tree.ts';
import type { Pfn } from '../base/units.ts';
import { type MachineConfig, zoneOf } from './config.ts';

/** Pages a hint about cold pages speaks for. */
export const COLD_SHIFT = 7;

const UNSEEN_SHIFT = 10;

export interface Hints {
  /** By zone and run of 2^COLD_SHIFT pages from the zone's start: no page of it that could be evicted was last touched before. */
  readonly coldest: readonly MinimumTree[];
  /** By zone and slab from the zone's first: at least so many of its pages are no clean file pages. */
  readonly unclean: readonly MinimumTree[];
  /**
   * By 1,024 pages: 1 where a page's mappings or pins changed, or it was held or let go by a lock or a live object,
   * since a picture was last made.
   */
  readonly unseen: Uint8Array;
}

/** Nothing known yet. */
export function createHints(config: MachineConfig): Hints {
  return {
    coldest: config.zones.map((_, z) => createMinimumTree(coldRuns(config, z))),
    unclean: config.zones.map((_, z) => createMinimumTree(slabsIn(config, z))),
    unseen: new Uint8Array((config.pages >>> UNSEEN_SHIFT) + 1),
  };
}

function coldRuns(config: MachineConfig, zone: number): number {
  const { start, end } = config.zones[zone]!;
  return ((end - start) >>> COLD_SHIFT) + 1;
}

function slabsIn(config: MachineConfig, zone: number): number {
  return (config.zones[zone]!.end >>> config.slabOrder) - firstSlab(config, zone) + 1;
}

/** The slab number that place 0 of a zone's `unclean` stands for. */
export function firstSlab(config: MachineConfig, zone: number): number {
  return config.zones[zone]!.start >>> config.slabOrder;
}

/** Forgets everything: the state was replaced. */
export function forgetHints({ coldest, unclean, unseen }: Hints, config: MachineConfig): void {
  for (let z = 0; z < config.zones.length; z++) {
    clearPlaces(coldest[z]!, coldRuns(config, z));
    clearPlaces(unclean[z]!, slabsIn(config, z));
  }
  unseen.fill(1);
}

/** What is known of `from` is known of `to` too: their states are equal. Nobody has seen `to`. */
export function copyHints(from: Hints, to: Hints): void {
  from.coldest.forEach((tree, z) => {
    to.coldest[z]!.nodes.set(tree.nodes);
  });
  from.unclean.forEach((tree, z) => {
    to.unclean[z]!.nodes.set(tree.nodes);
  });
  to.unseen.fill(1);
}

/**
 * A page whose last touch lies at `touch` may have become evictable: put on an LRU list, unpinned, unlocked,
 * written. To be called wherever that happens.
 */
export function hintEvictable(m: HintedMachine, pfn: Pfn, touch: number): void {
  const zone = zoneOf(m.config, pfn);
  const tree = m.hints.coldest[zone]!;
  const run = (pfn - m.config.zones[zone]!.start) >>> COLD_SHIFT;
  if (touch < placeValue(tree, run)) setPlace(tree, run, touch);
}

/** A page may have become a clean file page: filled, or written. To be called wherever that happens. */
export function hintClean(m: HintedMachine, pfn: Pfn): void {
  const zone = zoneOf(m.config, pfn);
  const tree = m.hints.unclean[zone]!;
  const place = (pfn >>> m.config.slabOrder) - firstSlab(m.config, zone);
  const least = placeValue(tree, place);
  if (least > 0) setPlace(tree, place, least - 1);
}

/** A page's mappings or pins have changed, or whether a lock or a live object holds it. To be called wherever that happens. */
export function hintUnseen(m: HintedMachine, pfn: Pfn): void {
  m.hints.unseen[pfn >>> UNSEEN_SHIFT] = 1;
}

interface HintedMachine {
  readonly config: MachineConfig;
  readonly hints: Hints;
}

/** A moment of a preset that shows something: where to go, which part of the page to look at, and at what. */
import type { PolicyId } from '../../engine/config.ts';

/** The part of the page that shows it. `memory`: the picture and the explanation beside it. */
export type SceneView =
  | 'memory'
  | 'why'
  | 'caches'
  | 'zones'
  | 'cpus'
  | 'boot'
  | 'pools'
  | 'search'
  | 'creep'
  | 'costs'
  | 'plots'
  | 'buddyinfo'
  | 'slabinfo'
  | 'vmstat'
  | 'pins'
  | 'limits'
  /** Runs under other policies beside it: `beside`. */
  | 'compare'
  /** An experiment, set up and ready to run: `experiment`. */
  | 'experiments';

export interface Scene {
  /** Id of the preset. */
  readonly preset: string;
  /** Another policy than the preset's own. */
  readonly policy?: PolicyId;
  /** Operations applied. */
  readonly step: number;
  /** Events into the next operation; absent: none. */
  readonly event?: number;
  readonly view: SceneView;
  /** Among the plots, the one to look at. */
  readonly plot?: string;
  /** The policy whose curves are laid over the plots. */
  readonly against?: PolicyId;
  /** The policies it is compared with. */
  readonly beside?: readonly PolicyId[];
  /** Id of an experiment that comes with the program; its preset is the scene's. */
  readonly experiment?: string;
  /** What the button that leads there says. */
  readonly name: string;
  /** One sentence: what to look at. */
  readonly look: string;
}

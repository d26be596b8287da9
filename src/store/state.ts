/** All that the page shows, in one place. Actions of src/store change it; components only read it. */

import type { WhyInFull } from '../analysis/why-report.ts';
import type { PolicyId } from '../engine/config.ts';
import type { Operation } from '../engine/operation.ts';
import type { CellResult } from '../experiment/document.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import type { Warning } from '../scenario/warning.ts';
import type {
  Beside,
  Frame,
  FrameDetail,
  KernelTab,
  LinkPage,
  Opened,
  Position,
  Problem,
  ReclaimAccount,
  RecordingNeed,
  Source,
  Zoom,
} from '../worker/protocol.ts';
import type { Finding, Inspection, Life, Visit } from './looking.ts';
import type { PaneState, Parting } from './panes/pane-state.ts';
import type { Pausing, StepBy } from './step-kinds.ts';

/** An act in the past that dropped what followed. */
export interface ForkNote {
  readonly dropped: number;
  readonly at: Position;
  readonly operation: Operation;
}

/** Speeds of the player, slowest first; at 1 about three steps a second. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 'max'] as const;
export type Speed = (typeof SPEEDS)[number];

/** A run of page frames, as pointed at. */
export interface Range {
  readonly pfn: number;
  readonly pages: number;
}

/** Steps from the first to the last, both included. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** A preset for the Scenario menu. */
export interface PresetEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export type Theme = 'light' | 'dark' | 'projector';
/** What is laid over the kinds. */
export type OverlayName = 'none' | 'pins' | 'age' | 'owner' | 'changed' | 'obtainable' | 'pageblocks';
export type PanelName = 'help' | 'open' | 'share' | 'scenarios' | 'editor' | 'palette' | LinkPage;

/** A scene on the page: where it was opened from, and what it is about. */
export interface ShownScene {
  readonly from: LinkPage;
  /** The mail's sentence, or the limit's title. */
  readonly about: string;
  readonly look: string;
  /** The plot to look at; null where it is none. */
  readonly plot: string | null;
  /** The policy whose curves are laid over the plots at first; null where none are. */
  readonly against: PolicyId | null;
}

export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** An experiment under way, or one that has ended. */
export interface ExperimentRun {
  readonly experiment: Experiment;
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** By cell; a hole where a cell has not been run. */
  readonly results: readonly (CellResult | undefined)[];
  readonly done: number;
  /** Things worth saying that are no errors, a line each. */
  readonly warnings: readonly Warning[];
}

export interface LabState {
  readonly presets: readonly PresetEntry[];
  readonly opened: Opened | null;
  /** Where the person is; the frame follows as soon as the engine answers. */
  readonly position: Position;
  readonly frame: Frame | null;
  /** The last complete description; older than `frame` only while playing fast. */
  readonly detail: FrameDetail | null;
  /** Where a request was just served after a reclaim: the reclaim's own moment, one step before. */
  readonly reclaimBefore: FrameDetail | null;
  /** A why report asked for another order than the frame's; dropped on the next move. */
  readonly askedWhy: WhyInFull | null;
  readonly playing: boolean;
  readonly speed: Speed;
  /** What Step and Step back go by. */
  readonly stepBy: StepBy;
  /** Kinds of event at which the player stops. */
  readonly pauseOn: readonly Pausing[];
  readonly opening: boolean;
  readonly progress: Progress | null;
  readonly problems: readonly Problem[];
  /** Fields changed from beside the picture, the last one last: the text that came of it, and what ran before. */
  readonly fieldChanges: readonly { readonly text: string; readonly before: Source }[];
  /** A link or scenario that waits for the file of its recording. */
  readonly asking: { readonly source: Source; readonly need: RecordingNeed } | null;
  readonly crash: { readonly message: string; readonly step: number } | null;
  /** One line about what was done last ("link copied"); not a problem. */
  readonly remark: string;
  /** The page the keyboard stands on. */
  readonly cursor: number;
  readonly hover: Range | null;
  readonly hoverOrder: number | null;
  /** Display kind shown alone, or null for all. */
  readonly solo: number | null;
  readonly overlay: OverlayName;
  /** Whether the grid draws pages smaller than a pixel, in blocks. */
  readonly isFar: boolean;
  /** Rows or Z; null: what suits the machine's size. */
  readonly layoutMode: 'rows' | 'z' | null;
  /** Where the grid is zoomed in to; null: the whole machine. */
  readonly zoom: Zoom | null;
  /** Where it is to go, once the pages that were opened are there. */
  readonly zoomTo: { readonly zoom: Zoom | null } | null;
  /** What is looked at, the last of it shown; empty: the page explains the moment. */
  readonly trail: readonly Visit[];
  /** Whether a page has most of the window, and the grid the rest. */
  readonly pageInFull: boolean;
  /** What the engine says of it; null until it has answered. */
  readonly inspection: Inspection | null;
  readonly life: Life | null;
  readonly find: Finding | null;
  /** Where the menu of acts on the selected page is open, in CSS pixels of the window. */
  readonly menu: { readonly x: number; readonly y: number } | null;
  /** Told until the next act, or until it is put away. */
  readonly forked: ForkNote | null;
  /** Whether the plots stand in the page's main area. */
  readonly plotsOpen: boolean;
  /** The steps the plots are drawn for; null: the whole run. */
  readonly plotRange: StepRange | null;
  /** The step pointed at in a plot or on the timeline. */
  readonly plotHover: number | null;
  /** Whether the experiments stand in the page's main area. */
  readonly experimentsOpen: boolean;
  /** What the experiment varies; null until it was set up. */
  readonly experimentChoice: ExperimentChoice | null;
  /** The figure of it that is drawn, by name. */
  readonly experimentFigure: string;
  /** The experiment under way, or the last one. */
  readonly experimentRun: ExperimentRun | null;
  /** Runs wanted beside the open one; empty: the page shows one run. */
  readonly compareWith: readonly Beside[];
  /** Those runs as far as they have come; the open one is the first pane. */
  readonly panes: readonly PaneState[];
  /** Where the runs part; null until they are compared. */
  readonly parting: Parting | null;
  /** The pane (0 the first) whose picture the others are laid against; null: plain pictures. */
  readonly against: number | null;
  readonly keysOn: boolean;
  readonly panel: PanelName | null;
  /** The kernel's text that stands where the explanation does; null when it is closed. */
  readonly kernelTab: KernelTab | null;
  /** The scene of the mail or of a limit that was opened last; null once something else is open. */
  readonly scene: ShownScene | null;
  readonly link: { readonly url: string; readonly warning: string | null; readonly copied: boolean } | null;
}

export const START: Position = { step: 0, event: 0 };

export const EMPTY: LabState = {
  presets: [],
  opened: null,
  position: START,
  frame: null,
  detail: null,
  reclaimBefore: null,
  askedWhy: null,
  playing: false,
  speed: 1,
  stepBy: 'operation',
  pauseOn: [],
  opening: false,
  progress: null,
  problems: [],
  fieldChanges: [],
  asking: null,
  crash: null,
  remark: '',
  cursor: 0,
  hover: null,
  hoverOrder: null,
  solo: null,
  overlay: 'none',
  isFar: false,
  layoutMode: null,
  zoom: null,
  zoomTo: null,
  trail: [],
  pageInFull: false,
  inspection: null,
  life: null,
  find: null,
  menu: null,
  forked: null,
  plotsOpen: false,
  plotRange: null,
  plotHover: null,
  experimentsOpen: false,
  experimentChoice: null,
  experimentFigure: 'servedShare',
  experimentRun: null,
  compareWith: [],
  panes: [],
  parting: null,
  against: null,
  keysOn: true,
  panel: null,
  kernelTab: null,
  scene: null,
  link: null,
};

/** Part of a `share` request: the page of text that lies open. */
export function pagePart({ panel }: Pick<LabState, 'panel'>): { readonly page?: LinkPage } {
  return panel === 'mail' || panel === 'limits' ? { page: panel } : {};
}

/** Whether two positions are the same moment. */
export const samePosition = (a: Position, b: Position) => a.step === b.step && a.event === b.event;

/** Whether `a` comes before `b`. */
export const isBefore = (a: Position, b: Position) =>
  a.step < b.step || (a.step === b.step && a.event < b.event);

/** The last change of a field that can be taken back: what runs is still what came of it. */
export const lastFieldChange = ({ opened, fieldChanges }: LabState) => {
  const last = fieldChanges.at(-1);
  return last !== undefined && last.text === opened?.text ? last : null;
};

/** The reclaim the moment is about: under way, just over, or the one that made room for what was just served. */
export const accountOf = (state: LabState): ReclaimAccount | null =>
  state.detail?.reclaim ?? state.reclaimBefore?.reclaim ?? null;

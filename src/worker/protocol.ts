/**
 * What the page says to the worker and back: one tagged union each way. Every request carries an id and gets
 * exactly one reply with it; notices come in between.
 */
import type { ReclaimAccount } from '../analysis/account.ts';
import type { StepBill } from '../analysis/bill.ts';
import type { Creep } from '../analysis/creep.ts';
import type { Found } from '../analysis/inspect/find.ts';
import type { Report, Subject } from '../analysis/inspect/inspect.ts';
import type { LifeStory } from '../analysis/inspect/life-line.ts';
import type { KernelText } from '../analysis/kernel-view/kernel-text.ts';
import type { LruStrip } from '../analysis/lru-strip.ts';
import type { Line } from '../analysis/narration/line.ts';
import type { PolicyRun } from '../analysis/policy-run.ts';
import type { MarkerKind, Series } from '../analysis/series.ts';
import type { Checked, Figures } from '../analysis/summary.ts';
import type { WhyInFull, WhyReport } from '../analysis/why-report.ts';
import type { PolicyId } from '../engine/config.ts';
import type { Operation } from '../engine/operation.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import type { CellResult } from '../experiment/document.ts';
import type { Experiment, Subject as ExperimentSubject } from '../experiment/experiment.ts';
import type { RecordingFacts as ReadFacts } from '../import/recording/open-recording.ts';
import { KERNEL_FILES, type KernelFile } from '../kernel-text/era.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import type { Beside, LinkPage } from '../scenario/links/link.ts';
import type { Looks } from '../scenario/links/looks.ts';
import type { Selection, Zoom } from '../scenario/links/selection.ts';
import type { Warning } from '../scenario/warning.ts';
import type { Again, Looking } from './looking.ts';
import type { OutcomePart, Told } from './outcome-part.ts';
import type { Position } from './position.ts';
import type { Origin, RecordingNeed, Source } from './source.ts';
import type { Steals } from './steals.ts';

export type { Position } from './position.ts';
export type * from './protocol-told.ts';

/** What a moment can be read as: the kernel's files, and the operation's events as ftrace text. */
export type KernelTab = KernelFile | 'ftrace';
export const KERNEL_TABS: readonly KernelTab[] = [...KERNEL_FILES, 'ftrace'];

/** What a file or text seems to be; see src/import/recognise.ts. */
export interface Recognition {
  readonly kind: string;
  readonly words: string;
  readonly opens: boolean;
}

/** How much of a moment is told; see the request `frame`. */
export type DetailLevel = 'full' | 'passing' | 'picture';

export type Request =
  /** Opens a scenario, link or recording; what was open stays open when it fails. Reply: {@link Opened}. */
  | ({ readonly type: 'open'; readonly source: Source } & Partial<Again>)
  /**
   * Replays what is open under another policy or seed, or with another text (`source`, which says policy and seed
   * itself); keeps step and edits. Reply: {@link Opened}.
   */
  | {
      readonly type: 'reopen';
      readonly policy?: PolicyId;
      readonly seed?: number;
      readonly source?: Source;
      readonly at: Position;
    }
  /**
   * Moves to a position and describes it. `passing`: without the state's hash, for a moment that is played past;
   * `picture`: only view and position, for playing fast. Reply: {@link Frame}.
   */
  | {
      readonly type: 'frame';
      readonly at: Position;
      readonly detail: DetailLevel;
      readonly recycle?: FrameBuffers;
      /** Also the picture from afar: for cells below a pixel. */
      readonly levels?: boolean;
      /** Bytes of pages to lay over the picture; only worked out where asked for. */
      readonly overlay?: PageBytes['what'];
    }
  /**
   * Applies an operation at a position: the future is dropped unless it equals the next one. `keep`: what would be
   * dropped stands behind the operation instead. Reply: {@link Edited}.
   */
  | { readonly type: 'act'; readonly at: Position; readonly operation: Operation; readonly keep?: 'rest' }
  | { readonly type: 'undo' | 'redo' }
  /**
   * Takes the edit of that number (in `editList`) out and makes those after it again. `at`: where the person is.
   * Reply: {@link Edited}.
   */
  | { readonly type: 'take-out'; readonly edit: number; readonly at: Position }
  | { readonly type: 'why'; readonly at: Position; readonly order: number }
  /** Checks the whole state of the position's step. Reply: {@link Checked}. */
  | { readonly type: 'check'; readonly at: Position }
  /** A moment in the kernel's own text. Reply: {@link KernelText}. */
  | { readonly type: 'kernel-text'; readonly at: Position; readonly file: KernelTab }
  /** Next position of an event kind ("failure", "reclaim"), from `at`; reply Position or null. */
  | { readonly type: 'find'; readonly at: Position; readonly what: MarkerKind; readonly backwards: boolean }
  /** Looks at things at a position, also inside an operation. Reply: a {@link Report} for each, in order. */
  | { readonly type: 'inspect'; readonly at: Position; readonly what: readonly Subject[] }
  /**
   * The life of a page frame up to `at`, its newest part; `to` = the last part's `reached` asks for what came before.
   * `limit`: lines; `budget`: operations replayed at most. Stop by not asking on. Reply: {@link LifeStory}.
   */
  | {
      readonly type: 'life';
      readonly at: Position;
      readonly pfn: number;
      readonly to?: number;
      readonly limit?: number;
      readonly budget?: number;
    }
  /** What other types took from the pageblock of a page up to `at`. Reply: {@link Steals}. */
  | { readonly type: 'steals'; readonly at: Position; readonly pfn: number }
  /** Pages by what a person types ("0x2c0", "file 3 page 41", "mlocked"). Reply: {@link Found}. */
  | { readonly type: 'find-pages'; readonly at: Position; readonly query: string; readonly limit?: number }
  /** Kernel memory over the whole run under two policies. Reply: {@link Creep}. */
  | { readonly type: 'creep' }
  /** The whole run anew, under another policy where one is named, as curves. Reply: {@link PolicyRun}. */
  | { readonly type: 'policy-run'; readonly policy?: PolicyId }
  /** What another engine needs to open the same. Reply: {@link Origin}. */
  | { readonly type: 'origin' }
  /** What became of the operations from `from` on, as far as a short time allows. Reply: {@link OutcomePart}. */
  | { readonly type: 'outcomes'; readonly from: number }
  /** What the operation that leads to `step` came to, in a sentence. Reply: {@link Told}. */
  | { readonly type: 'told'; readonly step: number }
  /** The link of this moment, with what is looked at. Reply: {@link Link}. */
  | ({ readonly type: 'share'; readonly at: Position; readonly base: string } & Partial<Looking>)
  /** What is open, to be experimented on. Reply: {@link ExperimentSubject}. */
  | { readonly type: 'experiment-subject' }
  /** Whether every arm can be run; needs nothing open. Reply: warnings, a line each. */
  | { readonly type: 'check-experiment'; readonly experiment: Experiment }
  /** One run of an experiment; needs nothing open. Reply: {@link CellResult}. */
  | { readonly type: 'run-cell'; readonly experiment: Experiment; readonly cell: number }
  /** Policies that can be run. Reply: their ids. */
  | { readonly type: 'policies' }
  /** How many windows stay clean on a machine of which a share of the pages, 0 to 1, cannot go. Reply: {@link PinDot}. */
  | { readonly type: 'pins'; readonly share: number; readonly seed: number }
  /** What the first bytes of a file or text tell of it. Reply: {@link Recognition}. */
  | { readonly type: 'recognise'; readonly head: Uint8Array }
  /** Stops an `open` under way; its reply is an error that says so. */
  | { readonly type: 'cancel' };

/**
 * One byte a page. `age`: operations since the last touch, its doublings times 16, 0 this one and 240 longest ago.
 * `owner`: 0 for none, else a number from 1 to 12 that stays the same over steps; `owners` names numbers 1, 2, … ,
 * empty where nobody has it.
 */
export interface PageBytes {
  readonly what: 'age' | 'owner';
  readonly bytes: Uint8Array;
  readonly owners: readonly string[];
}

/** Windows of an order, and those of them in which every page could go. */
export interface PinCount {
  readonly order: number;
  /** Pages pinned at random, each for itself. */
  readonly scattered: { readonly windows: number; readonly clean: number };
  /** As many kernel pages instead, placed by order0-slab. */
  readonly grouped: { readonly windows: number; readonly clean: number };
}

/** What two simulated machines give for a share of pages that cannot go. */
export interface PinDot {
  readonly share: number;
  readonly seed: number;
  /** Pages of each machine. */
  readonly pages: number;
  readonly counts: readonly PinCount[];
}

export interface FrameBuffers {
  readonly state: ArrayBuffer;
  readonly detail: ArrayBuffer;
}

export interface ZoneSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What is open now: everything that does not change with the position. */
export interface Opened {
  readonly title: string;
  readonly summary: string;
  readonly presetId: string | null;
  readonly text: string;
  readonly policy: PolicyId;
  readonly seed: number;
  readonly length: number;
  readonly openAt: Position;
  readonly machine: {
    readonly pages: number;
    readonly slabOrder: number;
    readonly maxOrder: number;
    readonly cpus: number;
    readonly zones: readonly ZoneSpan[];
    readonly device: string;
    /** Whether a price differs from those declared for a device of that name. */
    readonly ownPrices: boolean;
    readonly maxDefragScan: number;
    readonly reclaim: string;
    /** Whether the per-CPU arrays are emptied before a victim is chosen; null under a policy that has none. */
    readonly drainFirst: boolean | null;
  };
  readonly notes: readonly { readonly step: number; readonly text: string }[];
  /** Things worth saying that are no errors, a line each. */
  readonly warnings: readonly Warning[];
  readonly edits: number;
  /** In the order they were made. `step`: operations before it now; null where a later edit dropped it. */
  readonly editList: readonly {
    readonly step: number | null;
    readonly operation: Operation;
    readonly kept: boolean;
  }[];
  /** A number for an allocation of a person's own, that no operation names. */
  readonly unusedAllocation: number;
  /** What the link had selected. */
  readonly select: Selection | null;
  /** Where the link was zoomed in to. */
  readonly zoom: Zoom | null;
  /** How else the link looks at it. */
  readonly looks: Looks;
  readonly again: Again;
  /** The experiment the link is of. */
  readonly experiment: ExperimentChoice | null;
  /** What the link had beside it. */
  readonly compare: readonly Beside[];
  /** The page of text that the link opens. */
  readonly page: LinkPage | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly series: Series;
  readonly recording: RecordingFacts | null;
}

/** What was read of a recording. */
export interface RecordingFacts extends ReadFacts {
  /** `fileHash` of its file. */
  readonly hash: string;
}

export interface FreeListZone {
  readonly name: string;
  /** By order: number of blocks, and the first of them in list order. */
  readonly blocks: readonly { readonly count: number; readonly pfns: readonly number[] }[];
}

/** One position, described. Arrays of pages are transferred. */
export interface Frame {
  readonly at: Position;
  /** Events of operation `at.step` (0 at the end, or when it was not looked at). */
  readonly events: number;
  readonly length: number;
  readonly view: FrameView;
  /** Where the request asked for it. */
  readonly overlay?: PageBytes;
  readonly full: FrameDetail | null;
}

/** The picture: two planes of one byte a page (see src/analysis/picture.ts). */
export interface FrameView {
  readonly state: Uint8Array;
  readonly detail: Uint8Array;
  /** One byte a tile of 1,024 pages: 0 where both planes are as in the session's frame before; absent: not known. */
  readonly dirty?: Uint8Array;
  /** Number of this frame among the session's; `dirty` speaks of the one before. */
  readonly serial?: number;
  /** The page's own note: `state` of the frame shown before, which `dirty` speaks of from then on. */
  readonly follows?: Uint8Array;
  /** The picture from afar, for orders 2, 4, 6, 8, 10 (see src/analysis/mips.ts); only where it was asked for. */
  readonly levels?: readonly Uint8Array[];
}

export interface FrameDetail {
  /** The hash is left out of a moment that is played past. */
  readonly summary: Figures & { readonly stateHash?: string };
  readonly freeLists: readonly FreeListZone[];
  readonly narration: { readonly previous: Line | null; readonly current: Line; readonly next: Line | null };
  /** The operation that led here, its events so far when inside one. */
  readonly operation: Operation | null;
  readonly trace: readonly TraceEvent[];
  /** Events of that operation that are not listed in `trace`. */
  readonly traceOmitted: number;
  /** Pages changed by the last step or event. */
  readonly changed: readonly { readonly pfn: number; readonly pages: number }[];
  /** Windows of the slab order, for the ledger; of a failed request's order where one just failed. */
  readonly why: WhyReport;
  /** Set when the step just applied was a request that failed. */
  readonly failed: {
    readonly order: number;
    readonly gfp: string;
    readonly directReclaimed: number;
    readonly windowsTouched: number;
  } | null;
  readonly served: { readonly order: number; readonly pfn: number } | null;
  readonly reclaim: ReclaimAccount | null;
  readonly lru: LruStrip;
  /** What the operation that led here cost, its events so far when inside one. */
  readonly bill: StepBill;
  /** The next operation, when it is one a button stands for ("reclaimSlab"). */
  readonly next: Operation | null;
}

export interface Edited {
  readonly opened: Opened;
  readonly at: Position;
  /** "advanced": equal to the next scripted operation; "forked": the future was dropped. */
  readonly how: 'advanced' | 'forked';
  readonly dropped: number;
  /** Edits that find nothing to act on any more, by their steps, where an edit before them was taken out. */
  readonly idle?: readonly number[];
}

export interface Link {
  readonly url: string;
  readonly warning: string | null;
}

/** A problem in an input: what, where, what was expected. One line each. */
export interface Problem {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  /** Set where the same `open` succeeds once the recording's file is given with it. */
  readonly needs?: RecordingNeed;
}

export type Reply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly value:
        | Opened
        | Frame
        | Edited
        | WhyInFull
        | KernelText
        | Link
        | Position
        | readonly Report[]
        | LifeStory
        | Recognition
        | Steals
        | Found
        | Origin
        | OutcomePart
        | Told
        | Creep
        | PolicyRun
        | readonly PolicyId[]
        | ExperimentSubject
        | readonly Warning[]
        | CellResult
        | PinDot
        | Checked
        | null;
    }
  | { readonly id: number; readonly ok: false; readonly problems: readonly Problem[] };

/** What each request is answered with. */
export interface Replies {
  readonly open: Opened;
  readonly reopen: Opened;
  readonly frame: Frame;
  readonly act: Edited;
  readonly 'take-out': Edited;
  readonly undo: Edited;
  readonly redo: Edited;
  readonly why: WhyInFull;
  readonly check: Checked;
  readonly 'kernel-text': KernelText;
  readonly find: Position | null;
  readonly inspect: readonly Report[];
  readonly life: LifeStory;
  readonly steals: Steals;
  readonly 'find-pages': Found;
  readonly origin: Origin;
  readonly outcomes: OutcomePart;
  readonly told: Told;
  readonly creep: Creep;
  readonly 'policy-run': PolicyRun;
  readonly share: Link;
  readonly 'experiment-subject': ExperimentSubject;
  readonly 'check-experiment': readonly Warning[];
  readonly 'run-cell': CellResult;
  readonly policies: readonly PolicyId[];
  readonly pins: PinDot;
  readonly recognise: Recognition;
  readonly cancel: null;
}

export type Notice =
  | { readonly notice: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly notice: 'crash'; readonly message: string; readonly step: number };

export type ToWorker = Request & { readonly id: number };
export type FromWorker = Reply | Notice;

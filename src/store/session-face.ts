/** What can be asked of the session: every action that changes what is open, or where we are in it. */
import type { PolicyId } from '../engine/config.ts';
import type { Operation } from '../engine/operation.ts';
import type { DetailLevel, Edited, Position, Source } from '../worker/protocol.ts';
import type { TurnKind } from './turns.ts';

export interface OpenOptions {
  readonly policy?: PolicyId;
  readonly seed?: number;
  /** The address names it already, or is to stay as it is: no entry of the history is made. */
  readonly quiet?: boolean;
}

/** Shows a moment at once, whatever waits. For the work of a turn, which would wait for itself otherwise. */
export type Go = (at: Position, detail?: DetailLevel) => Promise<void>;

export interface ActOptions {
  /** What follows stands behind the act instead of being dropped. */
  readonly keep?: 'rest';
  /** Shows where the act led; the moment behind it unless told otherwise. */
  readonly show?: (edited: Edited, go: Go) => Promise<unknown>;
}

export interface Session {
  /** Opens a scenario, link or recording; on failure says why and keeps what was open. True when it opened. */
  open(source: Source, options?: OpenOptions): Promise<boolean>;
  /** The same workload under another policy or seed, or another text of it, at the same step with the same acts. */
  reopen(change: { policy?: PolicyId; seed?: number; source?: Source }): Promise<boolean>;
  /** Goes to a position, held inside the run. */
  seek(at: Position, detail?: DetailLevel): Promise<void>;
  /** Applies an operation where the page stands when it is its turn. Null when it was not done. */
  act(operation: Operation | (() => Operation), options?: ActOptions): Promise<Edited | null>;
  /** Takes the last act back and does it again with what followed behind it. */
  keepRest(): Promise<void>;
  /** Takes the edit of that number out of the middle; those after it are made again. */
  takeOut(edit: number): Promise<void>;
  /** Takes back the newest edits. */
  undo(edits?: number): Promise<void>;
  redo(): Promise<void>;
  /** Why a request of this order fails here, or would. */
  why(order: number): Promise<void>;
  /** Does something when all that was asked for before is done. */
  inTurn<T>(kind: TurnKind, work: (go: Go) => Promise<T>): Promise<T>;
  /** Whether something that was asked for is still to be done. */
  waits(): boolean;
  /** Resolves when what was asked for so far is done: what is open now is what was wanted. */
  settled(): Promise<void>;
  /** Counts the moments asked for: what looks for a moment sees by it that another was asked for since. */
  seeks(): number;
  /** Says that something will be opened; the answer tells later whether nothing else was asked for since. */
  intend(): () => boolean;
  /** Stops an opening under way. */
  cancel(): Promise<void>;
  /** After a crash: a fresh engine with what was open and done, at the last moment shown. */
  restart(): Promise<void>;
}

/** What the address is told: that the moment shown is about to be left, and how that ended. */
export interface Leaving {
  /** Another moment is reached by an act: it gets an entry of its own. */
  arrived(): void;
  /** Nothing came of it. */
  stayed(): void;
}

/** What a link says, independent of how any version of links writes it. */
import type { PolicyId } from '../../engine/config.ts';
import type { Operation } from '../../engine/operation.ts';
import type { ExperimentChoice } from '../experiment-choice.ts';
import type { Looks } from './looks.ts';
import type { Selection, Zoom } from './selection.ts';

/** An operation of a person, put in at a step: the future from there on is dropped, or kept behind it. */
export interface Edit {
  readonly at: number;
  readonly operation: Operation;
  readonly keep?: true;
}

/** A run beside the one a link is of: under another policy, or under the same without a person's edits. */
export type Beside = PolicyId | 'no-edits';

/** Runs that may stand beside the first. */
export const MOST_BESIDE = 4;
/** A page of text over the machine that a link may open: the mail, or the limits. */
export const LINK_PAGES = ['mail', 'limits'] as const;
export type LinkPage = (typeof LINK_PAGES)[number];

/** Either a preset's id or a whole scenario text; a field that is left out means the scenario's own. */
export interface LinkState extends Looks {
  readonly preset?: string;
  readonly text?: string;
  readonly policy?: PolicyId;
  readonly seed?: number;
  readonly step?: number;
  readonly event?: number;
  /** What is looked at; absent: nothing. */
  readonly select?: Selection;
  /** Absent: the whole machine. */
  readonly zoom?: Zoom;
  /** The page of text that lies over it; absent: none. */
  readonly page?: LinkPage;
  readonly edits?: readonly Edit[];
  /** Runs it is compared with, in the order of their panes. */
  readonly compare?: readonly Beside[];
  /** An experiment on it. */
  readonly experiment?: ExperimentChoice;
  /** Version of the engine that made the link. */
  readonly engine?: string;
  /** State hash at the shared moment, 16 hex digits. */
  readonly hash?: string;
}

/** Parameters of a fragment, decoded, in order. */
export type Parameters = ReadonlyMap<string, string>;

/** Something wrong in a link: one line, for a person. */
export class LinkError extends Error {}

/** What a person looks at beside the picture, and what was found out about it: parts of the state. */
import type { Found, LifeLine, Position, Report, Selection } from '../worker/protocol.ts';

/** What the inspector shows. The first four are of the visit's page. */
export type Pane =
  | { readonly kind: 'page' | 'slab' | 'block' | 'objects' }
  | { readonly kind: 'process'; readonly process: number }
  | { readonly kind: 'file'; readonly file: number }
  | {
      readonly kind:
        | 'caches'
        | 'zones'
        | 'cpus'
        | 'creep'
        | 'search'
        | 'costs'
        | 'boot'
        | 'pools'
        | 'edits'
        | 'find';
    };

export interface Visit {
  readonly selection: Selection | null;
  readonly pane: Pane;
}

export type WhereReport = Extract<Report, { readonly view: 'where' }>;

/** What was found out for a visit at a moment. */
export interface Inspection {
  readonly visit: Visit;
  readonly at: Position;
  /** The frame the selection is in now; null where it is in none, or where nothing is selected. */
  readonly pfn: number | null;
  /** Where an owner is, or why it is nowhere; null for a frame. */
  readonly where: WhereReport | null;
  readonly reports: readonly Report[];
}

/** What was typed into the find box, and what it finds at the moment shown. */
export interface Finding {
  readonly query: string;
  readonly found: Found | null;
}

/** A page frame's life, as far as it was loaded. */
export interface Life {
  readonly pfn: number;
  /** Told up to here. */
  readonly upTo: Position;
  /** Oldest first. */
  readonly lines: readonly LifeLine[];
  /** Operations from here on are told. */
  readonly reached: number;
  readonly complete: boolean;
  readonly loading: boolean;
}

/** How a moment is looked at, beyond what is selected and zoomed in to: all by name. */

/** The kinds of page that can be shown alone. */
export const LINK_KINDS = [
  'free',
  'idle',
  'cleanFile',
  'dirtyFile',
  'anon',
  'kreclaim',
  'knoreclaim',
  'boot',
  'hole',
  'parked',
  'pcp',
  'unknown',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** What is laid over the kinds. */
export const LINK_OVERLAYS = ['pins', 'age', 'owner', 'changed', 'obtainable', 'pageblocks'] as const;
export type LinkOverlay = (typeof LINK_OVERLAYS)[number];

/** Views beside the picture that need no more than their name. */
export const LINK_PANES = [
  'slab',
  'block',
  'objects',
  'caches',
  'zones',
  'cpus',
  'creep',
  'search',
  'costs',
  'boot',
  'pools',
  'edits',
  'find',
] as const;

/** The moment as text. */
export const LINK_TEXTS = [
  'buddyinfo',
  'pagetypeinfo',
  'slabinfo',
  'zoneinfo',
  'vmstat',
  'extfrag_index',
  'unusable_index',
  'ftrace',
] as const;

/** What stands beside the picture, or over it. */
export type LinkView =
  | { readonly kind: (typeof LINK_PANES)[number] }
  | { readonly kind: 'process'; readonly process: number }
  | { readonly kind: 'file'; readonly file: number }
  | { readonly kind: 'text'; readonly text: (typeof LINK_TEXTS)[number] }
  /** The plots, of the whole run unless from one step to another. */
  | { readonly kind: 'plots'; readonly from?: number; readonly to?: number }
  /** Why a request of an order fails. */
  | { readonly kind: 'why'; readonly order: number };

export interface Looks {
  /** The order of pages on the grid; absent: what suits the machine's size. */
  readonly layout?: 'rows' | 'z';
  /** Shown alone; absent: all kinds are. */
  readonly kind?: LinkKind;
  readonly overlay?: LinkOverlay;
  /** Absent: the selected page, or what just happened. */
  readonly view?: LinkView;
}

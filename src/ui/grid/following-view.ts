/** A view that knows which view it follows on, so that only the tiles between the two are looked at again. */
import type { PageView } from '../../render/page-view.ts';

export interface FollowingView extends PageView {
  /** `state` of the view before. */
  readonly follows?: Uint8Array | undefined;
  /** One byte a tile of 1,024 pages: 0 where nothing differs from that one. */
  readonly dirty?: Uint8Array | undefined;
}

/** The tiles to look at in `view` by whoever was given `last`; null: all, since a view between was left out. */
export function dirtySince(view: FollowingView, last: PageView | null): Uint8Array | null {
  return last !== null && view.follows === last.state ? (view.dirty ?? null) : null;
}

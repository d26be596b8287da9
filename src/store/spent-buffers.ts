/**
 * Buffers of frames that are no longer looked at, for the engine to paint the next ones into. What stands in the
 * store is read at any time (by a draw, by a pointer over the page) and what stood there before it may be read until
 * the page has followed, so a frame's buffers go back only when two later ones have come.
 */
import type { Frame, FrameBuffers } from '../worker/protocol.ts';

/** Frames back that may still be read. */
const KEPT = 1;

export interface SpentBuffers {
  /** Notes that `frame` has left the store. */
  spend(frame: Frame): void;
  /** A pair to hand back, or nothing; it must not be read again. */
  take(): { readonly recycle?: FrameBuffers };
  /** Forgets all: they are of another machine's size. */
  clear(): void;
}

export function createSpentBuffers(): SpentBuffers {
  let spent: FrameBuffers[] = [];
  return {
    spend: ({ view }) => {
      const state = view.state.buffer;
      const detail = view.detail.buffer;
      if (!(state instanceof ArrayBuffer) || !(detail instanceof ArrayBuffer)) return;
      // A frame shown twice is spent once.
      if (spent.some((pair) => pair.state === state)) return;
      spent.push({ state, detail });
    },
    take: () => {
      const recycle = spent.length > KEPT ? spent.shift() : undefined;
      return recycle === undefined ? {} : { recycle };
    },
    clear: () => {
      spent = [];
    },
  };
}

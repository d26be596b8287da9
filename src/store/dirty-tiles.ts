/**
 * Which tiles of a frame differ from the frame shown before it. The engine tells what changed since the frame it
 * made last; not all that it makes are shown, so what the others changed is added up.
 */
import type { FrameView } from '../worker/protocol.ts';

export interface DirtyTiles {
  /** Adds a frame that will not be shown. */
  pass(view: FrameView): void;
  /** Adds a frame that will be, and gives it all tiles that changed since the last one taken, where they are known. */
  take(view: FrameView): FrameView;
  /** Nothing is known any more: a frame was lost, or is of another machine. */
  clear(): void;
}

export function createDirtyTiles(): DirtyTiles {
  let serial: number | null = null;
  let sum: Uint8Array | null = null;

  const add = (view: FrameView) => {
    const isNext = view.serial !== undefined && serial !== null && view.serial === serial + 1;
    serial = view.serial ?? null;
    const { dirty } = view;
    if (!isNext || dirty === undefined || sum === null) sum = null;
    else sum = sum.map((mark, tile) => mark | dirty[tile]!);
  };
  return {
    pass: add,
    take: (view) => {
      add(view);
      const { dirty: own, ...rest } = view;
      const taken = sum === null ? rest : { ...rest, dirty: sum };
      sum = own === undefined ? null : new Uint8Array(own.length);
      return taken;
    },
    clear: () => {
      serial = null;
      sum = null;
    },
  };
}

/** The page's one frame scheduler: every canvas and plot draws through it, at most once a frame. */

export interface FrameScheduler {
  /** Asks for `draw` in the next frame; the same function is called once, however often it was asked for. */
  requestDraw(draw: () => void): void;
  /** Takes a request back, for a pane that goes away. */
  cancel(draw: () => void): void;
  /** Whether a frame is to come. */
  readonly pending: boolean;
  /** Resolves when nothing is to be drawn, including what drawing itself asked for. */
  whenIdle(): Promise<void>;
}

/** The browser's frame clock, replaceable in tests. */
export type FrameClock = (frame: () => void) => unknown;

/** Creates a scheduler. An error in one draw is reported and keeps no other from drawing. */
export function createFrameScheduler(
  nextFrame: FrameClock = (frame) => requestAnimationFrame(frame),
  report: (error: unknown) => void = reportError,
): FrameScheduler {
  let wanted = new Set<() => void>();
  let scheduled = false;
  let waiting: (() => void)[] = [];

  const settle = () => {
    if (scheduled || wanted.size > 0) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  };
  const runFrame = () => {
    scheduled = false;
    const draws = wanted;
    wanted = new Set();
    for (const draw of draws) {
      try {
        draw();
      } catch (error) {
        report(error);
      }
    }
    settle();
  };
  return {
    requestDraw(draw) {
      wanted.add(draw);
      if (scheduled) return;
      scheduled = true;
      nextFrame(runFrame);
    },
    cancel(draw) {
      wanted.delete(draw);
    },
    get pending() {
      return scheduled;
    },
    whenIdle() {
      return scheduled ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
    },
  };
}

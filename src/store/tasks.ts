/** Counts what is under way, so that a script can wait for quiet without a clock. */
export interface Tasks {
  /** Says that something is pending until the returned function is called. */
  hold(): () => void;
  /** Holds until the promise settles; returns the promise. */
  track<T>(promise: Promise<T>): Promise<T>;
  readonly pending: () => number;
  /** How many have ended since the page began. */
  readonly ended: () => number;
  /** Resolves when nothing is pending, and nothing became pending in the turn after. */
  idle(): Promise<void>;
}

export function createTasks(): Tasks {
  let pending = 0;
  let ended = 0;
  let waiters: (() => void)[] = [];

  const settle = () => {
    if (pending > 0) return;
    const ready = waiters;
    waiters = [];
    for (const resolve of ready) resolve();
  };

  const hold = () => {
    let held = true;
    pending++;
    return () => {
      if (!held) return;
      held = false;
      pending--;
      ended++;
      // What follows a reply (drawing, the next request) holds in the same turn; look only after it.
      queueMicrotask(() => queueMicrotask(settle));
    };
  };

  const track = <T>(promise: Promise<T>): Promise<T> => {
    const release = hold();
    promise.then(release, release);
    return promise;
  };

  const idle = async () => {
    do {
      await Promise.resolve();
      if (pending > 0) await new Promise<void>((resolve) => waiters.push(resolve));
    } while (pending > 0);
  };

  return { hold, track, idle, pending: () => pending, ended: () => ended };
}

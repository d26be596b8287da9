/** Where a command writes and how it ends, so that a test can run one without a process. */

/** Exit codes: done; the scenario or input is bad; wrong usage; cancelled by Ctrl-C (128 + SIGINT, as shells have it). */
export const EXIT = { ok: 0, input: 1, usage: 2, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Io {
  /** Text for stdout. */
  out(text: string): void;
  /** A file for stdout: as it is, but for what a terminal would obey. Where absent, as `out`. */
  readonly file?: (text: string) => void;
  /** One line for stderr. */
  err(line: string): void;
  /** A line on stderr that the next one takes the place of; absent where stderr is no terminal. */
  readonly status?: (line: string) => void;
  /** Tells once of Ctrl-C instead of ending the process; returns the way to stop listening. */
  readonly onCancel?: (listener: () => void) => () => void;
}

/** A command of `order0`. */
export interface Command {
  readonly name: string;
  /** What comes after `order0 NAME` in the usage line. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], io: Io): ExitCode | Promise<ExitCode>;
}

/** The call itself is wrong: exit 2 with the usage line. */
export class UsageError extends Error {}

/** Prints the one JSON document of a `--json` call. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

/** Where a command writes and how it ends, so that a test can run one without a process. */

/** Exit codes: done; the scenario or input is bad; wrong usage. */
export const EXIT = { ok: 0, input: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Io {
  /** Text for stdout, as it is. */
  out(text: string): void;
  /** One line for stderr. */
  err(line: string): void;
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

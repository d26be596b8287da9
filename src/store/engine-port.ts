/**
 * What the store asks of the engine behind the page. The worker's client fulfils it in the browser, a plain object
 * in tests.
 */
import type { Notice, Problem, Replies, Request } from '../worker/protocol.ts';

type Named<T extends Request['type']> = Request & { readonly type: T };

export interface EnginePort {
  /** Resolves with the reply's value; rejects with a {@link ProblemsError} for what the engine refuses. */
  request<T extends Request['type']>(request: Named<T>): Promise<Replies[T]>;
  /** Progress and crashes; returns the way to stop listening. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Starts a fresh engine, with nothing open, after a crash. */
  restart(): void;
  /** Ends the engine and gives its memory back; nothing is answered any more. */
  stop(): void;
}

/** Starts another engine, with nothing open. */
export type StartEngine = () => EnginePort;

/** An input was refused: one problem a line. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/**
 * What went wrong, as lines for people. Any error that carries `problems` is read through them, so that the
 * worker's client needs no class of the store.
 */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof Error && 'problems' in error && Array.isArray(error.problems)) {
    return error.problems as readonly Problem[];
  }
  return [{ message: error instanceof Error ? error.message : String(error) }];
}

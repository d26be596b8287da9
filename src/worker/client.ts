/** The page's side of the protocol: requests as promises, and what is left of them when the worker dies. */
import type { FromWorker, Notice, Problem, Replies, Request } from './protocol.ts';
import EngineWorker from './worker.ts?worker';

/** A request the engine refused, or did not live to answer: one problem a line. */
export class RequestError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'RequestError';
    this.problems = problems;
  }
}

export interface Client {
  /** Resolves with the reply's value; rejects with a {@link RequestError}. Buffers to recycle go with the request. */
  request<T extends Request['type']>(request: Request & { readonly type: T }): Promise<Replies[T]>;
  /** Progress and crashes; returns the way to stop listening. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Ends the worker, rejects what waits and starts a fresh one with nothing open. */
  restart(): void;
  /** Ends the worker for good and rejects what waits. */
  stop(): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: RequestError) => void;
}

/** Messages kept to tell what led to a crash. */
const LAST_LINES = 5;

/**
 * Starts a worker.
 * @param makeWorker how; the page's own worker unless a test gives another
 */
export function createClient(makeWorker: () => Worker = () => new EngineWorker()): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(notice: Notice) => void>();
  const lines: string[] = [];
  let ids = 0;
  let step = 0;
  let dead: string | null = null;
  let worker = start();

  function start(): Worker {
    const fresh = makeWorker();
    fresh.addEventListener('message', (event: MessageEvent<FromWorker>) => hear(event.data));
    fresh.addEventListener('error', (event) => {
      event.preventDefault();
      if (fresh === worker) crash(event.message || 'the worker failed to start');
    });
    fresh.addEventListener('messageerror', () => {
      if (fresh === worker) crash('a message could not be read');
    });
    return fresh;
  }

  function hear(message: FromWorker): void {
    if ('notice' in message) return tell(message);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.value as never);
    else call?.reject(new RequestError(message.problems));
  }

  function tell(notice: Notice): void {
    if (notice.notice === 'crash') step = notice.step;
    for (const listener of listeners) listener(notice);
  }

  /** Nothing will answer any more: every call waiting, and every later one until a restart, ends with the reason. */
  function crash(reason: string): void {
    dead = [`the engine stopped: ${reason}`, ...lines].join('\n');
    rejectAll(dead);
    tell({ notice: 'crash', message: dead, step });
  }

  function rejectAll(message: string): void {
    for (const call of waiting.values()) call.reject(new RequestError([{ message }]));
    waiting.clear();
  }

  return {
    request(call) {
      const request: Request = call;
      if (dead !== null) return Promise.reject(new RequestError([{ message: dead }]));
      const id = ++ids;
      if (request.type === 'frame') step = request.at.step;
      lines.push(describe(request));
      if (lines.length > LAST_LINES) lines.shift();
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...request, id }, buffersOf(request));
      });
    },
    onNotice(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    restart() {
      worker.terminate();
      rejectAll('the engine was restarted');
      dead = null;
      worker = start();
    },
    stop() {
      worker.terminate();
      dead = 'the engine was stopped';
      rejectAll(dead);
    },
  };
}

/** The planes a frame request gives back. Those of a recording stay: a failed open may be tried again. */
function buffersOf(request: Request): ArrayBuffer[] {
  if (request.type !== 'frame' || !request.recycle) return [];
  return [request.recycle.state, request.recycle.detail].filter((buffer) => buffer.byteLength > 0);
}

/** `frame at 1404.3`, for the lines that lead to a crash. */
function describe(request: Request): string {
  return 'at' in request && request.at
    ? `${request.type} at ${request.at.step}.${request.at.event}`
    : request.type;
}

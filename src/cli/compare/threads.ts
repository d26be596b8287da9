/** Lanes for the cells of an experiment: this process alone, or threads beside it. */
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CellResult } from '../../experiment/document.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Lane } from '../../experiment/pool.ts';
import { runCell } from '../../worker/experiment-run.ts';
import { InputError } from '../../worker/problems.ts';
import type { ThreadReply } from './cell-thread.ts';

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Ends every thread at once, whatever it is at. */
  end(): Promise<void>;
}

/** Threads do not inherit the loader of TypeScript that `tsx` gives the process: each begins by putting it in place. */
const START = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then(({ register }) => register())
    .then(() => import(${JSON.stringify(new URL('./cell-thread.ts', import.meta.url).href)}));
`;

/** @param jobs lanes; a single one needs no thread */
export function openLanes(experiment: Experiment, jobs: number): Lanes {
  if (jobs === 1) return { lanes: [ownLane(experiment)], end: async () => {} };
  const threads = Array.from({ length: jobs }, () => threadLane(experiment));
  return {
    lanes: threads.map(({ lane }) => lane),
    end: async () => void (await Promise.all(threads.map(({ worker }) => worker.terminate()))),
  };
}

/** Between two cells the process looks up: a signal is heard. */
function ownLane(experiment: Experiment): Lane {
  return async (cell) => {
    await setImmediate();
    return runCell(experiment, cell);
  };
}

function threadLane(experiment: Experiment): { readonly worker: Worker; readonly lane: Lane } {
  const worker = new Worker(START, { eval: true, workerData: experiment });
  let wait: { resolve(result: CellResult): void; reject(error: Error): void } | null = null;
  let dead: Error | null = null;
  const settle = (reply: ThreadReply) => {
    if ('result' in reply) wait?.resolve(reply.result);
    else if ('problems' in reply) wait?.reject(new InputError(reply.problems));
    else wait?.reject(new Error(reply.crash));
    wait = null;
  };
  const die = (error: Error) => {
    dead = error;
    wait?.reject(error);
    wait = null;
  };
  worker.on('message', settle);
  worker.on('error', die);
  worker.on('exit', () => die(new Error('a thread ended before its work')));
  const lane: Lane = (cell) =>
    new Promise((resolve, reject) => {
      if (dead !== null) return reject(dead);
      wait = { resolve, reject };
      worker.postMessage(cell);
    });
  return { worker, lane };
}

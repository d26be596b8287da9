/** A thread that runs cells of one experiment: an index in, a result or a problem out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CellResult } from '../../experiment/document.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { runCell } from '../../worker/experiment-run.ts';
import { InputError } from '../../worker/problems.ts';
import type { Problem } from '../../worker/protocol.ts';

/** What a thread says of one cell. */
export type ThreadReply =
  | { readonly result: CellResult }
  | { readonly problems: readonly Problem[] }
  | { readonly crash: string };

const experiment = workerData as Experiment;

function replyTo(cell: number): ThreadReply {
  try {
    return { result: runCell(experiment, cell) };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (cell: number) => parentPort?.postMessage(replyTo(cell)));

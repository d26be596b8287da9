import { plural } from '../../base/text.ts';
import { type CellResult, documentOf, documentText, factsOf } from '../../experiment/document.ts';
import { cellsOf, type Experiment } from '../../experiment/experiment.ts';
import { Cancelled, runCells } from '../../experiment/pool.ts';
import { inShard, type Shard, type ShardDocument } from '../../experiment/shards.ts';
import { warningText } from '../../scenario/warning.ts';
import { checkArms } from '../../worker/experiment-run.ts';
import { COMPARE_OPTIONS, jobsFor, readExperiment, readShardOption } from '../compare/compare-options.ts';
import { compareText } from '../compare/compare-text.ts';
import { openLanes } from '../compare/threads.ts';
import { type Command, EXIT, type Io } from '../io.ts';
import { readOptions } from '../options.ts';

/** `order0 compare` */
export const compare: Command = {
  name: 'compare',
  usage:
    'SCENARIO|experiment:ID [--policies A,B] [--seeds 1..N] [--sweep KEY=V,V]... [--set KEY=VALUE]... [--jobs N] [--shard I/N] [--all] [--progress] [--json]',
  summary: 'Policies, or values of any field, compared over many seeds: means and 95 % intervals.',
  async run(args, io) {
    const { values, positionals } = readOptions(args, COMPARE_OPTIONS, 1);
    const shard = values.shard === undefined ? null : readShardOption(values.shard);
    const experiment = readExperiment(positionals[0], values);
    for (const warning of checkArms(experiment)) io.err(`warning: ${warningText(warning)}`);
    const cells = cellsOf(experiment.choice)
      .map(({ index }) => index)
      .filter((cell) => shard === null || inShard(cell, shard));
    const results = await runAll(
      experiment,
      cells,
      jobsFor(values.jobs, cells.length),
      io,
      values.progress ?? false,
    );
    if (results === null) return EXIT.cancelled;
    if (shard !== null) {
      io.out(documentText(shardDocument(experiment, shard, values.json ?? false, results)));
      return EXIT.ok;
    }
    const document = documentOf(experiment, results);
    io.out(values.json ? documentText(document) : compareText(document, values.all ?? false));
    return EXIT.ok;
  },
};

/** The results of the cells, in order; null where Ctrl-C came first. */
async function runAll(
  experiment: Experiment,
  cells: readonly number[],
  jobs: number,
  io: Io,
  progress: boolean,
): Promise<CellResult[] | null> {
  const { lanes, end } = openLanes(experiment, jobs);
  const signal = { aborted: false };
  const stop = io.onCancel?.(() => {
    signal.aborted = true;
    void end();
  });
  // A run that was under way on another processor may end after the last word was said.
  let over = false;
  const tell = (done: number) => {
    if (over) return;
    const line = `${done} of ${plural(cells.length, 'run')} done`;
    if (io.status !== undefined) io.status(line);
    else if (progress) io.err(line);
  };
  try {
    return await runCells(cells, lanes, (_, done) => tell(done), signal);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    over = true;
    io.status?.('');
    io.err(`order0 compare: cancelled after ${error.done} of ${plural(cells.length, 'run')}`);
    return null;
  } finally {
    stop?.();
    io.status?.('');
    await end();
  }
}

function shardDocument(
  experiment: Experiment,
  shard: Shard,
  json: boolean,
  cells: readonly CellResult[],
): ShardDocument {
  const { policies } = experiment.choice;
  return { shard, json, experiment: { ...factsOf(experiment), policies }, cells };
}

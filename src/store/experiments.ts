/** Experiments on the page: as many engines as there are processors, each running cells of its own. */
import type { StoreApi } from 'zustand/vanilla';
import type { CellResult } from '../experiment/document.ts';
import { cellsOf, type Experiment } from '../experiment/experiment.ts';
import { Cancelled, runCells } from '../experiment/pool.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import type { ExperimentRun, LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

/** An engine of its own, ended when its work is done. */
export type Engine = Pick<EnginePort, 'request'> & { stop(): void };

export interface Experiments {
  /** Runs an experiment on what is open; one under way is called off. What is wrong is said where problems are. */
  run(choice: ExperimentChoice): Promise<void>;
  /** Calls off the experiment under way; what was run so far stays. */
  cancel(): void;
}

/**
 * @param openEngine starts an engine
 * @param engines how many may run at once
 * @param nextFrame calls back when there is something to be drawn anew; results that come meanwhile are shown together
 */
export function createExperiments(
  store: StoreApi<LabState>,
  port: EnginePort,
  tasks: Tasks,
  openEngine: () => Engine,
  engines: number,
  nextFrame: (callback: () => void) => void,
): Experiments {
  let stop = () => {};

  const show = (change: Partial<ExperimentRun>) => {
    const { experimentRun } = store.getState();
    if (experimentRun !== null) store.setState({ experimentRun: { ...experimentRun, ...change } });
  };

  const run = async (choice: ExperimentChoice) => {
    stop();
    store.setState({ problems: [], experimentChoice: choice });
    const signal = { aborted: false };
    const open: Engine[] = [];
    const end = () => {
      signal.aborted = true;
      for (const engine of open) engine.stop();
    };
    stop = end;
    try {
      const subject = await port.request({ type: 'experiment-subject' });
      const experiment: Experiment = { subject, choice };
      const warnings = await port.request({ type: 'check-experiment', experiment });
      if (signal.aborted) return;
      const cells = cellsOf(choice).map(({ index }) => index);
      const results = new Array<CellResult | undefined>(cells.length).fill(undefined);
      store.setState({ experimentRun: { experiment, status: 'running', results: [], done: 0, warnings } });
      open.push(...Array.from({ length: Math.min(engines, cells.length) }, openEngine));
      const lanes = open.map(
        (engine) => (cell: number) => engine.request({ type: 'run-cell', experiment, cell }),
      );
      let waiting = false;
      const arrived = (result: CellResult, done: number) => {
        results[result.cell] = result;
        if (waiting) return;
        waiting = true;
        nextFrame(() => {
          waiting = false;
          if (!signal.aborted) show({ results: [...results], done });
        });
      };
      await runCells(cells, lanes, arrived, signal).finally(() =>
        show({ results: [...results], done: results.filter((one) => one !== undefined).length }),
      );
      show({ status: 'done' });
    } catch (error) {
      if (store.getState().experimentRun?.status === 'running') {
        show({ status: error instanceof Cancelled ? 'cancelled' : 'failed' });
      }
      if (!(error instanceof Cancelled)) store.setState({ problems: problemsOf(error) });
    } finally {
      end();
    }
  };

  return {
    run: (choice) => tasks.track(run(choice)),
    cancel: () => stop(),
  };
}

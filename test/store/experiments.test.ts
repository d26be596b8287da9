/** Experiments of the page, on engines that live in the test. */
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/experiment/command.ts';
import type { CellResult } from '../../src/experiment/document.ts';
import { documentOf, documentText } from '../../src/experiment/document.ts';
import { readSeeds, readSweep } from '../../src/scenario/experiment-choice.ts';
import { ProblemsError } from '../../src/store/engine-port.ts';
import { createExperiments, type Engine } from '../../src/store/experiments.ts';
import { createLab } from '../../src/store/lab.ts';
import type { Replies, Request } from '../../src/worker/protocol.ts';
import { call } from '../cli/call.ts';
import { createFixturePort } from '../ui/fixtures/port.ts';
import { createPage, type Page } from '../worker/page.ts';
import { createFakeHost } from './fake-host.ts';

const choice = {
  policies: ['order0-slab', 'buddy-2.6'] as const,
  seeds: readSeeds('1..3'),
  sets: ['machine.pages=512'],
  sweeps: [readSweep('machine.slabOrder=4,5')],
};

/** A host's page as the store's engine. */
const engineOf = (page: Page) => ({
  request: async <T extends Request['type']>(
    request: Request & { readonly type: T },
  ): Promise<Replies[T]> => {
    try {
      // The page's type is the same one, which the compiler does not see through the generic.
      return (await page.ask(request as never)) as Replies[T];
    } catch (error) {
      throw new ProblemsError(JSON.parse((error as Error).message).problems);
    }
  },
  onNotice: () => () => {},
  restart: () => {},
});

async function bench(openEngine?: () => Engine) {
  const page = createPage();
  await page.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
  const { store, tasks } = createLab(createFixturePort(), createFakeHost());
  const engines: { stopped: boolean }[] = [];
  const open = () => {
    const engine = {
      ...engineOf(createPage()),
      stopped: false,
      stop: () => {
        engine.stopped = true;
      },
    };
    engines.push(engine);
    return engine;
  };
  const experiments = createExperiments(store, engineOf(page), tasks, openEngine ?? open, 2, (callback) =>
    callback(),
  );
  return { page, store, experiments, engines };
}

describe('an experiment of the page', () => {
  it('gives the bytes of its command', async () => {
    const { store, experiments, engines } = await bench();
    await experiments.run(choice);
    const run = store.getState().experimentRun!;
    expect([run.status, run.done]).toEqual(['done', 12]);
    expect(engines.map(({ stopped }) => stopped)).toEqual([true, true]);
    const command = commandOf(run.experiment, '');
    expect(command).toContain('preset:one-slab');
    const args = command.replace(/^.* -- /, '').split(' ');
    const { out } = await call(...args, '--jobs', '1');
    expect(documentText(documentOf(run.experiment, run.results as CellResult[])) === out).toBe(true);
  });

  it('of an edited run goes by its link, to the same bytes', async () => {
    const { page, store, experiments } = await bench();
    await page.ask({ type: 'act', at: { step: 700, event: 0 }, operation: { op: 'reclaimSlab', order: 5 } });
    await experiments.run({ ...choice, seeds: [9] });
    const run = store.getState().experimentRun!;
    const { url } = await page.ask({
      type: 'share',
      at: { step: 0, event: 0 },
      base: 'https://example.org/',
      experiment: run.experiment.choice,
    });
    expect(commandOf(run.experiment, url)).toBe(`npm run --silent order0 -- compare '${url}' --json`);
    const { out } = await call('compare', url, '--jobs', '1', '--json');
    expect(documentText(documentOf(run.experiment, run.results as CellResult[])) === out).toBe(true);
    const plain = await call('compare', 'preset:one-slab', '--seeds', '9', '--jobs', '1', '--json');
    expect(plain.out).not.toContain(run.results[0]!.stateHash);
  });

  it('shows results as they come, and keeps them when it is called off', async () => {
    const { store, experiments, engines } = await bench();
    const seen: number[] = [];
    store.subscribe(({ experimentRun }) => {
      if (experimentRun?.status !== 'running') return;
      seen.push(experimentRun.done);
      if (experimentRun.done === 4) experiments.cancel();
    });
    await experiments.run(choice);
    expect(seen.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
    const { status, done, results } = store.getState().experimentRun!;
    expect(status).toBe('cancelled');
    expect(done).toBe(results.filter(Boolean).length);
    expect(done).toBeGreaterThanOrEqual(4);
    expect(done).toBeLessThan(12);
    expect(engines.every(({ stopped }) => stopped)).toBe(true);
    expect(store.getState().problems).toEqual([]);
  });

  it('says what is wrong before it runs anything', async () => {
    const { store, experiments, engines } = await bench();
    await experiments.run({ ...choice, sets: ['machine.page=1'] });
    expect(store.getState().problems[0]!.message).toContain('machine.page: unknown');
    expect(store.getState().experimentRun).toBeNull();
    expect(engines).toEqual([]);
  });

  it('stops at a run that cannot be', async () => {
    const broken: Engine = {
      request: () => Promise.reject(new ProblemsError([{ message: 'the engine stopped' }])),
      stop: () => {},
    };
    const { store, experiments } = await bench(() => broken);
    await experiments.run(choice);
    expect(store.getState().experimentRun).toMatchObject({ status: 'failed', done: 0 });
    expect(store.getState().problems).toEqual([{ message: 'the engine stopped' }]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createConsole, type Order0 } from '../../src/store/console.ts';
import type { EnginePort } from '../../src/store/engine-port.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import type { Notice } from '../../src/worker/protocol.ts';
import { createPage } from '../worker/page.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

/** An engine without a worker that can be told to die. */
interface TestEngine extends EnginePort {
  readonly ended: () => boolean;
  crash(): void;
}

/** What every opening waits for. */
let gate: Promise<void> = Promise.resolve();

function createEngine(): TestEngine {
  let page = createPage();
  let ended = false;
  const listeners = new Set<(notice: Notice) => void>();
  return {
    request: async (request) => {
      if (request.type === 'open') await gate;
      return page.ask(request as never);
    },
    onNotice: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    restart: () => {
      page = createPage();
    },
    stop: () => {
      ended = true;
    },
    ended: () => ended,
    crash: () => {
      for (const listener of listeners) listener({ notice: 'crash', message: 'it broke\nand how', step: 0 });
    },
  };
}

/** Put off no longer than other messages take. */
function soon(_: number, callback: () => void): () => void {
  const handle = setImmediate(callback);
  return () => clearImmediate(handle);
}

let host: FakeHost;
let lab: Lab;
let order0: Order0;
/** Engines started for panes, in order. */
let engines: TestEngine[];

const state = () => lab.store.getState();
const panes = () => state().panes;

async function openLab(fragment = ''): Promise<void> {
  engines = [];
  const fake = createFakeHost(fragment);
  host = {
    ...fake,
    address: { ...fake.address, later: soon },
    startEngine: () => {
      const engine = createEngine();
      engines.push(engine);
      return engine;
    },
  };
  lab = createLab(createEngine(), host);
  const ready = lab.address.openFromAddress('one-slab');
  order0 = createConsole(
    lab,
    ready,
    () => host.history.at(-1)!,
    () => Promise.resolve(),
  );
  await order0.idle();
}

beforeEach(() => openLab());

describe('runs beside the open one', () => {
  it('show the same step of the same workload, each under its policy', async () => {
    await order0.compare(['buddy-2.6']);
    await order0.seek(700);
    await order0.idle();
    expect(panes().map(({ opened }) => opened?.policy)).toEqual(['buddy-2.6']);
    expect(panes()[0]?.frame?.at).toEqual({ step: 700, event: 0 });
    const alone = createPage();
    await alone.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' }, policy: 'buddy-2.6' });
    const { full } = await alone.ask({ type: 'frame', at: { step: 700, event: 0 }, detail: 'full' });
    const [open, beside] = await order0.summaries();
    expect(beside?.stateHash).toBe(full?.summary.stateHash);
    expect(open?.stateHash).not.toBe(beside?.stateHash);
  });

  it('never show another moment than the first pane, while the run plays', async () => {
    await order0.compare(['buddy-2.6']);
    await order0.seek(100);
    const apart: unknown[] = [];
    lab.store.subscribe(({ frame, panes: [pane] }) => {
      if (frame?.at.step !== pane?.frame?.at.step) apart.push([frame?.at, pane?.frame?.at]);
    });
    lab.store.setState({ speed: 64 });
    lab.player.play({ step: 400, event: 0 });
    for (let now = 0; state().playing; now += 16) {
      await host.frame(now);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await order0.idle();
    expect(state().position.step).toBe(400);
    expect(apart).toEqual([]);
  });

  it('part where a request has other victims, and tell what each did there', async () => {
    await order0.compare(['buddy-2.6']);
    const parted = await order0.divergences();
    expect(parted?.first).toBe(parted?.outcomes[0]);
    expect(parted?.told).toHaveLength(2);
    expect(parted?.told[0]).not.toBe(parted?.told[1]);
    await order0.seek(0);
    lab.compare.toDivergence('first');
    await order0.idle();
    expect(state().position.step).toBe(parted?.first);
    lab.compare.toDivergence('next');
    await order0.idle();
    expect(state().position.step).toBe(parted?.outcomes[1]);
    lab.compare.toDivergence('previous');
    await order0.idle();
    expect(state().position.step).toBe(parted?.first);
  });

  it('part nowhere from themselves', async () => {
    await order0.compare(['order0-slab', 'order0-slab']);
    const parted = await order0.divergences();
    expect(parted).toMatchObject({ first: null, outcomes: [], places: [] });
    expect(state().parting).toMatchObject({ complete: true, compared: state().opened?.length });
  });

  it('keep their engines while they stay, and give them back when they go', async () => {
    await order0.compare(['buddy-2.6', 'order0-slab']);
    await order0.compare(['order0-slab']);
    expect(engines.map((engine) => engine.ended())).toEqual([true, false]);
    await order0.compare([]);
    expect(engines.map((engine) => engine.ended())).toEqual([true, true]);
    expect(panes()).toEqual([]);
    expect(await order0.divergences()).toBeNull();
  });

  it('follow the first pane to another scenario, seed and edit', async () => {
    await order0.compare(['buddy-2.6', 'no-edits']);
    await lab.session.reopen({ seed: 7 });
    await order0.idle();
    expect(panes().map(({ opened }) => opened?.seed)).toEqual([7, 7]);
    await order0.seek(900);
    await lab.acts.perform({ op: 'dropCaches' });
    await order0.idle();
    expect(panes().map(({ opened }) => opened?.edits)).toEqual([1, 0]);
    expect(panes().map(({ frame }) => frame?.at.step)).toEqual([901, 901]);
    await lab.session.open({ kind: 'preset', id: 'mlocked-page' });
    await order0.idle();
    expect(panes().map(({ opened }) => opened?.presetId)).toEqual(['mlocked-page', 'mlocked-page']);
    expect(panes().map(({ opened }) => opened?.edits)).toEqual([0, 0]);
  });

  it('set a run beside itself without what a person did', async () => {
    const { step } = state().position;
    await lab.acts.perform({ op: 'dropCaches' });
    await order0.compare(['no-edits']);
    const [edited, plain] = await order0.summaries();
    expect(plain?.policy).toBe(edited?.policy);
    expect(plain?.pages.user).toBeGreaterThan(edited!.pages.user);
    expect((await order0.divergences())?.first).toBe(step + 1);
  });

  it('stand at the same operation of the workload where the rest was kept behind an act', async () => {
    await order0.compare([]);
    await order0.seek(2000);
    const plain = await order0.summary();
    await order0.seek(900);
    await lab.acts.perform({ op: 'drainCpus' });
    await lab.acts.keepRest();
    await order0.compare(['no-edits']);
    await order0.seek(2001);
    const [, beside] = await order0.summaries();
    expect(beside?.clockNs).toBe(plain.clockNs);
    expect(beside?.pages).toEqual(plain.pages);
    expect(beside?.freeByOrder).toEqual(plain.freeByOrder);
  });

  it('part nowhere where an act changes nothing and the rest is kept behind it', async () => {
    await order0.compare([]);
    await order0.seek(900);
    await lab.acts.perform({ op: 'idle' });
    await lab.acts.keepRest();
    await order0.compare(['no-edits']);
    expect(await order0.divergences()).toMatchObject({ first: null, outcomes: [], places: [] });
  });

  it('are compared also where something is done before they have opened', async () => {
    await order0.compare(['buddy-2.6']);
    await order0.seek(900);
    let letIn = () => {};
    gate = new Promise((resolve) => {
      letIn = resolve;
    });
    lab.store.setState({ compareWith: ['no-edits'] });
    await lab.acts.perform({ op: 'dropCaches' });
    await lab.acts.perform({ op: 'dropCaches' });
    // For a run without edits it is the same again: its engine is still opening.
    letIn();
    await order0.idle();
    expect(state().parting).toMatchObject({ complete: true, outcomes: expect.arrayContaining([901]) });
    expect(panes()[0]).toMatchObject({ opening: false, frame: { at: { step: 902 } } });
  });

  it('say that an act is none of theirs', async () => {
    await order0.compare(['buddy-2.6']);
    await order0.seek(1000);
    await lab.acts.reclaimOneSlab({ watch: false });
    await order0.idle();
    expect(panes()[0]?.detail?.narration.current.text).toBe(
      'buddy-2.6 has no slabs: there is none to reclaim',
    );
  });
});

describe('what stands where the panes are', () => {
  it('closes the comparison, and toggling brings the other policies back', async () => {
    await order0.compare(['order0-slab', 'buddy-2.6']);
    lab.selecting.show({ kind: 'zones' });
    await order0.idle();
    expect(state().compareWith).toEqual([]);
    expect(engines.every((engine) => engine.ended())).toBe(true);
    lab.compare.toggle();
    await order0.idle();
    // The open policy beside itself is not what one comes back to.
    expect(panes().map(({ run }) => run)).toEqual(['buddy-2.6']);
    lab.store.setState({ plotsOpen: true });
    await order0.idle();
    expect(panes()).toEqual([]);
  });
});

describe('a selected page', () => {
  it('is the same logical page in every pane', async () => {
    await order0.compare(['buddy-2.6']);
    const { view } = state().frame!;
    const pfn = view.state.findIndex((byte) => (byte & 15) === 4);
    await lab.selecting.pick(pfn);
    await order0.idle();
    expect(state().inspection?.pfn).toBe(pfn);
    const { selection } = state().trail.at(-1)!;
    const there = panes()[0]!.selected!;
    expect(there.pfn !== null || there.text !== '').toBe(true);
    if (there.pfn !== null) {
      expect(await lab.compare.ownerAt(panes()[0]!.id, there.pfn)).toEqual(selection);
    }
    lab.selecting.clear();
    await order0.idle();
    expect(panes()[0]!.selected).toBeNull();
  });
});

describe('a run that cannot be shown', () => {
  it('says so in its pane, and the others are compared', async () => {
    await order0.compare(['buddy-2.6', 'order0-slab']);
    engines[0]!.crash();
    expect(panes()[0]?.problems.map(({ message }) => message)).toEqual(['it broke']);
    await order0.seek(500);
    await order0.idle();
    expect(panes()[1]?.frame?.at.step).toBe(500);
    lab.compare.retry(panes()[0]!.id);
    await order0.idle();
    expect(panes()[0]).toMatchObject({ problems: [], opening: false, frame: { at: { step: 500 } } });
  });

  it('is refused where it has no such name, and where there are too many', async () => {
    await expect(order0.compare(['buddy-3.0'])).rejects.toThrow(/no run is called buddy-3\.0: expected/);
    await expect(order0.compare(new Array(5).fill('buddy-2.6'))).rejects.toThrow(/at most 4 runs, met 5/);
    expect(state().compareWith).toEqual([]);
  });
});

describe('the address', () => {
  it('carries what is compared, and brings it back', async () => {
    await order0.compare(['buddy-2.6', 'no-edits']);
    await order0.seek(321);
    await order0.idle();
    const link = host.history.at(-1)!;
    expect(link).toContain('&compare=buddy-2.6%2Cno-edits');
    await openLab(link.slice(link.indexOf('#')));
    expect(panes().map(({ run }) => run)).toEqual(['buddy-2.6', 'no-edits']);
    expect(panes().map(({ frame }) => frame?.at.step)).toEqual([321, 321]);
    await lab.session.open({ kind: 'link', url: 'https://example.org/#v=1&preset=one-slab&step=5' });
    await order0.idle();
    expect(panes()).toEqual([]);
  });
});

/** What is asked for while something asked for before is still under way: in its order, the last of it standing. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createConsole } from '../../src/store/console.ts';
import { type EnginePort, ProblemsError } from '../../src/store/engine-port.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import type { Notice, Replies, Request, Source } from '../../src/worker/protocol.ts';
import { FAILING } from '../worker/page.ts';
import { createRealPort } from './engine.ts';
import { createFakeHost, type FakeHost, settle } from './fake-host.ts';

const DROP = { op: 'dropCaches' } as const;
const DRAIN = { op: 'drainCpus' } as const;
const OTHER: Source = { kind: 'text', name: 'other', text: FAILING };
const BAD: Source = { kind: 'text', name: 'bad', text: 'order0: 1\nmachine:\n  pages: many\n' };
/** One slab under a name of its own, without what it shows. */
const SMALL: Source = { kind: 'text', name: 'small', text: FAILING.replace('It fails', 'Small') };

let host: FakeHost;
let lab: Lab;
const state = () => lab.store.getState();
const at = (step: number) => ({ step, event: 0 });

function start(port: EnginePort = createRealPort(), fragment = ''): Promise<void> {
  host = createFakeHost(fragment);
  lab = createLab(port, host);
  return lab.session.open(OTHER, { quiet: true }).then(() => lab.session.seek(at(100)));
}

beforeEach(() => start());

/** The page and the engine agree, and nothing is left to be told. */
async function expectHere(step: number): Promise<void> {
  await lab.session.settled();
  expect(state()).toMatchObject({
    position: at(step),
    frame: { at: at(step) },
    problems: [],
    opening: false,
  });
}

const hash = () => state().detail?.summary.stateHash;

describe('changes of the run', () => {
  it('an act and its undo at once leave the run as it was, and offer nothing for what is undone', async () => {
    const { opened } = state();
    const before = hash();
    await Promise.all([lab.acts.perform(DROP), lab.session.undo()]);
    await expectHere(100);
    expect(state()).toMatchObject({ forked: null, opened: { length: opened!.length, edits: 0 } });
    expect(hash()).toBe(before);
  });

  it('two acts at once stand one behind the other', async () => {
    await Promise.all([lab.acts.perform(DROP), lab.acts.perform(DRAIN)]);
    await expectHere(102);
    expect(state().opened?.editList.map(({ step, operation: { op } }) => [step, op])).toEqual([
      [100, 'dropCaches'],
      [101, 'drainCpus'],
    ]);
  });

  it('an act that drops the rest shows the plots of the whole run, where they went beyond it', async () => {
    lab.store.setState({ plotRange: { from: 50, to: 200 } });
    await lab.acts.perform(DROP);
    expect(state().plotRange).toBeNull();
    lab.store.setState({ plotRange: { from: 50, to: 90 } });
    await lab.acts.perform(DROP);
    expect(state().plotRange).toEqual({ from: 50, to: 90 });
  });

  it('an act asked for after a step is done at that step', async () => {
    await Promise.all([
      lab.acts.perform(DROP),
      lab.session.seek(at(40)),
      lab.session.seek(at(60)),
      lab.acts.perform(DRAIN),
    ]);
    await expectHere(61);
  });

  it('keeping the rest, then a step, is at that step with the rest kept', async () => {
    const { length } = state().opened!;
    await lab.acts.perform(DROP);
    await Promise.all([lab.acts.keepRest(), lab.session.seek(at(150))]);
    await expectHere(150);
    expect(state().opened?.length).toBe(length + 1);
  });

  it('several undone at once are all undone, and an act after them is done', async () => {
    for (const act of [DROP, DRAIN, DROP]) await lab.acts.perform(act);
    await Promise.all([lab.acts.undoEdits(3), lab.acts.perform(DRAIN)]);
    await expectHere(101);
    expect(state().opened?.editList.map(({ operation }) => operation)).toEqual([DRAIN]);
  });

  it('an act in a policy asked for just before is done under that policy', async () => {
    await Promise.all([lab.session.reopen({ policy: 'buddy-2.6' }), lab.acts.perform(DROP)]);
    await expectHere(101);
    expect(state().opened).toMatchObject({ policy: 'buddy-2.6', edits: 1 });
  });

  it('policy and seed asked for at once are both had', async () => {
    await Promise.all([lab.session.reopen({ policy: 'buddy-2.6' }), lab.session.reopen({ seed: 7 })]);
    await expectHere(100);
    expect(state().opened).toMatchObject({ policy: 'buddy-2.6', seed: 7 });
  });

  it('a step asked for while the policy changes is where the page then stands', async () => {
    await Promise.all([lab.session.reopen({ policy: 'buddy-2.6' }), lab.session.seek(at(30))]);
    await expectHere(30);
  });
});

describe('openings', () => {
  it('of two the last is open, and the first says nothing', async () => {
    const ended = await Promise.all([
      lab.session.open({ kind: 'preset', id: 'one-slab' }),
      lab.session.open(SMALL),
    ]);
    expect(ended[1]).toBe(true);
    expect(state()).toMatchObject({ opened: { title: 'Small' }, problems: [], opening: false });
  });

  it('a good one after a bad one leaves no complaint', async () => {
    await Promise.all([lab.session.open(BAD), lab.session.open(SMALL)]);
    expect(state()).toMatchObject({ opened: { title: 'Small' }, problems: [], opening: false });
  });

  it('an act meant for what was open before is not done to the next', async () => {
    const [, edited] = await Promise.all([lab.session.open(SMALL), lab.session.act(DROP)]);
    expect(edited).toBeNull();
    expect(state().opened?.edits).toBe(0);
    expect(state().remark).toContain('was not done');
  });

  it('a policy chosen while something is opened is that scenario’s, where it opens', async () => {
    await Promise.all([lab.session.open(SMALL), lab.session.reopen({ policy: 'buddy-2.6' })]);
    await expectHere(state().opened!.openAt.step);
    expect(state().opened).toMatchObject({ title: 'Small', policy: 'buddy-2.6' });
  });

  it('a file still being fetched gives way to what is opened meanwhile, in silence', async () => {
    const [shipped] = (await import('../../src/scenario/shipped-recordings.ts')).SHIPPED_RECORDINGS;
    let arrive: (bytes: ArrayBuffer) => void = () => undefined;
    host.files.set(shipped!.file, new ArrayBuffer(3));
    const slow = createLab(createRealPort(), {
      ...host,
      fetchBytes: () => new Promise((resolve) => (arrive = resolve)),
    });
    const opening = slow.recordings.openShipped(shipped!);
    await slow.session.open(SMALL);
    arrive(new ArrayBuffer(3));
    expect(await opening).toBe(false);
    expect(slow.store.getState()).toMatchObject({ opened: { title: 'Small' }, problems: [], opening: false });
  });

  it('a refusal while it plays is not wiped out by the last pictures, and they are described', async () => {
    lab.store.setState({ speed: 64 });
    lab.player.play();
    await host.frame(0);
    await host.frame(400);
    await lab.session.open(BAD);
    await lab.session.settled();
    expect(state().problems).toHaveLength(1);
    expect(state().frame?.full?.summary.stateHash).toBeDefined();
    await lab.session.seek(at(5));
    expect(state().problems).toEqual([]);
  });

  it('Stop calls off those that wait, too', async () => {
    const both = [lab.session.reopen({ policy: 'buddy-2.6' }), lab.session.open(SMALL)];
    await lab.session.cancel();
    await Promise.all(both);
    expect(state()).toMatchObject({ opened: { title: 'It fails' }, opening: false });
  });
});

/** A port whose answers of some types wait until they are let go. */
function slowPort(types: readonly Request['type'][]): EnginePort & { letGo(): void } {
  const port = createRealPort();
  let held: (() => void)[] = [];
  return {
    ...port,
    request: async <T extends Request['type']>(
      request: Request & { readonly type: T },
    ): Promise<Replies[T]> => {
      const answer = await port.request<T>(request);
      if (types.includes(request.type)) await new Promise<void>((resolve) => held.push(resolve));
      return answer;
    },
    letGo: () => {
      for (const resolve of held) resolve();
      held = [];
    },
  };
}

describe('answers that come late', () => {
  it('a next failure found after another step was asked for is left', async () => {
    const port = slowPort(['find']);
    await start(port);
    lab.store.setState({ stepBy: 'failure' });
    const found = lab.acts.step();
    const sought = lab.session.seek(at(20));
    await Promise.resolve();
    await sought;
    port.letGo();
    await found;
    await expectHere(20);
  });

  it('steps to moments asked for at once are all taken', async () => {
    lab.store.setState({ stepBy: 'failure' });
    await lab.session.seek(at(0));
    await lab.acts.step();
    const first = state().position;
    await lab.session.seek(at(0));
    await Promise.all([lab.acts.step(), lab.acts.stepBack(), lab.acts.step()]);
    expect(state().position).toEqual(first);
  });

  it('steps back over events asked for at once are all taken', async () => {
    lab.store.setState({ stepBy: 'event' });
    const { length } = state().opened!;
    await lab.session.seek(at(length));
    await lab.acts.stepBack();
    await lab.acts.stepBack();
    const twice = state().position;
    await lab.session.seek(at(length));
    await Promise.all([lab.acts.stepBack(), lab.acts.stepBack()]);
    expect(state().position).toEqual(twice);
  });

  it('a why of a moment that was left is not shown', async () => {
    const port = slowPort(['why']);
    await start(port);
    const why = lab.session.why(4);
    await settle();
    await lab.session.seek(at(20));
    port.letGo();
    await why;
    expect(state().askedWhy).toBeNull();
  });

  it('what was found out of a page of another scenario is not shown', async () => {
    const port = slowPort(['inspect']);
    await start(port);
    lab.selecting.visit({ kind: 'page', pfn: 9 });
    const opening = lab.session.open(SMALL);
    await opening;
    port.letGo();
    await lab.session.settled();
    expect(state()).toMatchObject({ trail: [], inspection: null });
  });
});

/** A port whose engine is dead from the start, so many times. */
function dyingPort(deaths: number): EnginePort {
  const port = createRealPort();
  const listeners = new Set<(notice: Notice) => void>();
  let left = deaths;
  let dead = false;
  const die = () => {
    const message = 'the engine stopped: the worker failed to start';
    dead = true;
    for (const listener of listeners) listener({ notice: 'crash', message, step: 0 });
    throw new ProblemsError([{ message }]);
  };
  return {
    ...port,
    onNotice: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    request: async (request) => {
      if (dead || left-- > 0) die();
      return port.request(request);
    },
    restart: () => {
      dead = false;
    },
  };
}

describe('an engine that dies before anything is open', () => {
  const begin = async (deaths: number, fragment = '') => {
    host = createFakeHost(fragment);
    lab = createLab(dyingPort(deaths), host);
    await lab.address.openFromAddress('one-slab');
  };

  it('is started again with what was to be opened', async () => {
    await begin(1);
    expect(state()).toMatchObject({ opened: null, crash: { step: 0 }, opening: false });
    await lab.session.restart();
    expect(state()).toMatchObject({ opened: { presetId: 'one-slab' }, crash: null, problems: [] });
  });

  it('gives way to another scenario', async () => {
    await begin(1);
    await lab.session.open(SMALL);
    expect(state()).toMatchObject({ opened: { title: 'Small' }, crash: null, problems: [] });
  });

  it('still offers the restart after a bad scenario', async () => {
    await begin(1);
    await lab.session.open(BAD);
    expect(state()).toMatchObject({ opened: null, crash: { step: 0 }, opening: false });
    expect(state().problems).toHaveLength(1);
    await lab.session.restart();
    expect(state()).toMatchObject({ opened: { presetId: 'one-slab' }, crash: null });
  });

  it('of a link shows the opening scene and says so', async () => {
    await begin(1, '#v=1&preset=month-of-uptime&step=3');
    expect(state()).toMatchObject({ opened: { presetId: 'one-slab' }, crash: null });
    expect(state().problems[0]?.message).toContain('failed to start');
  });
});

describe('the history', () => {
  it('has the moment an act was done at and the one it led to, without a wait', async () => {
    await lab.session.seek(at(50));
    await lab.acts.perform(DROP);
    await lab.acts.perform(DRAIN);
    const steps = () => host.history.map((url) => /step=(\d+)/.exec(url)?.[1]);
    await host.wait();
    expect(steps()).toEqual(['50', '51', '52']);
    await lab.session.seek(at(10));
    await host.wait();
    expect(steps()).toEqual(['50', '51', '10']);
  });

  it('gets no entry for the policy that is chosen already, nor for the step after', async () => {
    await host.wait();
    await lab.session.reopen({ policy: 'order0-slab' });
    await lab.session.seek(at(10));
    await host.wait();
    expect(host.history).toHaveLength(1);
  });

  it('gets no entry for what was refused', async () => {
    await host.wait();
    await lab.session.open(BAD);
    await lab.session.undo();
    await lab.session.seek(at(10));
    await host.wait();
    expect(host.history).toHaveLength(1);
  });

  it('is not written over by what was to be written when Back was pressed', async () => {
    await host.wait();
    const [first] = host.history;
    await lab.acts.perform(DROP);
    await host.wait();
    await lab.session.seek(at(10));
    host.visit(first!);
    await lab.session.settled();
    await host.wait();
    expect(host.history.at(-1)).toBe(first);
    expect(state().position.step).toBe(100);
  });
});

it('window.order0 asked at once answers in the order it was asked', async () => {
  const order0 = createConsole(lab, Promise.resolve(), host.address.href, () => Promise.resolve());
  const pressed = lab.acts.perform(DROP);
  const [after] = await Promise.all([order0.summary(), pressed]);
  expect(after.steps).toBe(101);
  const loaded = order0.load('#v=1&preset=one-slab&step=7');
  const sought = order0.seek(9);
  expect(await order0.summary()).toMatchObject({ steps: 9 });
  await Promise.all([loaded, sought]);
  void order0.seek(12);
  expect((await order0.summary()).steps).toBe(12);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../src/store/lab.ts';
import type { Pausing, StepBy } from '../../src/store/step-kinds.ts';
import { EVENTS, FAILED, LENGTH, RECLAIMED } from '../ui/fixtures/moments.ts';
import { createFixturePort, type FixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost, type FakeHost, settle } from './fake-host.ts';

let port: FixturePort;
let host: FakeHost;
let lab: Lab;

const state = () => lab.store.getState();
const stepBy = (kind: StepBy) => lab.store.setState({ stepBy: kind });
const pauseOn = (...kinds: Pausing[]) => lab.store.setState({ pauseOn: kinds });

/** Runs frames, 20 ms apart, until the player has stopped. */
async function playOut(): Promise<void> {
  lab.player.play();
  for (let now = 0; state().playing; now += 20) await host.frame(now);
}

beforeEach(async () => {
  port = createFixturePort();
  host = createFakeHost();
  lab = createLab(port, host);
  await lab.address.openFromAddress('one-slab');
});

describe('a step', () => {
  it('is an event of the operation, then the operation’s end', async () => {
    stepBy('event');
    const seen: string[] = [];
    for (let i = 0; i < EVENTS; i++) {
      await lab.acts.step();
      seen.push(`${state().position.step}.${state().position.event}`);
    }
    expect(seen).toEqual([
      ...Array.from({ length: EVENTS - 1 }, (_, i) => `${FAILED.step}.${i + 1}`),
      `${RECLAIMED.step}.0`,
    ]);
    await lab.acts.stepBack();
    expect(state().position).toEqual({ step: FAILED.step, event: EVENTS - 1 });
  });

  it('is the whole operation where it has no events', async () => {
    stepBy('event');
    await lab.session.seek({ step: 10, event: 0 });
    await lab.acts.step();
    expect(state().position).toEqual({ step: 11, event: 0 });
    await lab.acts.stepBack();
    expect(state().position).toEqual({ step: 10, event: 0 });
  });

  it.each([
    ['failure', 627, FAILED.step],
    ['reclaim', 275, 1378],
  ] as const)('by %s leads from one to the next, and back', async (kind, first, second) => {
    stepBy(kind);
    await lab.session.seek({ step: 0, event: 0 });
    await lab.acts.step();
    expect(state().position).toEqual({ step: first, event: 0 });
    await lab.acts.step();
    expect(state().position).toEqual({ step: second, event: 0 });
    await lab.acts.step();
    expect(state().position).toEqual({ step: second, event: 0 });
    expect(state().remark).toBe(`There is no later ${kind}.`);
    await lab.acts.stepBack();
    expect(state().position).toEqual({ step: first, event: 0 });
  });

  it('with shift is the timeline’s next tick, whatever a step is', async () => {
    stepBy('note');
    await lab.acts.event(-1);
    expect(state().position.step).toBe(696);
  });
});

describe('pausing', () => {
  it.each([1, 64, 'max'] as const)('stops exactly at the first failure at speed %s', async (speed) => {
    lab.store.setState({ speed });
    pauseOn('failed');
    await lab.session.seek({ step: speed === 1 ? 620 : 0, event: 0 });
    await playOut();
    expect(state().position).toEqual({ step: 627, event: 0 });
    expect(state().frame?.full).not.toBeNull();
  });

  it('goes on to the next one, and to the end after the last', async () => {
    lab.store.setState({ speed: 'max' });
    pauseOn('failed');
    await lab.session.seek({ step: 627, event: 0 });
    await playOut();
    expect(state().position.step).toBe(FAILED.step);
    await playOut();
    expect(state().position.step).toBe(LENGTH);
  });

  it('takes the nearest of several kinds, also of one chosen while playing', async () => {
    lab.store.setState({ speed: 64 });
    pauseOn('failed', 'discard');
    await lab.session.seek({ step: 0, event: 0 });
    lab.player.play();
    await host.frame(0);
    pauseOn('failed', 'reclaim');
    for (let now = 20; state().playing; now += 20) await host.frame(now);
    expect(state().position.step).toBe(275);
  });

  it('stops a reclaim that is being watched as well', async () => {
    await lab.acts.reclaimOneSlab();
    for (let now = 0; state().playing; now += 1000) await host.frame(now);
    expect(state().position.step).toBe(1379);
    await lab.session.seek(FAILED);
    pauseOn('discard');
    for (const speed of [1, 64] as const) {
      lab.store.setState({ speed });
      await lab.session.seek(FAILED);
      await lab.acts.reclaimOneSlab();
      for (let now = 0; state().playing; now += 1000) await host.frame(now);
      expect(state().position).toEqual(RECLAIMED);
    }
  });

  it('is reached at max no later than at any other speed, however slow engine and display are', async () => {
    pauseOn('failed');
    const frames: number[] = [];
    for (const speed of [64, 'max'] as const) {
      lab.store.setState({ speed });
      await lab.session.seek({ step: 0, event: 0 });
      lab.player.play();
      let frame = 0;
      for (; state().playing; frame++) await host.frame(frame * 200);
      expect(state().position.step).toBe(627);
      frames.push(frame);
    }
    expect(frames[1]).toBeLessThanOrEqual(frames[0]!);
  });

  it('is remembered', async () => {
    pauseOn('failed', 'oom');
    expect(createLab(createFixturePort(), host).store.getState().pauseOn).toEqual(['failed', 'oom']);
    host.remembered.set('order0.pauseOn', 'note bogus');
    expect(createLab(createFixturePort(), host).store.getState().pauseOn).toEqual(['note']);
  });
});

describe('a scripted reclaim', () => {
  const eventsSeen = async () => {
    await lab.session.seek({ step: FAILED.step - 40, event: 0 });
    lab.player.play();
    let seen = 0;
    for (let now = 0; state().playing && now < 60_000; now += 200) {
      await host.frame(now);
      if (state().position.event > 0) seen++;
      if (state().position.step > RECLAIMED.step) lab.player.pause();
    }
    return seen;
  };

  it.each([1, 2, 4] as const)(
    'is shown event by event at %s×, whatever frame comes before it',
    async (speed) => {
      lab.store.setState({ speed });
      expect(await eventsSeen()).toBe(EVENTS - 1);
    },
  );

  it('is one step above that, which is said when one goes so fast', async () => {
    lab.store.setState({ speed: 2 });
    lab.player.faster(1);
    expect(state().remark).toBe('');
    lab.player.faster(1);
    expect(state()).toMatchObject({ speed: 8 });
    expect(state().remark).toContain('passes as one step');
    expect(await eventsSeen()).toBe(0);
  });
});

describe('playing fast', () => {
  it('asks for whole descriptions at most six times a second', async () => {
    lab.store.setState({ speed: 64 });
    await lab.session.seek({ step: 0, event: 0 });
    port.asked.length = 0;
    lab.player.play();
    for (let now = 0; now <= 1000; now += 20) await host.frame(now);
    const frames = port.asked.flatMap((request) => (request.type === 'frame' ? [request.detail] : []));
    expect(frames.filter((detail) => detail === 'full').length).toBeLessThanOrEqual(7);
    expect(frames.length).toBeGreaterThan(40);
    lab.player.pause();
    await settle();
    expect(state().frame?.full).not.toBeNull();
  });

  it('takes ever more operations a frame at max, as long as the engine keeps up', async () => {
    lab.store.setState({ speed: 'max' });
    await lab.session.seek({ step: 0, event: 0 });
    const at: number[] = [];
    lab.player.play();
    for (let now = 0; state().playing; now += 20) {
      await host.frame(now);
      at.push(state().position.step);
    }
    expect(at.length).toBeLessThan(12);
    const strides = at.slice(1, -1).map((step, i) => step - at[i]!);
    expect(strides).toEqual([...strides].sort((a, b) => a - b));
    expect(strides.at(-1)).toBeGreaterThan(strides[0]!);
  });
});

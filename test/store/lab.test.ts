import { beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { EVENTS, FAILED, LENGTH, RECLAIMED, SERVED } from '../ui/fixtures/moments.ts';
import { createFixturePort, type FixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost, type FakeHost, settle } from './fake-host.ts';

let port: FixturePort;
let host: FakeHost;
let lab: Lab;

const state = () => lab.store.getState();

async function openLab(fragment = ''): Promise<void> {
  port = createFixturePort();
  host = createFakeHost(fragment);
  lab = createLab(port, host);
  await lab.address.openFromAddress('one-slab');
}

beforeEach(() => openLab());

describe('opening', () => {
  it('opens the first preset at the step the scenario names', () => {
    expect(state().position).toEqual(FAILED);
    expect(state().detail?.failed?.order).toBe(5);
    expect(state().opening).toBe(false);
  });

  it('opens the moment a link names', async () => {
    await openLab('#v=1&preset=one-slab&step=1379');
    expect(state().position).toEqual(SERVED);
  });

  it('says what is wrong with a link and shows the first preset', async () => {
    await openLab('#v=1&preset=one-sl');
    expect(state().problems.map(({ message }) => message)).toEqual(['this link is cut short']);
    expect(state().opened?.presetId).toBe('one-slab');
  });

  it('keeps what was open when a text is refused', async () => {
    const before = state().opened;
    const ok = await lab.session.open({ kind: 'text', name: 'bad', text: 'order0: 1' });
    expect(ok).toBe(false);
    expect(state().opened).toBe(before);
    expect(state().problems[0]).toMatchObject({ line: 3, column: 10 });
  });

  it('keeps the step when the policy changes', async () => {
    await lab.session.seek({ step: 700, event: 0 });
    await lab.session.reopen({ policy: 'buddy-2.6' });
    expect(state().opened?.policy).toBe('buddy-2.6');
    expect(state().position).toEqual({ step: 700, event: 0 });
  });
});

describe('moving', () => {
  it('holds positions inside the run', async () => {
    await lab.session.seek({ step: -4, event: 0 });
    expect(state().position.step).toBe(0);
    await lab.session.seek({ step: 1e9, event: 3 });
    expect(state().position).toEqual({ step: LENGTH, event: 0 });
  });

  it('asks for the latest of many wishes only', async () => {
    port.asked.length = 0;
    await Promise.all([100, 200, 300, 400].map((step) => lab.session.seek({ step, event: 0 })));
    const steps = port.asked.flatMap((request) => (request.type === 'frame' ? [request.at.step] : []));
    expect(steps).toEqual([100, 400]);
    expect(state().frame?.at.step).toBe(400);
  });

  it('steps over operations, and over events inside one', async () => {
    await lab.acts.step();
    expect(state().position).toEqual(RECLAIMED);
    await lab.acts.stepBack();
    expect(state().position).toEqual(FAILED);
    await lab.session.seek({ step: FAILED.step, event: EVENTS - 1 });
    await lab.acts.stepBack();
    expect(state().position.event).toBe(EVENTS - 2);
    await lab.acts.step();
    await lab.acts.step();
    expect(state().position).toEqual(RECLAIMED);
  });

  it('jumps between the timeline’s ticks', async () => {
    await lab.acts.event(-1);
    expect(state().position.step).toBe(696);
    await lab.acts.event(1);
    expect(state().position).toEqual(FAILED);
    await lab.acts.event(1);
    await lab.acts.event(1);
    expect(state().position).toEqual(SERVED);
    await lab.acts.event(1);
    expect(state().position.step).toBe(LENGTH);
  });
});

describe('playing', () => {
  it('goes on about three steps a second and stops at the end', async () => {
    await lab.session.seek({ step: LENGTH - 2, event: 0 });
    lab.player.play();
    await host.frame(0);
    await host.frame(100);
    expect(state().position.step).toBe(LENGTH - 1);
    await host.frame(340);
    expect(state().position.step).toBe(LENGTH);
    expect(state().playing).toBe(false);
  });

  it('skips steps at high speed instead of falling behind, and describes the last', async () => {
    await lab.session.seek({ step: 0, event: 0 });
    lab.store.setState({ speed: 64 });
    lab.player.play();
    await host.frame(0);
    await host.frame(1000);
    expect(state().position.step).toBeGreaterThan(150);
    lab.player.pause();
    await settle();
    expect(state().frame?.full).not.toBeNull();
  });

  it('holds idle until it has stopped', async () => {
    let idle = false;
    lab.player.play();
    void lab.tasks.idle().then(() => {
      idle = true;
    });
    await host.frame(0);
    await settle();
    expect(idle).toBe(false);
    lab.player.pause();
    await settle();
    await host.wait();
    await settle();
    expect(idle).toBe(true);
  });

  it('keeps its speed within the scale', () => {
    for (let i = 0; i < 20; i++) lab.player.faster(1);
    expect(state().speed).toBe('max');
    for (let i = 0; i < 20; i++) lab.player.faster(-1);
    expect(state().speed).toBe(0.25);
  });
});

describe('reclaiming one slab', () => {
  it('plays the reclaim event by event, then the request asked again', async () => {
    await lab.acts.reclaimOneSlab();
    expect(port.asked).toContainEqual({
      type: 'act',
      at: FAILED,
      operation: { op: 'reclaimSlab', order: 5 },
    });
    const seen = new Set<string>();
    for (let now = 0; state().playing; now += 1000) {
      await host.frame(now);
      seen.add(`${state().position.step}.${state().position.event}`);
    }
    expect(state().position).toEqual(SERVED);
    for (let event = 1; event < EVENTS; event++) expect(seen).toContain(`${FAILED.step}.${event}`);
  });

  it.each([8, 64, 'max'] as const)('shows its phases at %s× too, in about a second', async (speed) => {
    lab.store.setState({ speed });
    await lab.acts.reclaimOneSlab();
    const seen = new Set<number>();
    let beats = 0;
    for (let now = 0; state().playing; now += 16, beats++) {
      await host.frame(now);
      seen.add(state().position.event);
    }
    expect(state().position).toEqual(SERVED);
    expect(seen.size).toBeGreaterThan(Math.min(EVENTS, 60) / 2);
    // At 8× each page stays for about 22 ms, the verdicts longer.
    expect(beats).toBeLessThan(speed === 8 ? 250 : 80);
  });

  it('goes straight to the end where nothing is to move', async () => {
    await lab.acts.reclaimOneSlab({ watch: false });
    expect(state().position).toEqual(SERVED);
    expect(state().playing).toBe(false);
  });

  it('can be left at its end', async () => {
    await lab.acts.reclaimOneSlab();
    await host.frame(0);
    expect(state().position.event).toBe(1);
    await lab.acts.finishReclaim();
    expect(state().position).toEqual(RECLAIMED);
  });
});

describe('the address', () => {
  it('follows the moment without making history', async () => {
    await host.wait();
    await lab.session.seek({ step: 42, event: 0 });
    await lab.session.seek({ step: 43, event: 0 });
    await host.wait();
    expect(host.history).toEqual(['https://example.org/lab/#v=1&preset=one-slab&step=43']);
  });

  it('gets an entry for an act', async () => {
    await host.wait();
    await lab.acts.reclaimOneSlab({ watch: false });
    await host.wait();
    expect(host.history.map((url) => url.split('#')[1])).toEqual([
      'v=1&preset=one-slab&step=1377',
      'v=1&preset=one-slab&step=1379',
    ]);
  });

  it('is followed back', async () => {
    await host.wait();
    host.visit('https://example.org/lab/#v=1&preset=one-slab&step=7');
    await settle();
    expect(state().position.step).toBe(7);
  });

  it('holds idle while a write is put off', async () => {
    let idle = false;
    void lab.tasks.idle().then(() => {
      idle = true;
    });
    await settle();
    expect(idle).toBe(false);
    await host.wait();
    await settle();
    expect(idle).toBe(true);
  });
});

describe('sharing', () => {
  it('copies the link of this moment', async () => {
    await lab.acts.share();
    expect(host.copied).toEqual(['https://example.org/lab/#v=1&preset=one-slab&step=1377']);
    expect(state().link?.copied).toBe(true);
  });

  it('shows the link where the clipboard is refused', async () => {
    host.clipboardWorks = false;
    await lab.acts.share();
    expect(state().link).toMatchObject({ copied: false });
    expect(state().panel).toBe('share');
  });
});

describe('an engine that stops', () => {
  it('is told with its step, and starts again with what was open', async () => {
    lab.player.play();
    port.tell({ notice: 'crash', message: 'zone lists disagree', step: 1404 });
    expect(state()).toMatchObject({ playing: false, crash: { step: 1404 } });
    await lab.session.restart();
    expect(state().crash).toBeNull();
    expect(state().position).toEqual(FAILED);
  });
});

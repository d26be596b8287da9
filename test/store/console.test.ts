import { beforeEach, describe, expect, it } from 'vitest';
import { createConsole, type Order0 } from '../../src/store/console.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { createFixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost, type FakeHost, settle } from './fake-host.ts';

let host: FakeHost;
let lab: Lab;
let order0: Order0;
let drawing: Promise<void>;
let drawings: number;

beforeEach(async () => {
  host = createFakeHost();
  lab = createLab(createFixturePort(), host);
  drawing = Promise.resolve();
  drawings = 0;
  order0 = createConsole(lab, lab.address.openFromAddress('one-slab'), host.address.href, () => {
    drawings++;
    return drawing;
  });
  await order0.ready;
});

describe('window.order0', () => {
  it('moves by steps and to a step', async () => {
    await order0.seek(10);
    await order0.step(3);
    await order0.step();
    await order0.step(-2);
    expect(lab.store.getState().position).toEqual({ step: 12, event: 0 });
  });

  it('gives the figures of the current step', async () => {
    await order0.seek(1379);
    expect((await order0.summary()).steps).toBe(1379);
  });

  it('describes the current step after a picture', async () => {
    await lab.session.seek({ step: 5, event: 0 }, 'picture');
    expect((await order0.summary()).steps).toBe(5);
  });

  it('says why for any order', async () => {
    expect((await order0.why(3)).order).toBe(3);
  });

  it('gives the link of this moment', async () => {
    await order0.seek(42);
    expect(await order0.shareUrl()).toBe('https://example.org/lab/#v=1&preset=one-slab&step=42');
  });

  it('opens a link given as a fragment', async () => {
    await order0.load('#v=1&preset=one-slab&step=3');
    expect(lab.store.getState().position.step).toBe(3);
  });

  it('rejects a text with the line it is wrong in', async () => {
    await expect(order0.load('order0: 1\nmachine:\n  pages: no\n')).rejects.toMatchObject({
      problems: [{ line: 3 }],
    });
  });

  it('rejects with one line what is none of its arguments, and stays', async () => {
    const none = undefined as unknown as string & number & readonly string[];
    await order0.seek(9);
    await expect(order0.seek(Number.NaN)).rejects.toThrow('seek: expected a number of steps, met NaN');
    await expect(order0.seek('7' as unknown as number)).rejects.toThrow('met "7"');
    await expect(order0.seek(none)).rejects.toThrow('met undefined');
    await expect(order0.step(Number.NaN)).rejects.toThrow('step: expected a number of steps');
    await expect(order0.load(none)).rejects.toThrow('load: expected a link or the text of a scenario');
    await expect(order0.load('http://[::1')).rejects.toThrow('load: expected a link, met "http://[::1"');
    await expect(order0.compare(none)).rejects.toThrow('compare: expected a list of runs');
    expect(lab.store.getState().position).toEqual({ step: 9, event: 0 });
    await order0.seek(Number.POSITIVE_INFINITY);
    expect(lab.store.getState().position.step).toBe(lab.store.getState().opened?.length);
  });

  it('draws once more where an answer came while it was drawn', async () => {
    await host.wait();
    drawings = 0;
    let draw = (): void => undefined;
    drawing = new Promise((resolve) => {
      draw = resolve;
    });
    const idle = order0.idle();
    await settle();
    expect(drawings).toBe(1);
    const release = lab.tasks.hold();
    await settle();
    release();
    drawing = Promise.resolve();
    draw();
    await idle;
    expect(drawings).toBe(2);
  });

  it('is idle only when nothing is left to draw', async () => {
    await host.wait();
    let drawn: () => void = () => undefined;
    drawing = new Promise((resolve) => {
      drawn = resolve;
    });
    let idle = false;
    void order0.idle().then(() => {
      idle = true;
    });
    await settle();
    expect(idle).toBe(false);
    drawn();
    await settle();
    expect(idle).toBe(true);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { actFor } from '../../src/ui/keys.ts';
import { createFakeHost, settle } from '../store/fake-host.ts';
import { createFixturePort } from './fixtures/port.ts';

let lab: Lab;

beforeEach(async () => {
  lab = createLab(createFixturePort(), createFakeHost());
  await lab.address.openFromAddress('one-slab');
});

async function press(key: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}): Promise<void> {
  const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
  actFor(event)?.(lab, false);
  await settle();
}

const step = () => lab.store.getState().position.step;

describe('the keys', () => {
  it.each([
    ['ArrowRight', 1378],
    ['ArrowLeft', 1376],
    ['.', 1378],
    [',', 1376],
    ['Home', 0],
    ['End', 1530],
  ] as const)('%s goes to step %i', async (key, to) => {
    await press(key);
    expect(step()).toBe(to);
  });

  it('g opens the plots, and escape closes them before anything else', async () => {
    await press('g');
    expect(lab.store.getState().plotsOpen).toBe(true);
    await press('Escape');
    expect(lab.store.getState().plotsOpen).toBe(false);
    await press('g');
    await press('g');
    expect(lab.store.getState().plotsOpen).toBe(false);
  });

  it('shift and an arrow go to the next tick', async () => {
    await press('ArrowLeft', { shiftKey: true });
    expect(step()).toBe(696);
  });

  it('space plays and pauses', async () => {
    await press(' ');
    expect(lab.store.getState().playing).toBe(true);
    await press(' ');
    expect(lab.store.getState().playing).toBe(false);
  });

  it('brackets change the speed', async () => {
    await press(']');
    expect(lab.store.getState().speed).toBe(2);
    await press('[');
    await press('[');
    expect(lab.store.getState().speed).toBe(0.5);
  });

  it('a digit shows one kind, zero all', async () => {
    await press('3');
    expect(lab.store.getState().solo).toBe(2);
    await press('0');
    expect(lab.store.getState().solo).toBeNull();
  });

  it('r reclaims only where there are slabs', async () => {
    await lab.session.reopen({ policy: 'buddy-2.6' });
    await press('r');
    expect(lab.store.getState().playing).toBe(false);
    await lab.session.reopen({ policy: 'order0-slab' });
    await press('r');
    expect(lab.store.getState().playing).toBe(true);
  });

  it('w asks why for the slab order, and takes the answer away again', async () => {
    await press('w');
    expect(lab.store.getState().askedWhy?.order).toBe(5);
    await press('w');
    expect(lab.store.getState().askedWhy).toBeNull();
  });

  it('leave the browser its own', () => {
    for (const key of ['r', 't', 'f', '3', ',']) {
      expect(actFor({ key, shiftKey: false, ctrlKey: true, metaKey: false, altKey: false })).toBeNull();
    }
    expect(
      actFor({ key: 'ArrowLeft', shiftKey: false, ctrlKey: false, metaKey: false, altKey: true }),
    ).toBeNull();
  });
});

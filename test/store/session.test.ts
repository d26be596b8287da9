import { expect, it } from 'vitest';
import { createLab } from '../../src/store/lab.ts';
import { createRealPort } from './engine.ts';
import { createFakeHost } from './fake-host.ts';

const ACT = { op: 'dropCaches' } as const;

it('a step asked for while an edit is made is where the page stands when it is made', async () => {
  const { acts, address, session, store } = createLab(createRealPort(), createFakeHost());
  await address.openFromAddress('one-slab');
  await session.seek({ step: 100, event: 0 });
  for (const [change, step] of [
    [() => acts.perform(ACT), 60],
    [session.undo, 70],
    [session.redo, 80],
  ] as const) {
    await Promise.all([change(), session.seek({ step, event: 0 })]);
    expect(store.getState()).toMatchObject({ position: { step }, frame: { at: { step } } });
  }
});

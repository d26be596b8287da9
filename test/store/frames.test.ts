import { describe, expect, it } from 'vitest';
import type { EnginePort } from '../../src/store/engine-port.ts';
import { createLab } from '../../src/store/lab.ts';
import type { Frame, Replies, Request } from '../../src/worker/protocol.ts';
import { PAGES } from '../ui/fixtures/machine.ts';
import { frameAt } from '../ui/fixtures/moments.ts';
import { createFixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost } from './fake-host.ts';

/** An engine that takes recycled buffers away, as a worker does, and counts the buffers it had to make. */
function createTransferringPort() {
  const inner = createFixturePort();
  /** The last two frames shown: a component that has not followed yet still holds the first. */
  const held: Frame[] = [];
  /** Pages of their views, after each request took what it was given. */
  const lengths = new Set<number>();
  const made: ArrayBufferLike[] = [];
  const port: EnginePort = {
    ...inner,
    request: async <T extends Request['type']>(request: Request & { readonly type: T }) => {
      const call: Request = request;
      if (call.type !== 'frame') return inner.request(request as never) as Promise<Replies[T]>;
      const { recycle } = call;
      const fits = recycle !== undefined && recycle.state.byteLength === PAGES;
      const [state, detail] = fits
        ? structuredClone([recycle.state, recycle.detail], { transfer: [recycle.state, recycle.detail] })
        : [new ArrayBuffer(PAGES), new ArrayBuffer(PAGES)];
      if (!fits) made.push(state!);
      for (const { view } of held) lengths.add(view.state.length);
      const view = { state: new Uint8Array(state!), detail: new Uint8Array(detail!) };
      return { ...frameAt(call.at, call.detail), view } as Replies[T];
    },
  };
  return { port, made, held, lengths };
}

describe('the buffers of frames', () => {
  it('go back to the engine, never while they can still be looked at', async () => {
    const { port, made, held, lengths } = createTransferringPort();
    const lab = createLab(port, createFakeHost());
    lab.store.subscribe((now, before) => {
      if (now.frame === null || now.frame === before.frame) return;
      held.push(now.frame);
      if (held.length > 2) held.shift();
    });
    await lab.address.openFromAddress('one-slab');
    for (let step = 0; step < 30; step++) await lab.session.seek({ step, event: 0 });
    expect([...lengths]).toEqual([PAGES]);
    expect(made.length).toBeLessThanOrEqual(3);
  });

  it('are not handed over to a machine that was opened since', async () => {
    const { port, made } = createTransferringPort();
    const lab = createLab(port, createFakeHost());
    await lab.address.openFromAddress('one-slab');
    for (let step = 0; step < 5; step++) await lab.session.seek({ step, event: 0 });
    const before = made.length;
    await lab.session.reopen({ seed: 7 });
    expect(made.length).toBe(before + 1);
  });
});

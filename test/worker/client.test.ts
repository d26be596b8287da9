import { describe, expect, it, vi } from 'vitest';
import { createClient, RequestError } from '../../src/worker/client.ts';
import type { FromWorker, Notice, ToWorker } from '../../src/worker/protocol.ts';

/** A worker that does nothing by itself. */
class FakeWorker extends EventTarget {
  readonly heard: ToWorker[] = [];
  readonly transferred: Transferable[][] = [];
  terminated = false;

  postMessage(message: ToWorker, transfer: Transferable[]): void {
    this.heard.push(message);
    this.transferred.push(transfer);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

function connect() {
  const workers: FakeWorker[] = [];
  const client = createClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1) as unknown as Worker;
  });
  const notices: Notice[] = [];
  const stop = client.onNotice((notice) => notices.push(notice));
  return { client, workers, notices, stop };
}

const at = { step: 3, event: 0 };

describe('the client', () => {
  it('gives each request its own reply, in whatever order they come', async () => {
    const { client, workers } = connect();
    const first = client.request({ type: 'find', at, what: 'failed', backwards: false });
    const second = client.request({ type: 'find', at, what: 'oom', backwards: true });
    const [a, b] = workers[0]!.heard;
    workers[0]!.say({ id: b!.id, ok: true, value: null });
    workers[0]!.say({ id: a!.id, ok: true, value: { step: 9, event: 0 } });
    expect(await second).toBeNull();
    expect(await first).toEqual({ step: 9, event: 0 });
  });

  it('rejects with the problems of a refusal', async () => {
    const { client, workers } = connect();
    const call = client.request({ type: 'undo' });
    const problems = [{ message: 'there is no edit to undo', line: 2, column: 1 }];
    workers[0]!.say({ id: workers[0]!.heard[0]!.id, ok: false, problems });
    await expect(call).rejects.toMatchObject({ name: 'RequestError', problems });
  });

  it('sends recycled buffers along, but keeps those of a recording', () => {
    const { client, workers } = connect();
    const recycle = { state: new ArrayBuffer(8), detail: new ArrayBuffer(8) };
    void client.request({ type: 'frame', at, detail: 'picture', recycle });
    void client.request({
      type: 'open',
      source: { kind: 'recording', name: 'x', bytes: new ArrayBuffer(4) },
    });
    expect(workers[0]!.transferred).toEqual([[recycle.state, recycle.detail], []]);
  });

  it('after a crash rejects what waits and what comes, until it is restarted', async () => {
    const { client, workers, notices } = connect();
    const waiting = client.request({ type: 'frame', at: { step: 1404, event: 0 }, detail: 'full' });
    workers[0]!.die('assertion failed: page on two lists');
    await expect(waiting).rejects.toThrow(/assertion failed: page on two lists\nframe at 1404\.0/);
    await expect(client.request({ type: 'undo' })).rejects.toBeInstanceOf(RequestError);
    expect(notices).toEqual([
      { notice: 'crash', step: 1404, message: expect.stringMatching(/page on two lists/) },
    ]);
    client.restart();
    expect(workers[0]!.terminated).toBe(true);
    const fresh = client.request({ type: 'cancel' });
    workers[1]!.say({ id: workers[1]!.heard[0]!.id, ok: true, value: null });
    expect(await fresh).toBeNull();
    workers[0]!.die('late news');
    expect(notices).toHaveLength(1);
  });

  it('passes notices on until nobody listens', () => {
    const { client, workers, notices, stop } = connect();
    const other = vi.fn();
    client.onNotice(other);
    const notice = { notice: 'progress', label: 'Running ahead', done: 1, total: 2 } as const;
    workers[0]!.say(notice);
    stop();
    workers[0]!.say(notice);
    expect(notices).toEqual([notice]);
    expect(other).toHaveBeenCalledTimes(2);
  });
});

/** Recordings brought to what needs them: shipped ones fetched, others asked for. */
import { beforeEach, describe, expect, it } from 'vitest';
import { SHIPPED_RECORDINGS } from '../../src/scenario/shipped-recordings.ts';
import { type EnginePort, ProblemsError } from '../../src/store/engine-port.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import type { Replies, Request, Source } from '../../src/worker/protocol.ts';
import { createFixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

const shipped = SHIPPED_RECORDINGS[0]!;
const bytes = new ArrayBuffer(3);
const link = (url: string): Source => ({ kind: 'link', url });
const SHIPPED_LINK = link('https://example.org/lab/#shipped&step=3');
const OTHER_LINK = link('https://example.org/lab/#other&step=3');

let lab: Lab;
let host: FakeHost;
let sent: Source[];

/** Links to recordings open only with a file called as it should be. */
function pickyPort(): EnginePort {
  const port = createFixturePort();
  return {
    ...port,
    request: async <T extends Request['type']>(
      request: Request & { readonly type: T },
    ): Promise<Replies[T]> => {
      const asked: Request = request;
      if (asked.type === 'open') {
        const { source } = asked;
        sent.push(source);
        if (source.kind === 'link' && source.recording?.name !== 'right') {
          const hash = source.url.includes('shipped') ? shipped.hash : '0'.repeat(16);
          if (source.recording === undefined || hash !== shipped.hash)
            throw new ProblemsError([{ message: 'needs a file', needs: { recording: 'mine', hash } }]);
        }
      }
      return port.request<T>(request);
    },
  };
}

beforeEach(async () => {
  sent = [];
  host = createFakeHost();
  lab = createLab(pickyPort(), host);
  await lab.session.open({ kind: 'preset', id: 'one-slab' });
  sent.length = 0;
});

describe('a link to a shipped recording', () => {
  it('is opened with the file fetched from beside the page', async () => {
    host.files.set(shipped.file, bytes);
    expect(await lab.session.open(SHIPPED_LINK)).toBe(true);
    expect(sent).toEqual([SHIPPED_LINK, { ...SHIPPED_LINK, recording: { name: shipped.name, bytes } }]);
    expect(lab.store.getState()).toMatchObject({ asking: null, panel: null, problems: [] });
  });

  it('says why where the file cannot be had', async () => {
    expect(await lab.session.open(SHIPPED_LINK)).toBe(false);
    expect(lab.store.getState().problems[0]?.message).toContain('404');
    expect(lab.store.getState().opening).toBe(false);
  });

  it('is given up when it is stopped while the file is fetched', async () => {
    host.files.set(shipped.file, bytes);
    const opened = lab.recordings.openShipped(shipped);
    await lab.session.cancel();
    expect(await opened).toBe(false);
    expect(sent).toEqual([]);
    expect(lab.store.getState().problems[0]?.message).toContain('stopped');
  });
});

describe('a link to another recording', () => {
  it('is asked for until the right file is given', async () => {
    expect(await lab.session.open(OTHER_LINK)).toBe(false);
    expect(lab.store.getState()).toMatchObject({ panel: 'open', asking: { need: { recording: 'mine' } } });
    expect(await lab.recordings.give({ name: 'wrong', bytes })).toBe(false);
    expect(lab.store.getState().asking?.source).toEqual(OTHER_LINK);
    expect(lab.store.getState().problems).toHaveLength(1);
    expect(await lab.recordings.give({ name: 'right', bytes })).toBe(true);
    expect(sent.at(-1)).toEqual({ ...OTHER_LINK, recording: { name: 'right', bytes } });
    expect(lab.store.getState().asking).toBeNull();
  });

  it('is no longer asked for once something else is opened, or the question is closed', async () => {
    await lab.session.open(OTHER_LINK);
    lab.recordings.forget();
    expect(await lab.recordings.give({ name: 'right', bytes })).toBe(false);
    await lab.session.open(OTHER_LINK);
    await lab.session.open({ kind: 'preset', id: 'one-slab' });
    expect(lab.store.getState().asking).toBeNull();
  });

  it('in the address leaves the first preset open, and asks', async () => {
    lab = createLab(pickyPort(), createFakeHost('#other&step=3'));
    await lab.address.openFromAddress('one-slab');
    const { opened, asking, problems } = lab.store.getState();
    expect(opened).not.toBeNull();
    expect(asking?.need.recording).toBe('mine');
    expect(problems).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { selectionFor, selectionOf } from '../../src/store/selection.ts';
import { createPage } from '../worker/page.ts';
import { createFakeHost } from './fake-host.ts';

let lab: Lab;
let host: ReturnType<typeof createFakeHost>;

beforeEach(async () => {
  const page = createPage();
  const port = {
    request: page.ask,
    onNotice: () => () => undefined,
    restart: () => undefined,
    stop: () => undefined,
  };
  host = createFakeHost();
  lab = createLab(port, host);
  await lab.address.openFromAddress('one-slab');
});

/** The frame of the first mlocked page, selected. */
async function selectMlocked(): Promise<number> {
  lab.store.setState({ find: { query: 'mlocked', found: null } });
  await host.wait();
  await lab.tasks.idle();
  const pfn = lab.store.getState().find!.found!.runs[0]!.pfn;
  await lab.selecting.pick(pfn);
  await host.wait();
  await lab.tasks.idle();
  return pfn;
}

describe('a selection', () => {
  it('is the owner of the page that was picked, and is looked into', async () => {
    const pfn = await selectMlocked();
    const { inspection } = lab.store.getState();
    expect(selectionOf(lab.store.getState())).toMatchObject({ kind: 'region' });
    expect(inspection).toMatchObject({ pfn, where: { reason: '' } });
    expect(inspection!.reports.map(({ view }) => view)).toEqual(['page', 'acts', 'slab', 'nothing', 'cpus']);
  });

  it('is written into the address, and a link brings it back', async () => {
    await selectMlocked();
    expect(host.history.at(-1)).toMatch(/&select=p\d+\.\d\.\d+/);
    const was = selectionOf(lab.store.getState());
    const url = host.history.at(-1)!;
    lab.selecting.clear();
    await lab.session.open({ kind: 'link', url });
    expect(selectionOf(lab.store.getState())).toEqual(was);
  });

  it('follows over steps, and says why where it is nowhere', async () => {
    await selectMlocked();
    await lab.session.seek({ step: 0, event: 0 });
    await host.wait();
    await lab.tasks.idle();
    expect(lab.store.getState().inspection).toMatchObject({
      pfn: null,
      where: { reason: expect.stringMatching(/\S/) },
    });
  });

  it('goes back along what was visited, and is gone when cleared', async () => {
    await selectMlocked();
    const was = selectionOf(lab.store.getState());
    lab.selecting.show({ kind: 'slab' });
    lab.selecting.visit({ kind: 'page', pfn: 3 });
    lab.selecting.back();
    expect(lab.store.getState().trail.at(-1)).toEqual({ selection: was, pane: { kind: 'slab' } });
    lab.selecting.clear();
    await host.wait();
    await lab.tasks.idle();
    expect(lab.store.getState()).toMatchObject({ trail: [], inspection: null });
  });

  it('tells the life of the frame, and keeps the story while one goes back along it', async () => {
    const pfn = await selectMlocked();
    const { life } = lab.store.getState();
    expect(life).toMatchObject({ pfn, loading: false });
    expect(life!.lines.length).toBeGreaterThan(1);
    lab.selecting.follow({ kind: 'page', pfn });
    await lab.session.seek({ step: life!.lines[1]!.step, event: 0 });
    await host.wait();
    await lab.tasks.idle();
    expect(lab.store.getState().life!.lines).toEqual(life!.lines);
  });
});

describe('an owner as a selection', () => {
  it('is a frame where it has no name of its own', () => {
    expect(selectionFor(null, 7)).toEqual({ kind: 'page', pfn: 7 });
    expect(selectionFor({ kind: 'descriptors' }, 7)).toEqual({ kind: 'page', pfn: 7 });
    expect(selectionFor({ kind: 'objects', cache: 0, object: null }, 7)).toEqual({ kind: 'page', pfn: 7 });
    expect(selectionFor({ kind: 'objects', cache: 0, object: 4 }, 7)).toEqual({
      kind: 'objects',
      cache: 0,
      object: 4,
    });
  });
});

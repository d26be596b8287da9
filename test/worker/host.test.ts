import { beforeAll, describe, expect, it } from 'vitest';
import { createMips, refreshMips } from '../../src/analysis/mips.ts';
import { LINE_LENGTH } from '../../src/analysis/narration/line.ts';
import type { Frame, Opened } from '../../src/worker/protocol.ts';
import { createPage, FAILING, type Page } from './page.ts';

const source = { kind: 'text', name: 'it-fails.yaml', text: FAILING } as const;
const LARGE = FAILING.replace('pages: 256', 'pages: 4096');
const full = (step: number, event = 0) => ({ type: 'frame', at: { step, event }, detail: 'full' }) as const;
const reclaim = { op: 'reclaimSlab', order: 4 } as const;

/** A frame without what it tells of the frame before it. */
const unmarked = (frame: Frame) => ({
  ...frame,
  view: { ...frame.view, dirty: undefined, serial: undefined },
});

let page: Page;
let opened: Opened;
beforeAll(async () => {
  page = createPage();
  opened = await page.ask({ type: 'open', source });
});

describe('opening', () => {
  it('tells what does not change with the position', () => {
    expect(opened).toMatchObject({
      title: 'It fails',
      presetId: null,
      text: FAILING,
      policy: 'order0-slab',
      length: 303,
      openAt: { step: 301, event: 0 },
      machine: { pages: 256, slabOrder: 4, zones: [{ name: 'Normal', start: 0, end: 256 }] },
      notes: [{ step: 10, text: 'Ten operations have run.' }],
      edits: 0,
      canUndo: false,
      canRedo: false,
    });
  });

  it('gives the series of the whole run, with the failure marked', () => {
    const { series } = opened;
    expect(series.steps.at(0)).toBe(0);
    expect(series.steps.at(-1)).toBe(303);
    for (const curve of [series.freeSmall, series.freeMiddle, series.freeLarge, ...series.unusable]) {
      expect(curve).toHaveLength(series.steps.length);
    }
    expect(series.markers).toContainEqual({ step: 301, kind: 'failed' });
    expect(series.markersOmitted).toBe(0);
  });

  it('refuses with line and column, and keeps what was open', async () => {
    const text = FAILING.replace('pages: 256', 'pages: many');
    const problems = await page.refused({ type: 'open', source: { kind: 'text', name: 'bad.yaml', text } });
    expect(problems[0]).toMatchObject({ line: 4, message: expect.stringMatching(/pages/) });
    expect((await page.ask(full(301))).at).toEqual({ step: 301, event: 0 });
  });

  it('finds presets by id, and links to them', async () => {
    const other = createPage();
    const url = 'https://example.org/#v=1&preset=one-slab&step=20';
    expect(await other.ask({ type: 'open', source: { kind: 'link', url } })).toMatchObject({
      presetId: 'one-slab',
      openAt: { step: 20, event: 0 },
    });
    expect(await other.refused({ type: 'open', source: { kind: 'preset', id: 'no-slab' } })).toHaveLength(1);
  });

  it('asks for something open before anything else', async () => {
    const [problem] = await createPage().refused(full(0));
    expect(problem!.message).toMatch(/^nothing is open/);
  });

  it('tells how far it is, and can be cancelled while it runs ahead', async () => {
    let now = 0;
    const slow = createPage(() => (now += 40));
    await slow.ask({ type: 'open', source });
    expect(slow.notices.length).toBeGreaterThan(0);
    const opening = slow.refused({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
    expect(await slow.ask({ type: 'cancel' })).toBeNull();
    expect((await opening)[0]!.message).toMatch(/stopped/);
    expect((await slow.ask(full(0))).full!.summary.title).toBe('It fails');
  });

  it('replays under another policy and keeps the step', async () => {
    const other = createPage();
    await other.ask({ type: 'open', source });
    const at = { step: 301, event: 0 };
    const buddy = await other.ask({ type: 'reopen', policy: 'buddy-2.6', at });
    expect(buddy).toMatchObject({ policy: 'buddy-2.6', openAt: at, length: 303 });
    expect((await other.ask(full(301))).full!.summary.policy).toBe('buddy-2.6');
    expect(await other.ask({ type: 'reopen', seed: 9, at })).toMatchObject({ policy: 'buddy-2.6', seed: 9 });
  });
});

describe('a frame', () => {
  it('explains the request that just failed', async () => {
    const { full: detail } = await page.ask(full(301));
    expect(detail!.failed).toMatchObject({ order: 7, gfp: 'GFP_ATOMIC' });
    expect(detail!.why.order).toBe(7);
    expect(detail!.narration.current.text).toMatch(/^Request for order 7 fails: /);
    expect(detail!.next).toMatchObject(reclaim);
    expect(detail!.narration.next!.text).toMatch(/^(Slab|No candidate|Block)/);
    expect(detail!.summary.steps).toBe(301);
  });

  it('speaks of the slab order elsewhere', async () => {
    const { full: detail } = await page.ask(full(100));
    expect(detail!.failed).toBeNull();
    expect(detail!.why.order).toBe(4);
  });

  it('is the same however one comes to it, and so is the picture', async () => {
    const there = await page.ask(full(200));
    await page.ask(full(301, 1));
    await page.ask(full(5));
    const again = await page.ask(full(200));
    expect(unmarked(again)).toEqual(unmarked(there));
    const picture = await page.ask({ type: 'frame', at: { step: 200, event: 0 }, detail: 'picture' });
    expect(unmarked(picture).view).toEqual(unmarked(there).view);
    expect(picture.full).toBeNull();
  });

  it('tells boot, the end, and positions outside held inside', async () => {
    expect((await page.ask(full(0))).full!.narration).toMatchObject({ previous: null });
    const end = await page.ask(full(303));
    expect(end.full!.narration.next).toBeNull();
    expect((await page.ask(full(99_999, 4))).at).toEqual({ step: 303, event: 0 });
  });

  it('goes event by event through a slab being reclaimed, then to the next step', async () => {
    const { events } = await page.ask(full(301));
    expect(events).toBeGreaterThan(10);
    let discarded = 0;
    for (let event = 1; event <= events; event++) {
      const { at, full: detail } = await page.ask(full(301, event));
      expect(at).toEqual({ step: 301, event });
      expect(detail!.trace).toHaveLength(event);
      expect(detail!.operation).toMatchObject(reclaim);
      const { previous, current, next } = detail!.narration;
      for (const line of [previous, current, next])
        expect(line!.text.length).toBeLessThanOrEqual(LINE_LENGTH);
      if (detail!.reclaim?.outcome === 'discarded') discarded++;
    }
    expect(discarded).toBeGreaterThan(0);
    expect((await page.ask(full(301, events + 1))).at).toEqual({ step: 302, event: 0 });
  });

  it('accounts for the slab: what was tried adds up to what the counters say', async () => {
    const before = (await page.ask(full(301))).full!.summary.reclaim;
    const { full: detail } = await page.ask(full(302));
    const after = detail!.summary.reclaim;
    const { tries, phases, scan, outcome } = detail!.reclaim!;
    const sum = (pick: (tried: (typeof tries)[number]) => number) => tries.reduce((n, t) => n + pick(t), 0);
    expect(outcome).toBe('discarded');
    expect(tries).toHaveLength(after.slabsTried - before.slabsTried);
    expect(sum((t) => t.written)).toBe(after.pagesWritten - before.pagesWritten);
    expect(sum((t) => t.swapped)).toBe(after.pagesSwapped - before.pagesSwapped);
    expect(sum((t) => t.pteUnmaps)).toBe(after.pteUnmaps - before.pteUnmaps);
    expect(sum((t) => t.dropped + t.written + t.swapped)).toBe(after.pagesEvicted - before.pagesEvicted);
    expect(phases.every(({ phase }) => phase === 'dropped')).toBe(true);
    expect(scan.filter(({ state }) => state === 'discarded')).toHaveLength(1);
    expect(detail!.lru.pages.filter((bar) => bar.evicted)).toHaveLength(
      after.pagesEvicted - before.pagesEvicted,
    );
    expect(detail!.changed.length).toBeGreaterThan(0);
  });

  it('marks the tiles that differ from the frame before, and shows them from afar when asked', async () => {
    const other = createPage();
    await other.ask({ type: 'open', source: { kind: 'text', name: 'large.yaml', text: LARGE } });
    const picture = (step: number, levels = false) =>
      other.ask({ type: 'frame', at: { step, event: 0 }, detail: 'picture', levels });
    let before = (await picture(0)).view;
    expect(before.dirty).toEqual(new Uint8Array(4).fill(1));
    let unmarkedTiles = 0;
    for (const step of [1, 40, 41, 200, 3, 3, 260]) {
      const { view } = await picture(step, step === 41);
      expect(view.levels !== undefined).toBe(step === 41);
      for (let tile = 0; tile < 4; tile++) {
        if (view.dirty![tile] === 1) continue;
        unmarkedTiles++;
        const from = tile * 1024;
        expect(view.state.slice(from, from + 1024)).toEqual(before.state.slice(from, from + 1024));
        expect(view.detail.slice(from, from + 1024)).toEqual(before.detail.slice(from, from + 1024));
      }
      if (view.levels) {
        const anew = createMips(view.state.length);
        refreshMips(anew, view.state, new Uint8Array(4).fill(1));
        expect(view.levels).toEqual(anew);
      }
      before = view;
    }
    expect(unmarkedTiles).toBeGreaterThan(7);
  });

  it('is told alike when it is asked for again, whatever was looked at in between', async () => {
    for (const step of [0, 1, 302, 303]) {
      const first = await page.ask(full(step));
      expect(unmarked(await page.ask(full(step)))).toEqual(unmarked(first));
      await page.ask({ type: 'frame', at: { step: 301, event: 4 }, detail: 'picture' });
      await page.ask({ type: 'frame', at: { step, event: 0 }, detail: 'picture' });
      expect(unmarked(await page.ask(full(step)))).toEqual(unmarked(first));
    }
  });

  it('has no hash where it is played past, and all the rest', async () => {
    const there = await page.ask(full(302));
    const { stateHash, ...figures } = there.full!.summary;
    expect(stateHash).toMatch(/^[0-9a-f]{16}$/);
    const passing = await page.ask({ type: 'frame', at: there.at, detail: 'passing' });
    expect(passing.full).toEqual({ ...there.full, summary: figures });
  });

  it('paints on the buffers the page gives back', async () => {
    const { view } = await page.ask(full(1));
    const recycle = { state: view.state.buffer as ArrayBuffer, detail: view.detail.buffer as ArrayBuffer };
    const next = await page.ask({ type: 'frame', at: { step: 2, event: 0 }, detail: 'picture', recycle });
    expect(unmarked(next).view).toEqual(unmarked(await page.ask(full(2))).view);
  });
});

describe('acting', () => {
  it('advances where the script has just that, and forks elsewhere', async () => {
    const other = createPage();
    await other.ask({ type: 'open', source });
    const advanced = await other.ask({ type: 'act', at: { step: 301, event: 0 }, operation: reclaim });
    expect(advanced).toMatchObject({ how: 'advanced', at: { step: 302 }, dropped: 0, opened: { edits: 0 } });
    const forked = await other.ask({ type: 'act', at: { step: 200, event: 3 }, operation: reclaim });
    expect(forked).toMatchObject({ how: 'forked', at: { step: 201 }, dropped: 103 });
    expect(forked.opened).toMatchObject({ length: 201, edits: 1, canUndo: true, canRedo: false });
    expect(forked.opened.series.steps.at(-1)).toBe(201);
    const frame = await other.ask(full(201));
    const back = await other.ask({ type: 'undo' });
    expect(back).toMatchObject({ at: { step: 200 }, opened: { length: 303, canUndo: false, canRedo: true } });
    expect(back.opened.series).toEqual(opened.series);
    expect((await other.ask(full(301))).full!.failed).not.toBeNull();
    const again = await other.ask({ type: 'redo' });
    expect(again).toMatchObject({ at: { step: 201 }, opened: { length: 201, canUndo: true } });
    expect(unmarked(await other.ask(full(201)))).toEqual(unmarked(frame));
    expect(await other.refused({ type: 'redo' })).toEqual([{ message: 'there is no edit to redo' }]);
  });

  it('shares a moment with its edits, and the link leads back to it', async () => {
    const other = createPage();
    await other.ask({ type: 'open', source });
    await other.ask({ type: 'act', at: { step: 200, event: 0 }, operation: { op: 'dropCaches' } });
    await other.ask({ type: 'reopen', policy: 'buddy-2.6', at: { step: 201, event: 0 } });
    const there = await other.ask(full(201));
    const { url } = await other.ask({
      type: 'share',
      at: there.at,
      base: 'https://example.org/order0/?theme=dark',
    });
    expect(url).toMatch(/^https:\/\/example\.org\/order0\/\?theme=dark#v=\d+&/);
    const visitor = createPage();
    const visited = await visitor.ask({ type: 'open', source: { kind: 'link', url } });
    expect(visited).toMatchObject({ openAt: there.at, edits: 1, length: 201, policy: 'buddy-2.6' });
    expect(visited.warnings).toEqual(opened.warnings);
    expect(await visitor.ask(full(201))).toEqual(there);
    const stale = url.replace(/hash=[0-9a-f]{16}/, 'hash=0123456789abcdef');
    expect(stale).not.toBe(url);
    const told = await visitor.ask({ type: 'open', source: { kind: 'link', url: stale } });
    expect(told.warnings.at(-1)).toMatch(/0123456789abcdef/);
  });

  it('finds the moments of a kind, both ways', async () => {
    const find = (step: number, what: 'failed' | 'note' | 'oom', backwards: boolean) =>
      page.ask({ type: 'find', at: { step, event: 0 }, what, backwards });
    expect(await find(300, 'failed', false)).toEqual({ step: 301, event: 0 });
    expect(await find(303, 'failed', true)).toEqual({ step: 301, event: 0 });
    expect(await find(0, 'note', false)).toEqual({ step: 10, event: 0 });
    expect(await find(10, 'note', false)).toBeNull();
    expect(await find(0, 'oom', false)).toBeNull();
  });

  it('checks the state of any step', async () => {
    for (const step of [0, 7, 303, 9999]) {
      expect(await page.ask({ type: 'check', at: { step, event: 0 } })).toEqual({ invariants: 'ok' });
    }
  });

  it('answers why for any order', async () => {
    const report = await page.ask({ type: 'why', at: { step: 301, event: 0 }, order: 7 });
    const { byPolicy, indexNote, outlook, windows, ...rest } = report;
    const shown = (await page.ask(full(301))).full!.why;
    expect({ ...rest, windows: [...windows].sort((a, b) => a.pfn - b.pfn) }).toEqual(shown);
    expect(byPolicy).toHaveLength(5);
    expect(indexNote).not.toBe('');
    expect(outlook.windows).toBe(windows.length);
    expect((await page.refused({ type: 'why', at: { step: 0, event: 0 }, order: 64 }))[0]!.message).toMatch(
      /order 64/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Opened, Operation } from '../../src/worker/protocol.ts';
import { createPage, type Page } from './page.ts';

const PRESET = { type: 'open', source: { kind: 'preset', id: 'one-slab' } } as const;
const at = (step: number) => ({ step, event: 0 });
const drain: Operation = { op: 'drainCpus' };
const spawn: Operation = { op: 'spawn', process: 60 };
const map: Operation = { op: 'mapAnon', process: 60, region: 0, pages: 4 };
const touch: Operation = { op: 'touch', process: 60, region: 0, page: 1 };

async function hashAt(page: Page, step: number): Promise<string> {
  const frame = await page.ask({ type: 'frame', at: at(step), detail: 'full' });
  const { stateHash } = frame.full!.summary;
  if (stateHash === undefined) throw new Error(`no hash at step ${step}`);
  return stateHash;
}

const act = async (page: Page, step: number, operation: Operation): Promise<Opened> =>
  (await page.ask({ type: 'act', at: at(step), operation, keep: 'rest' })).opened;

const operations = (opened: Opened) => opened.editList.map(({ operation }) => operation);

describe('an edit taken out of the middle', () => {
  it('leaves the run as if it had never been made, and comes back', async () => {
    const page = createPage();
    const { length } = await page.ask(PRESET);
    await act(page, 400, drain);
    const withOne = await hashAt(page, length + 1);
    await act(page, 500, { op: 'dropCaches' });
    await act(page, 700, { op: 'reclaimLru', pages: 32 });
    const all = await hashAt(page, length + 3);

    const out = await page.ask({ type: 'take-out', edit: 1, at: at(650) });
    expect(out).toMatchObject({ at: at(649), idle: [], opened: { length: length + 2, edits: 2 } });
    expect(out.opened.editList.map(({ step }) => step)).toEqual([400, 699]);
    const rest = await hashAt(page, length + 2);
    expect(rest).not.toBe(all);

    const other = createPage();
    await other.ask(PRESET);
    await act(other, 400, drain);
    await act(other, 699, { op: 'reclaimLru', pages: 32 });
    expect(await hashAt(other, length + 2)).toBe(rest);

    expect((await page.ask({ type: 'undo' })).opened.edits).toBe(3);
    expect(await hashAt(page, length + 3)).toBe(all);
    expect((await page.ask({ type: 'redo' })).opened.edits).toBe(2);
    expect(await hashAt(page, length + 2)).toBe(rest);
    for (let i = 0; i < 3; i++) await page.ask({ type: 'undo' });
    expect(await hashAt(page, length + 1)).toBe(withOne);
  });

  it('names the later ones that find nothing to act on', async () => {
    const page = createPage();
    await page.ask(PRESET);
    await act(page, 300, spawn);
    await act(page, 301, map);
    await act(page, 302, touch);
    await act(page, 303, drain);
    const { idle, opened } = await page.ask({ type: 'take-out', edit: 1, at: at(304) });
    expect(operations(opened)).toEqual([spawn, touch, drain]);
    expect(idle).toEqual([301]);
    await page.ask({ type: 'undo' });
    expect((await page.ask({ type: 'take-out', edit: 0, at: at(304) })).idle).toEqual([300, 301]);
  });

  it('brings back what it had dropped', async () => {
    const page = createPage();
    const { length } = await page.ask(PRESET);
    const end = await hashAt(page, length);
    const { opened } = await page.ask({ type: 'act', at: at(500), operation: drain });
    expect(opened.length).toBe(501);
    const out = await page.ask({ type: 'take-out', edit: 0, at: at(501) });
    expect(out).toMatchObject({ at: at(500), opened: { length, edits: 0, canUndo: true } });
    expect(await hashAt(page, length)).toBe(end);
  });

  it('has to be there', async () => {
    const page = createPage();
    await page.ask(PRESET);
    const [problem] = await page.refused({ type: 'take-out', edit: 0, at: at(3) });
    expect(problem!.message).toMatch(/no edit 0/);
  });
});

describe('what was done to a scenario', () => {
  it('is the same run in another engine, with the same way back', async () => {
    const page = createPage();
    await page.ask({ ...PRESET, seed: 7 });
    await act(page, 400, drain);
    await act(page, 500, { op: 'dropCaches' });
    await act(page, 700, drain);
    await page.ask({ type: 'take-out', edit: 0, at: at(600) });
    await act(page, 800, { op: 'reclaimLru', pages: 32 });
    await act(page, 900, drain);
    await page.ask({ type: 'undo' });
    const { opened } = await page.ask({ type: 'undo' });

    const other = createPage();
    const again = await other.ask({ ...PRESET, ...opened.again });
    expect(again.again).toEqual(opened.again);
    expect(again).toMatchObject({ seed: 7, edits: opened.edits, editList: opened.editList });
    for (const way of ['redo', 'redo', 'undo', 'undo', 'undo', 'undo', 'undo', 'undo'] as const) {
      const here = await page.ask({ type: way });
      const there = await other.ask({ type: way });
      expect(there.opened.again).toEqual(here.opened.again);
      expect(await hashAt(other, here.opened.length)).toBe(await hashAt(page, here.opened.length));
    }
    expect((await other.refused({ type: 'undo' }))[0]!.message).toMatch(/no edit to undo/);
  });

  it('is kept under another policy', async () => {
    const page = createPage();
    await page.ask(PRESET);
    await act(page, 400, drain);
    await act(page, 500, drain);
    await page.ask({ type: 'undo' });
    const opened = await page.ask({ type: 'reopen', policy: 'buddy-2.6', at: at(400) });
    expect(opened).toMatchObject({ edits: 1, canUndo: true, canRedo: true });
    const { opened: redone } = await page.ask({ type: 'redo' });
    expect(redone.editList.map(({ step }) => step)).toEqual([400, 500]);
  });
});

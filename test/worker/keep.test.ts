import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/worker/protocol.ts';
import { createPage } from './page.ts';

const PRESET = { type: 'open', source: { kind: 'preset', id: 'one-slab' } } as const;
const drain: Operation = { op: 'drainCpus' };

async function hashAt(page: ReturnType<typeof createPage>, step: number): Promise<string> {
  const frame = await page.ask({ type: 'frame', at: { step, event: 0 }, detail: 'full' });
  const { stateHash } = frame.full!.summary;
  if (stateHash === undefined) throw new Error(`no hash at step ${step}`);
  return stateHash;
}

describe('an act that keeps the rest', () => {
  it('stands before it, is undone and redone, and comes back from its link', async () => {
    const page = createPage();
    const { length } = await page.ask(PRESET);
    const end = await hashAt(page, length);
    const edited = await page.ask({
      type: 'act',
      at: { step: 500, event: 0 },
      operation: drain,
      keep: 'rest',
    });
    expect(edited).toMatchObject({
      at: { step: 501 },
      how: 'forked',
      dropped: 0,
      opened: { length: length + 1, edits: 1 },
    });
    expect(edited.opened.editList).toEqual([{ step: 500, operation: drain, kept: true }]);
    const kept = await hashAt(page, length + 1);

    const undone = await page.ask({ type: 'undo' });
    expect(undone).toMatchObject({ at: { step: 500 }, opened: { length, canRedo: true } });
    expect(await hashAt(page, length)).toBe(end);
    const redone = await page.ask({ type: 'redo' });
    expect(redone).toMatchObject({ at: { step: 501 }, opened: { length: length + 1 } });

    const select = { kind: 'file', file: 3, page: 1 } as const;
    const there = { step: length + 1, event: 0 };
    const { url } = await page.ask({ type: 'share', at: there, base: 'https://example.org/', select });
    const other = createPage();
    const visited = await other.ask({ type: 'open', source: { kind: 'link', url } });
    expect(visited).toMatchObject({ openAt: there, edits: 1, select, warnings: [] });
    expect(await hashAt(other, there.step)).toBe(kept);
  });

  it('is linked in rising order, also where it was made after a later one', async () => {
    const page = createPage();
    await page.ask(PRESET);
    await page.ask({ type: 'act', at: { step: 700, event: 0 }, operation: { op: 'dropCaches' } });
    const { opened } = await page.ask({
      type: 'act',
      at: { step: 300, event: 0 },
      operation: drain,
      keep: 'rest',
    });
    expect(opened.editList.map(({ step }) => step)).toEqual([701, 300]);
    const at = { step: opened.length, event: 0 };
    const { url } = await page.ask({ type: 'share', at, base: 'https://example.org/' });
    expect(url).toContain('e=300.drainCpus.k_701.dropCaches');
    const other = createPage();
    await other.ask({ type: 'open', source: { kind: 'link', url } });
    expect(await hashAt(other, at.step)).toBe(await hashAt(page, at.step));
  });

  it('is compared with the run without it', async () => {
    const page = createPage();
    await page.ask(PRESET);
    const plain = await hashAt(page, 800);
    await page.ask({
      type: 'act',
      at: { step: 400, event: 0 },
      operation: { op: 'dropCaches' },
      keep: 'rest',
    });
    const { edits, ...origin } = await page.ask({ type: 'origin' });
    expect(edits).toHaveLength(1);
    const unedited = createPage();
    await unedited.ask({ type: 'open', ...origin, done: [] });
    expect(await hashAt(unedited, 800)).toBe(plain);
    const same = createPage();
    await same.ask({ type: 'open', ...origin, done: edits });
    expect(await hashAt(same, 800)).toBe(await hashAt(page, 800));
    expect(await hashAt(page, 800)).not.toBe(plain);
  });

  it('leaves an allocation number free for the person’s own requests', async () => {
    const page = createPage();
    const { unusedAllocation: id } = await page.ask(PRESET);
    const operation: Operation = { op: 'alloc', id, order: 2, gfp: 13, tag: 'other' };
    const { opened } = await page.ask({ type: 'act', at: { step: 900, event: 0 }, operation, keep: 'rest' });
    expect(opened.unusedAllocation).toBe(id + 1);
    const [where] = await page.ask({
      type: 'inspect',
      at: { step: 901, event: 0 },
      what: [{ view: 'where', owner: { kind: 'allocation', id, page: 0 } }],
    });
    expect(where).toMatchObject({ view: 'where', reason: '' });
  });
});

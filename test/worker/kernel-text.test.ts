import { beforeAll, describe, expect, it } from 'vitest';
import { parseBuddyinfo } from '../../src/kernel-text/buddyinfo.ts';
import { parseFtrace } from '../../src/kernel-text/ftrace.ts';
import { parseVmstat } from '../../src/kernel-text/vmstat.ts';
import { KERNEL_TABS, type KernelTab, type Opened } from '../../src/worker/protocol.ts';
import { createPage, FAILING, type Page } from './page.ts';

let page: Page;
let opened: Opened;
beforeAll(async () => {
  page = createPage();
  opened = await page.ask({ type: 'open', source: { kind: 'text', name: 'it-fails.yaml', text: FAILING } });
});

const text = (file: KernelTab, step: number, event = 0) =>
  page.ask({ type: 'kernel-text', at: { step, event }, file });

describe('kernel text', () => {
  it('is there for every tab, the era said where it matters', async () => {
    for (const file of KERNEL_TABS) expect((await text(file, 302)).text, file).toMatch(/\n$/);
    expect((await text('zoneinfo', 100)).notes).toEqual([
      'Linux 2.6.9 had no zoneinfo: this is the layout of 6.12',
    ]);
  });

  it('is of the moment asked for, whatever was asked before', async () => {
    const early = (await text('buddyinfo', 20)).text;
    const frame = await page.ask({ type: 'frame', at: { step: 301, event: 0 }, detail: 'full' });
    const late = (await text('buddyinfo', 301)).text;
    expect(parseBuddyinfo(late).zones[0]!.freeByOrder).toEqual(frame.full!.summary.freeByOrder);
    expect((await text('buddyinfo', 20)).text).toBe(early);
    expect(early).not.toBe(late);
    expect(
      (await page.ask({ type: 'frame', at: { step: 301, event: 0 }, detail: 'full' })).full!.summary
        .stateHash,
    ).toBe(frame.full!.summary.stateHash);
  });

  it('follows the events inside an operation', async () => {
    const { events } = await page.ask({ type: 'frame', at: { step: 301, event: 0 }, detail: 'full' });
    expect(events).toBeGreaterThan(3);
    const after = parseFtrace((await text('ftrace', 302)).text).table.length;
    const inside = parseFtrace((await text('ftrace', 301, 3)).text).table.length;
    expect(inside).toBeLessThan(after);
    const faults = async (step: number, event: number) =>
      Object.fromEntries(parseVmstat((await text('vmstat', step, event)).text).entries)['pgalloc_normal']!;
    expect(await faults(301, 3)).toBeGreaterThanOrEqual(await faults(301, 0));
  });

  it('counts the events since boot the same whatever way it was reached, also after an edit', async () => {
    const preset = { type: 'open', source: { kind: 'preset', id: 'one-slab' } } as const;
    const at = (step: number) => ({ step, event: 0 });
    const fresh = async (step: number, edited: boolean) => {
      const other = createPage();
      await other.ask(preset);
      if (edited)
        await other.ask({ type: 'act', at: at(1100), operation: { op: 'dropCaches' }, keep: 'rest' });
      return (await other.ask({ type: 'kernel-text', at: at(step), file: 'vmstat' })).text;
    };
    const one = createPage();
    await one.ask(preset);
    const shown = async (step: number) =>
      (await one.ask({ type: 'kernel-text', at: at(step), file: 'vmstat' })).text;
    await shown(2200);
    for (const step of [2199, 1024, 1500, 3]) expect(await shown(step)).toBe(await fresh(step, false));
    await one.ask({ type: 'act', at: at(1100), operation: { op: 'dropCaches' }, keep: 'rest' });
    expect(await shown(2200)).toBe(await fresh(2200, true));
    await one.ask({ type: 'undo' });
    expect(await shown(2200)).toBe(await fresh(2200, false));
  });

  it('has no trace before the first operation, and none beyond the end', async () => {
    expect(await text('ftrace', 0)).toEqual({ text: '', notes: ['no operation has run yet'] });
    expect(await text('ftrace', opened.length + 5)).toEqual(await text('ftrace', opened.length));
  });

  it('needs something open', async () => {
    const at = { step: 0, event: 0 };
    expect(await createPage().refused({ type: 'kernel-text', at, file: 'vmstat' })).toHaveLength(1);
  });
});

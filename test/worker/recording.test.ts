/** A recording in the page: opened, run, reopened, refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { stateHash } from '../../src/engine/machine.ts';
import { finish, openRecording } from '../../src/import/recording/open-recording.ts';
import { createPage } from './page.ts';

const shipped = (): ArrayBuffer => {
  const bytes = readFileSync('public/traces/G-smp.txt.gz');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};
const text = (lines: string): ArrayBuffer => new TextEncoder().encode(lines).buffer as ArrayBuffer;

describe('a recording in the page', () => {
  it('opens with progress and ends in the state the engine has without a page', {
    timeout: 60_000,
  }, async () => {
    let now = 0;
    const page = createPage(() => (now += 30));
    const opened = await page.ask({
      type: 'open',
      source: { kind: 'recording', name: 'G-smp', bytes: shipped() },
    });
    expect(opened.recording).toMatchObject({ name: 'G-smp', read: 95_460, used: 95_423 });
    expect(opened.recording?.skipped).toEqual([{ reason: 'marker', count: 37 }]);
    const labels = new Set(page.notices.map((n) => (n.notice === 'progress' ? n.label : n.notice)));
    expect([...labels]).toEqual(['Reading bytes', 'Reading events', 'Running ahead']);

    const at = { step: opened.length, event: 0 };
    const frame = await page.ask({ type: 'frame', at, detail: 'full' });
    const scenario = finish(openRecording(new Uint8Array(shipped()), 'G-smp'));
    const m = bootMachine(scenario.config);
    for (let i = 0; i < scenario.operations.length; i++) applyOperation(m, scenario.operations, i);
    expect(frame.full?.summary.stateHash).toBe(stateHash(m));

    const again = await page.ask({ type: 'reopen', policy: 'buddy-2.6', at: { step: 500, event: 0 } });
    expect(again).toMatchObject({
      policy: 'buddy-2.6',
      length: opened.length,
      openAt: { step: 500, event: 0 },
    });
  });

  it('refuses what holds no events in one line, and keeps what was open', async () => {
    const page = createPage();
    await page.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
    for (const bytes of [
      text('roses are red\n'),
      text(''),
      new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2]).buffer,
    ]) {
      const problems = await page.refused({
        type: 'open',
        source: { kind: 'recording', name: 'poem', bytes },
      });
      expect(problems).toHaveLength(1);
      expect(problems[0]!.message).toMatch(/^poem: /);
    }
    const frame = await page.ask({ type: 'frame', at: { step: 1, event: 0 }, detail: 'full' });
    expect(frame.full?.summary.title).toBe('One slab');
  });

  it('can be stopped while it is read', async () => {
    let now = 0;
    const page = createPage(() => (now += 60));
    const open = page.refused({
      type: 'open',
      source: { kind: 'recording', name: 'G-smp', bytes: shipped() },
    });
    await page.ask({ type: 'cancel' });
    expect((await open)[0]!.message).toMatch(/stopped/);
  });
});

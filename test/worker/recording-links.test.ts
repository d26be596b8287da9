/** Links and scenarios that name a recording: what they need, and that they lead back to the same state. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileHash } from '../../src/base/file-hash.ts';
import { recordingHash, SHIPPED_RECORDINGS } from '../../src/scenario/shipped-recordings.ts';
import { createPage, type Page } from './page.ts';

const [shipped] = SHIPPED_RECORDINGS;
const BASE = 'https://example.org/lab/';
const bytesOf = (path: string): ArrayBuffer => {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};
const file = () => ({ name: 'G-smp.txt.gz', bytes: bytesOf('public/traces/G-smp.txt.gz') });
const fixture = () => ({ name: 'other.txt', bytes: bytesOf('test/fixtures/traces/ftrace.txt') });
const hashAt = async (page: Page, step: number) =>
  (await page.ask({ type: 'frame', at: { step, event: 0 }, detail: 'full' })).full?.summary.stateHash;

describe('the list of shipped recordings', () => {
  it('is true to the files', () => {
    for (const { file: path, hash, unpacked, bytes } of SHIPPED_RECORDINGS) {
      const content = new Uint8Array(bytesOf(`public/${path}`));
      expect({ hash: fileHash(content), bytes: content.length }).toEqual({ hash, bytes });
      const text = new Uint8Array(gunzipSync(content));
      expect(fileHash(text)).toBe(unpacked);
      // A host that knows .gz hands out the text: it is the same recording.
      expect([recordingHash(hash), recordingHash(unpacked)]).toEqual([hash, hash]);
    }
  });
});

describe('a link of a recording', { timeout: 60_000 }, () => {
  let url: string;
  let state: string | undefined;
  const STEP = 50_000;
  beforeAll(async () => {
    const page = createPage();
    const opened = await page.ask({ type: 'open', source: { kind: 'recording', ...file(), name: 'G-smp' } });
    expect(opened.recording).toMatchObject({ hash: shipped!.hash, read: shipped!.events, lost: 0 });
    await page.ask({ type: 'reopen', policy: 'buddy-2.6', at: { step: STEP, event: 0 } });
    const edited = await page.ask({
      type: 'act',
      at: { step: STEP, event: 0 },
      operation: { op: 'dropCaches' },
    });
    expect(edited.how).toBe('forked');
    state = await hashAt(page, STEP + 1);
    const link = await page.ask({ type: 'share', at: { step: STEP + 1, event: 0 }, base: BASE });
    expect(link.warning).toBeNull();
    url = link.url;
  }, 60_000);

  it('says which file it needs, and keeps what was open', async () => {
    const page = createPage();
    await page.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
    const problems = await page.refused({ type: 'open', source: { kind: 'link', url } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      message: expect.stringContaining('the recording G-smp'),
      needs: { recording: 'G-smp', hash: shipped!.hash },
    });
    expect(await hashAt(page, 1)).toBeDefined();
  });

  it('refuses another file in one line: what was expected, what came', async () => {
    const page = createPage();
    const recording = fixture();
    const came = fileHash(new Uint8Array(recording.bytes));
    const problems = await page.refused({ type: 'open', source: { kind: 'link', url, recording } });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toBe(
      `other.txt: expected the file of G-smp with hash ${shipped!.hash}, met one with hash ${came}`,
    );
    expect(problems[0]!.needs).toEqual({ recording: 'G-smp', hash: shipped!.hash });
  });

  it('leads to the same state with policy and edits, whatever the file is called now', async () => {
    const page = createPage();
    const recording = { ...file(), name: 'renamed.gz' };
    const opened = await page.ask({ type: 'open', source: { kind: 'link', url, recording } });
    expect(opened).toMatchObject({
      policy: 'buddy-2.6',
      edits: 1,
      openAt: { step: STEP + 1, event: 0 },
      warnings: [],
      recording: { name: 'G-smp' },
    });
    expect(await hashAt(page, STEP + 1)).toBe(state);
    const again = await page.ask({ type: 'share', at: { step: STEP + 1, event: 0 }, base: BASE });
    expect(again.url).toBe(url);
    // Nothing more is asked for while the file is at hand.
    expect((await page.ask({ type: 'open', source: { kind: 'link', url } })).openAt.step).toBe(STEP + 1);
  });

  it('is a scenario like any other: seed, steps and notes of its own', async () => {
    const page = createPage();
    const text = `order0: 1
title: A recording and more
machine: { pages: 1024 }
seed: 7
workload: { recording: other }
steps:
  - { op: alloc, id: 9, order: 3, gfp: kernel, tag: kmalloc }
notes:
  - { step: end, text: asked after the recording }
`;
    const source = { kind: 'text', name: 'more.yaml', text } as const;
    expect((await page.refused({ type: 'open', source }))[0]!.needs).toEqual({
      recording: 'other',
      hash: null,
    });
    const opened = await page.ask({ type: 'open', source: { ...source, recording: fixture() } });
    const alone = await createPage().ask({ type: 'open', source: { kind: 'recording', ...fixture() } });
    expect(opened).toMatchObject({ title: 'A recording and more', seed: 7, length: alone.length + 1 });
    expect(opened.machine).toEqual(alone.machine);
    expect(opened.notes).toContainEqual({ step: opened.length, text: 'asked after the recording' });
    expect(opened.warnings.join()).toContain('machine.pages');
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIFE_TEXT, type LifeLine } from '../../src/analysis/inspect/life-line.ts';
import { lookOf } from '../../src/analysis/inspect/look.ts';
import type { PolicyId } from '../../src/engine/config.ts';
import type { TraceEvent } from '../../src/engine/trace-event.ts';
import { createTimeline, eventsOf, peek, seek, type Timeline } from '../../src/history/timeline.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { lifeOf } from '../../src/worker/inspect-life.ts';
import type { Opened, Position, Report } from '../../src/worker/protocol.ts';
import { prepare } from '../../src/worker/sources.ts';
import { randomOperations, toyConfig } from '../engine/support.ts';
import { createPage, type Page } from './page.ts';

const prepared = prepare({ kind: 'preset', id: 'one-slab' }, {}, bundledPresets);
const scene: Timeline = createTimeline(prepared.config, prepared.operations);
const ALL = { budget: 1 << 20, limit: 4096 };

/** Events about a block of 2^order pages from their pfn on. */
const BLOCKS =
  'pageAlloc pageFree merge listAdd cacheGrow slabDestroy scanSlab chooseSlab slabRefused slabDiscarded';
/** Events that move pages without naming each. */
const BATCHES = 'arrayRefill arrayFlush arraysDrained cacheReap pcpRefill pcpDrain';

/** Whether an event is about a page: it names it, or the page changed kind between the event before and this one. */
function isAbout(t: Timeline, e: TraceEvent, { step, event }: Position, pfn: number): boolean {
  if (e.type === 'split') return pfn >= e.a && pfn < e.a + 2 ** (e.order + 1);
  if (BLOCKS.split(' ').includes(e.type)) return pfn >= e.pfn && pfn < e.pfn + 2 ** e.order;
  if (e.type === 'spawn' || e.type === 'fork') return pfn >= e.pfn && pfn < e.pfn + 2 ** t.config.stackOrder;
  if (!BATCHES.split(' ').includes(e.type)) return e.pfn === pfn;
  const kindAt = (at: number) => {
    peek(t, step, at);
    return t.machine.kind[pfn]!;
  };
  const kind = kindAt(event);
  return Array.from({ length: event }, (_, i) => kindAt(i)).some((before) => before !== kind);
}

/** State bytes of a page at every step. */
function looks(t: Timeline, pfn: number, end: number): number[] {
  return Array.from({ length: end + 1 }, (_, step) => {
    seek(t, step);
    return lookOf(t.machine, pfn);
  });
}

/** Whether a line tells of what happened in operation `op`, by itself or among those it stands for. */
function covers(line: LifeLine, op: number): boolean {
  const last = line.event === 0 ? line.step - 1 : line.step;
  return line.times === 1 ? last === op : line.since - 1 <= op && op <= last;
}

function checkLife(t: Timeline, pfn: number, at: Position): void {
  const story = lifeOf(t, pfn, at, ALL);
  expect(story).toMatchObject({ pfn, reached: 0, omitted: 0, complete: true });
  expect(story.lines[0]).toMatchObject({ step: 0, event: 0, type: 'boot' });
  let before = -1;
  for (const line of story.lines) {
    expect(line.text).toMatch(/^\S.*[^.!\s…]$/);
    expect(line.text.length).toBeLessThanOrEqual(LIFE_TEXT);
    expect(line.text).not.toMatch(/undefined|NaN|null/);
    const moment = line.step + (line.event === 0 ? -0.5 : line.event / 1e6);
    expect(moment).toBeGreaterThanOrEqual(before);
    before = moment;
    if (line.event > 0) {
      const event = eventsOf(t, line.step).events[line.event - 1]!;
      expect(event.type).toBe(line.type);
      expect(isAbout(t, event, line, pfn), `${line.text} at ${line.step}.${line.event}`).toBe(true);
      peek(t, line.step, line.event);
    } else {
      seek(t, line.step);
    }
    expect(lookOf(t.machine, pfn), `${line.text} at ${line.step}.${line.event}`).toBe(line.look);
  }
  if (at.event > 0) return;
  const seen = looks(t, pfn, at.step);
  expect(story.lines.at(-1)!.look).toBe(seen[at.step]);
  for (let op = 0; op < at.step; op++) {
    if (seen[op] === seen[op + 1]) continue;
    expect(
      story.lines.some((line) => covers(line, op)),
      `page ${pfn} changed in operation ${op}`,
    ).toBe(true);
  }
}

describe('the life of a page frame', () => {
  it('tells of the opening scene what its events say, and ends as the page is', () => {
    fc.assert(
      fc.property(fc.nat(1023), (pfn) => checkLife(scene, pfn, prepared.openAt)),
      { numRuns: 25, seed: 2003 },
    );
  }, 120_000);

  it.each<PolicyId>(['order0-slab', 'buddy-2.6'])(
    'tells of a rough life under %s',
    (name) => {
      const config = toyConfig({ pages: 512, slabOrder: 4, swapPages: 96, policyChange: { name } });
      const t = createTimeline(config, randomOperations(5, 1500, 512));
      fc.assert(
        fc.property(fc.nat(511), (pfn) => checkLife(t, pfn, { step: 1500, event: 0 })),
        { numRuns: 15, seed: 11 },
      );
    },
    120_000,
  );

  it('comes in parts, newest first, that make up the whole', () => {
    fc.assert(
      fc.property(
        fc.nat(1023),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 50, max: 900 }),
        (pfn, limit, budget) => {
          const events = (lines: readonly LifeLine[]) =>
            lines.flatMap((line) => (line.times === 1 ? [`${line.step}.${line.event}`] : []));
          const count = (lines: readonly LifeLine[]) => lines.reduce((n, line) => n + line.times, 0);
          const whole = lifeOf(scene, pfn, prepared.openAt, ALL);
          const lines: LifeLine[] = [];
          let part = lifeOf(scene, pfn, prepared.openAt, { limit, budget });
          for (;;) {
            lines.unshift(...part.lines);
            if (part.complete) break;
            const next = lifeOf(scene, pfn, prepared.openAt, { limit, budget, to: part.reached });
            if (!next.complete) expect(next.reached).toBeLessThan(part.reached);
            part = next;
          }
          expect(count(lines)).toBe(count(whole.lines));
          for (const moment of events(whole.lines)) expect(events(lines)).toContain(moment);
        },
      ),
      { numRuns: 20, seed: 3 },
    );
  }, 60_000);

  it('tells the operation one is inside of as far as it has come', () => {
    const { step } = prepared.openAt;
    const { count, events } = eventsOf(scene, step);
    const drops = events.flatMap((event, i) =>
      event.type === 'drop' ? [{ pfn: event.pfn, event: i + 1 }] : [],
    );
    expect(drops.length).toBeGreaterThan(5);
    const { pfn, event } = drops.at(-1)!;
    const before = lifeOf(scene, pfn, { step, event: event - 1 }, ALL).lines;
    const then = lifeOf(scene, pfn, { step, event }, ALL).lines;
    expect(before.some((line) => line.step === step && line.type === 'drop')).toBe(false);
    expect(then.at(-1)).toMatchObject({ step, event, type: 'drop' });
    expect(then.slice(0, -1)).toEqual(before);
    expect(lifeOf(scene, pfn, { step, event: count }, ALL).lines.at(-1)!.type).toBe('slabDiscarded');
    checkLife(scene, pfn, { step, event });
  });

  it('stops at a first step, and leaves the timeline whole', () => {
    seek(scene, 700);
    const there = Array.from(scene.machine.kind);
    const story = lifeOf(scene, 0x2bc, { step: 1300, event: 0 }, { ...ALL, from: 340 });
    expect(story).toMatchObject({ reached: 340, complete: true });
    expect(story.lines[0]).toMatchObject({ step: 342, type: 'cacheGrow' });
    seek(scene, 700);
    expect(Array.from(scene.machine.kind)).toEqual(there);
    expect(scene.machine.log.heard).toBeNull();
  });
});

describe('asking the engine', () => {
  let page: Page;
  let opened: Opened;
  beforeAll(async () => {
    page = createPage();
    opened = await page.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
  });

  it('shows several things of one moment, also inside a step', async () => {
    const at = opened.openAt;
    const { view } = await page.ask({ type: 'frame', at, detail: 'picture' });
    const pfn = view.state.findIndex((byte) => (byte & 0x2f) === 0x22);
    const [shown, slab, acts, cpus] = await page.ask({
      type: 'inspect',
      at,
      what: [{ view: 'page', pfn }, { view: 'slab', pfn }, { view: 'acts', pfn }, { view: 'cpus' }],
    });
    expect(shown).toMatchObject({ view: 'page', kind: 'file', pfn, look: view.state[pfn] });
    expect(slab).toMatchObject({ view: 'slab', name: 'order0-user' });
    expect(acts).toMatchObject({ view: 'acts', pfn });
    expect(cpus).toMatchObject({ view: 'cpus', kind: 'arrays' });
    const inside = { step: at.step, event: 40 };
    const picture = await page.ask({ type: 'frame', at: inside, detail: 'picture' });
    const pages = await page.ask({
      type: 'inspect',
      at: inside,
      what: Array.from({ length: 32 }, (_, i) => ({ view: 'page' as const, pfn: i * 32 })),
    });
    const drawn = pages.map((report: Report) => (report.view === 'page' ? report.look : -1));
    expect(drawn).toEqual(Array.from({ length: 32 }, (_, i) => picture.view.state[i * 32]));
  });

  it('does an act that was offered, and follows its page under another policy', async () => {
    const other = createPage();
    const { openAt } = await other.ask({ type: 'open', source: { kind: 'preset', id: 'one-slab' } });
    const unknown = await other.ask({ type: 'find-pages', at: openAt, query: 'a heap page' });
    expect(unknown.understood).toBe(false);
    const found = await other.ask({ type: 'find-pages', at: openAt, query: 'a file page' });
    expect(found.understood).toBe(true);
    const { pfn } = found.runs[0]!;
    const [shown, acts] = await other.ask({
      type: 'inspect',
      at: openAt,
      what: [
        { view: 'page', pfn },
        { view: 'acts', pfn },
      ],
    });
    if (shown?.view !== 'page' || acts?.view !== 'acts') throw new Error('expected a page and its acts');
    const { operation } = acts.acts.find((act) => act.id === 'pin')!;
    const { at } = await other.ask({ type: 'act', at: openAt, operation: operation! });
    const [pinned] = await other.ask({ type: 'inspect', at, what: [{ view: 'page', pfn }] });
    expect(pinned).toMatchObject({ pins: shown.pins + 1 });
    await other.ask({ type: 'reopen', policy: 'buddy-2.6', at });
    const [where] = await other.ask({ type: 'inspect', at, what: [{ view: 'where', owner: shown.owner! }] });
    if (where?.view !== 'where') throw new Error('expected a place');
    expect(where.pfn === null).toBe(where.reason !== '');
    expect(
      (await other.ask({ type: 'life', at, pfn: where.pfn ?? pfn, limit: 5 })).lines.length,
    ).toBeGreaterThan(0);
  });

  it('tells a life in parts', async () => {
    const at = opened.openAt;
    const pfn = 0x2bc;
    const last = await page.ask({ type: 'life', at, pfn, limit: 2 });
    expect(last.complete).toBe(false);
    const earlier = await page.ask({ type: 'life', at, pfn, to: last.reached });
    expect(earlier.reached).toBeLessThan(last.reached);
    expect(earlier.lines.every((line) => line.step <= last.reached)).toBe(true);
  });

  it.each<[string, Parameters<Page['refused']>[0], RegExp]>([
    [
      'a page outside',
      { type: 'life', at: { step: 3, event: 0 }, pfn: 1024 },
      /^pfn 1024: expected a whole number from 0 to 1023$/,
    ],
    [
      'half a page',
      { type: 'inspect', at: { step: 3, event: 0 }, what: [{ view: 'page', pfn: 0.5 }] },
      /^pfn 0.5/,
    ],
    [
      'no number',
      { type: 'inspect', at: { step: 3, event: 0 }, what: [{ view: 'process', process: Number.NaN }] },
      /^process NaN/,
    ],
    [
      'a negative page of a file',
      {
        type: 'inspect',
        at: { step: 3, event: 0 },
        what: [{ view: 'where', owner: { kind: 'file', file: 0, page: -1 } }],
      },
      /^page -1/,
    ],
    ['no lines', { type: 'life', at: { step: 3, event: 0 }, pfn: 3, limit: 0 }, /^limit 0/],
    [
      'too much at once',
      {
        type: 'inspect',
        at: { step: 3, event: 0 },
        what: Array.from({ length: 33 }, () => ({ view: 'zones' as const })),
      },
      /^33 things/,
    ],
  ])('refuses %s in one line', async (_, request, message) => {
    const problems = await page.refused(request);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(message);
  });

  it('answers what is not there with the reason', async () => {
    const what = [
      { view: 'process', process: 4_000_000_000 },
      { view: 'file', file: 4_000_000_000 },
    ] as const;
    const reports = await page.ask({ type: 'inspect', at: { step: 99_999_999, event: 5 }, what });
    expect(reports).toMatchObject([{ view: 'nothing' }, { view: 'nothing' }]);
  });
});

describe('a child that an act makes', () => {
  it('has a number that no operation means, past or to come', async () => {
    const page = createPage();
    const scripted = `order0: 1
title: Two processes
machine: { pages: 1024 }
steps:
  - { op: spawn, process: 1 }
  - { op: mapAnon, process: 1, region: 0, pages: 4 }
  - { op: touch, process: 1, region: 0, page: 0, write: true }
  - { op: spawn, process: 2 }
  - { op: fork, process: 2, child: 9 }
  - { op: touch, process: 30, region: 0, page: 0 }
`;
    await page.ask({ type: 'open', source: { kind: 'text', name: 'two.yaml', text: scripted } });
    const at = { step: 3, event: 0 };
    const found = await page.ask({ type: 'find-pages', at, query: 'process 1 region 0 page 0' });
    const pfn = found.runs[0]!.pfn;
    const fork = async () => {
      const [report] = await page.ask({ type: 'inspect', at, what: [{ view: 'acts', pfn }] });
      if (report?.view !== 'acts') throw new Error('no acts');
      return report.acts.find(({ id }) => id === 'fork')?.operation;
    };
    const operation = await fork();
    expect(operation).toEqual({ op: 'fork', process: 1, child: 31 });
    await page.ask({ type: 'act', at, operation: operation!, keep: 'rest' });
    expect(await fork()).toMatchObject({ child: 32 });
  });
});

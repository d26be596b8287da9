import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { PAGE } from '../../../src/engine/frames.ts';
import { type Machine, stateHash } from '../../../src/engine/machine.ts';
import { parseKpageflags } from '../../../src/import/kpageflags.ts';
import { finish, openRecording, recordingScenario } from '../../../src/import/recording/open-recording.ts';
import { findSnapshotRow } from '../../../src/import/recording/report.ts';
import { runWhatIf } from '../../../src/import/recording/run-what-if.ts';
import { createWhatIf } from '../../../src/import/recording/what-if.ts';
import { parseBuddyinfo } from '../../../src/kernel-text/buddyinfo.ts';
import { EventType } from '../../../src/kernel-text/event-table.ts';
import { parseFtrace, printFtrace } from '../../../src/kernel-text/ftrace.ts';
import { parseZoneinfo } from '../../../src/kernel-text/zoneinfo.ts';
import { type Spec, tableOf } from '../../kernel-text/random-table.ts';
import { hasReal, ownBytes, realBytes, realText } from '../real-folder.ts';

const bytesOf = (specs: readonly Spec[]) => new TextEncoder().encode(printFtrace(tableOf(specs)));

const SMALL: Spec[] = [
  { type: EventType.marker, text: 'phase one' },
  { type: EventType.alloc, pfn: 8, order: 0, text: 'GFP_KERNEL' },
  { type: EventType.alloc, pfn: 16, order: 3, text: 'GFP_KERNEL' },
  { type: EventType.marker, text: 'phase two' },
  { type: EventType.free, pfn: 16, order: 3 },
];

describe('opening', () => {
  it('gives a scenario whose counts add up, packed or plain', () => {
    const plain = finish(openRecording(bytesOf(SMALL), 'small.txt'));
    expect(plain.facts).toMatchObject({
      name: 'small.txt',
      read: 5,
      used: 3,
      skipped: [{ reason: 'marker', count: 2 }],
    });
    expect(plain.facts.byType).toContainEqual({ type: 'mm_page_alloc', count: 2 });
    expect(plain.facts.conflicts).toContainEqual({ kind: 'freesOfUnknown', count: 0 });
    expect(plain.operations.length).toBe(3);
    // The second allocation is of the largest order.
    expect(plain.openAt).toBe(2);
    expect(plain.notes).toEqual([
      { step: 0, text: 'phase one' },
      { step: 2, text: 'phase two' },
    ]);
    const packed = finish(openRecording(gzipSync(bytesOf(SMALL)), 'small.txt'));
    expect(packed).toEqual(plain);
  });

  it('opens at the first request that failed, if one did', () => {
    const failed: Spec = { type: EventType.allocFailed, order: 9, text: 'GFP_TRANSHUGE' };
    const specs = [SMALL[1]!, failed, SMALL[2]!, SMALL[4]!];
    expect(finish(openRecording(bytesOf(specs), 'failed.txt')).openAt).toBe(2);
  });

  it('reports how far it is, and can be left', () => {
    const steps = openRecording(bytesOf(SMALL), 'small.txt');
    const first = steps.next();
    expect(first).toMatchObject({ done: false, value: { label: 'reading' } });
    const labels = [...openRecording(bytesOf(SMALL), 'small.txt')].map(({ label, done, total }) => {
      expect(done).toBeLessThanOrEqual(total);
      return label;
    });
    expect(labels.at(-1)).toBe('converting');
  });

  it('refuses what holds no recording in one line', () => {
    const open = (text: string) => () => finish(openRecording(new TextEncoder().encode(text), 'notes.txt'));
    expect(open('dear diary\n')).toThrow(
      new RangeError(
        'notes.txt: expected ftrace text with mm_page_alloc and mm_page_free events, met none in 1 line; 1 skipped as malformed context, the first in line 1',
      ),
    );
    expect(open('PERFILE2')).toThrow(/^notes\.txt: a binary perf file/);
  });

  it('opens what a cut file still has, and says so', () => {
    const cut = ownBytes('public/traces/G-smp.txt.gz').subarray(0, 40_000);
    expect(finish(openRecording(cut, 'cut.gz')).warnings).toEqual([
      expect.stringMatching(/^cut\.gz: gzip .* after \d+ bytes of text/),
    ]);
  });
});

describe('running', () => {
  it('compares with the kernel where its text was read', () => {
    const scenario = finish(openRecording(bytesOf(SMALL), 'small.txt', { policy: 'buddy-2.6' }));
    const free = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const zones = [{ node: 0, zone: 'Normal', freeByOrder: free }];
    const at = (row: number) => runWhatIf(scenario, { after: { zones, row } }).report.buddyinfo!;
    expect(at(0).difference).toBe(0);
    expect(at(3).difference).toBeGreaterThan(0);
    expect(at(-1).ours[0]!.freeByOrder.length).toBe(11);
  });

  it('the same bytes give the same state', () => {
    const hash = () => stateHash(runWhatIf(finish(openRecording(bytesOf(SMALL), 'a'))).machine);
    expect(hash()).toBe(hash());
  });
});

/** What a block may be asked as, and how a free may name it. */
const step = fc.record({
  pfn: fc.nat({ max: 1023 }),
  order: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 4 }) }),
  type: fc.constantFrom(EventType.alloc, EventType.alloc, EventType.free),
  text: fc.constantFrom(
    'GFP_KERNEL',
    'GFP_ATOMIC',
    'GFP_KERNEL|__GFP_RECLAIMABLE',
    'GFP_HIGHUSER_MOVABLE|__GFP_ZERO',
    'GFP_HIGHUSER_MOVABLE',
    'GFP_HIGHUSER_MOVABLE|__GFP_WRITE',
  ),
  cpu: fc.nat({ max: 2 }),
});

/** Live pages by a map from page to block alone: a block lives while any of its pages does. */
function naiveHeld(specs: readonly Spec[]): number {
  const owner = new Map<number, { pages: number; held: number }>();
  const seen = new Set<number>();
  const before: number[] = [];
  const pagesOf = ({ pfn, order }: Spec) => Array.from({ length: 1 << order! }, (_, i) => pfn! + i);
  for (const spec of specs)
    for (const p of pagesOf(spec)) {
      if (!seen.has(p) && spec.type === EventType.free) before.push(p);
      seen.add(p);
    }
  // each page from before is freed by its page's first event, so whatever block it was in is gone at the end
  for (const p of before) owner.set(p, { pages: 1, held: 1 });
  for (const spec of specs) {
    if (spec.type === EventType.alloc) {
      for (const p of pagesOf(spec)) {
        const old = owner.get(p);
        if (old !== undefined) for (const [q, block] of [...owner]) if (block === old) owner.delete(q);
      }
      const block = { pages: 1 << spec.order!, held: 1 << spec.order! };
      for (const p of pagesOf(spec)) owner.set(p, block);
    } else for (const p of pagesOf(spec)) owner.delete(p);
  }
  return [...new Set(owner.values())].reduce((n, block) => n + block.pages, 0);
}

/** Pages the workload holds in the machine, page tables, stacks and slab descriptors apart. */
function heldBy(m: Machine): number {
  const user: ReadonlySet<number> = new Set([PAGE.anon, PAGE.file, PAGE.objSlab]);
  const pages = m.kind.reduce((n, kind) => n + (user.has(kind) ? 1 : 0), 0);
  return m.allocPfn.reduce((n, pfn, id) => n + (pfn === 0 ? 0 : 1 << m.allocOrder[id]!), pages);
}

describe.each(['order0-slab', 'buddy-2.6'] as const)('random recordings under %s', (policy) => {
  it('hold at their end what a map of pages says, and every invariant', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 120 }),
        fc.constantFrom('discardable', 'pinned'),
        (raw, reclaimablePages) => {
          const specs = raw.map((s) => ({ ...s, pfn: s.pfn - (s.pfn % (1 << s.order)) }));
          // far memory, so that nothing is ever short
          specs.push({ ...specs[0]!, type: EventType.alloc, pfn: 8_000, order: 0, text: 'GFP_KERNEL' });
          const text = parseFtrace(printFtrace(tableOf(specs)));
          const whatIf = createWhatIf(text.table, { policy, reclaimablePages });
          const scenario = recordingScenario(text, whatIf, 'random');
          const { machine, report } = runWhatIf(scenario, { checkEvery: 16 });
          expect(report.invariants).toBe('ok');
          expect(whatIf.used).toBe(specs.length);
          expect(heldBy(machine)).toBe(naiveHeld(specs));
        },
      ),
      { numRuns: 25, seed: 2003 },
    );
  });
});

it.each(['order0-slab', 'buddy-2.6'] as const)(
  'the recording that ships runs under %s',
  (policy) => {
    const scenario = finish(openRecording(ownBytes('public/traces/G-smp.txt.gz'), 'G-smp', { policy }));
    expect(scenario.facts).toMatchObject({ read: 95460, used: 95423 });
    const { machine, report } = runWhatIf(scenario, { checkEvery: 20_000 });
    expect(report.invariants).toBe('ok');
    expect(heldBy(machine)).toBe(scenario.whatIf.heldPages);
  },
  30_000,
);

const RECORDINGS = ['A-files', 'C-slab', 'D-pressure', 'E-boot', 'G-smp'];

describe.skipIf(!hasReal).each(RECORDINGS)('recording %s', { timeout: 60_000 }, (name) => {
  it.each(['order0-slab', 'buddy-2.6'] as const)('runs under %s', (policy) => {
    const bytes = realBytes(name, 'trace.txt.gz');
    const bare = finish(openRecording(bytes, name, { policy }));
    expect(bare.conflicts.overlappingAllocs).toBe(0);
    expect(bare.events.read).toBe(
      bare.events.used + Object.values(bare.events.skipped).reduce((a, b) => a + b, 0),
    );
    const { report } = runWhatIf(bare, { checkEvery: 20_000 });
    expect(report.invariants).toBe('ok');
  });

  it('starts with the pages its snapshot shows in use', () => {
    const scenario = finish(
      openRecording(realBytes(name, 'trace.txt.gz'), name, {
        before: {
          name: 'before',
          zones: parseZoneinfo(realText(name, 'before', 'zoneinfo')).zones,
          flags: parseKpageflags(realBytes(name, 'before', 'kpageflags.rle')),
        },
      }),
    );
    const { whatIf, text } = scenario;
    expect(whatIf.initial.resident).toBeGreaterThan(5000);
    expect(whatIf.conflicts).toMatchObject({ overlappingAllocs: 0, allocsOfHoles: 0 });
    const after = {
      zones: parseBuddyinfo(realText(name, 'after', 'buddyinfo')).zones,
      row: findSnapshotRow(text, 'after'),
    };
    const { report } = runWhatIf(scenario, { checkEvery: 20_000, after });
    expect(report.invariants).toBe('ok');
    expect(report.buddyinfo).toMatchObject({ byZone: true });
  });
});

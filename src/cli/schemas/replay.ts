/** The shapes of `order0 replay --json`, checked against their types by the compiler. */
import * as v from 'valibot';
import type { RunResult } from '../../analysis/result.ts';
import type { RecordingReport } from '../../import/recording/report.ts';
import type { WhatIfReport } from '../../import/recording/run-what-if.ts';
import { countOf, list, text } from './parts.ts';
import { resultSchema } from './result.ts';

const counts = (what: string) => v.pipe(v.record(v.string(), countOf('Count.')), v.description(what));

const events = v.strictObject({
  read: countOf('Lines that are events or broken events: used and all that were skipped.'),
  used: countOf('Events followed.'),
  skipped: counts('Events left out, by reason.'),
  byType: counts('Events of the page allocator by name.'),
});

const zone = v.strictObject({
  node: countOf('Node.'),
  zone: text('Name of the zone.'),
  freeByOrder: list(countOf('Blocks.'), 'Free blocks of 2^index pages.'),
});

const buddyinfo = v.pipe(
  v.nullable(
    v.strictObject({
      ours: list(zone, 'Free blocks of the replay.'),
      kernel: list(zone, "Free blocks the kernel's buddyinfo tells."),
      difference: countOf('Sum over zones and orders of absolute differences, in blocks.'),
      byZone: v.pipe(
        v.boolean(),
        v.description('False where zones could not be matched by name, and sums over all were compared.'),
      ),
      row: v.pipe(
        v.number(),
        v.integer(),
        v.description('Event before which the two were compared; -1: after the last.'),
      ),
    }),
  ),
  v.description('The comparison that --after asks for; null without it.'),
);

const shared = {
  overlappingAllocs: countOf('Allocations over a page that is still live: its free was lost.'),
  freesOfUnknown: countOf('Frees of a page that no allocation of the recording handed out: the next two.'),
  freesFromBefore: countOf('Those of a page in use since before the recording.'),
  freesOfFreePages: countOf('Those of a page that counted as free: a hidden allocation.'),
  failedAllocs: countOf('Recorded requests that failed.'),
  allocsOfHoles: countOf('Allocations of a page that is reserved or absent.'),
};

const warnings = list(v.string(), 'What the recording lacks, a line each.');

const asRecordedSchema = v.strictObject({
  mode: v.literal('as-recorded'),
  events,
  conflicts: v.strictObject({
    ...shared,
    refillsOffLists: countOf('Refills with a page that did not count as on the buddy lists.'),
    drainsOfLive: countOf('Drains of a page that counted as live: its free was lost.'),
  }),
  exactLists: v.pipe(
    v.boolean(),
    v.description('Whether refill and drain events told buddy lists and per-CPU lists apart.'),
  ),
  machinePages: countOf('Page frames of the machine.'),
  pages: v.strictObject({
    unknown: countOf('Pages used since before the recording, or not known.'),
    hole: countOf('Page frames without memory, or reserved.'),
    buddy: countOf('Pages on the buddy lists.'),
    perCpu: countOf('Pages on per-CPU lists.'),
    live: countOf('Pages handed out by the recording and not freed.'),
  }),
  freeByOrder: list(zone, 'Free blocks at the end of the recording.'),
  buddyinfo,
  warnings,
}) satisfies v.GenericSchema<unknown, RecordingReport & { mode: 'as-recorded' }>;

const whatIfSchema = v.strictObject({
  ...resultSchema.entries,
  mode: v.literal('what-if'),
  events,
  conflicts: v.strictObject({
    ...shared,
    partialFrees: countOf('Frees of a part of a block.'),
    splitFrees: countOf('Blocks that came back in parts; each is freed with its last page.'),
  }),
  initialBlocks: countOf('Blocks allocated before the first event.'),
  firstOperation: countOf('The first operation of the recording itself.'),
  buddyinfo,
  assumptions: list(v.string(), 'What the recording does not tell and was assumed, a line each.'),
  warnings,
  invariants: text('"ok", or the first broken invariant.'),
}) satisfies v.GenericSchema<unknown, RunResult & WhatIfReport>;

export const replaySchema = v.pipe(
  v.union([asRecordedSchema, whatIfSchema]),
  v.description('With --as-recorded the first shape; without it the second, figures of a run included.'),
);

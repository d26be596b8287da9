/** The shapes of `order0 compare --json` and of one shard of it, checked against their types by the compiler. */
import * as v from 'valibot';
import { POLICY_IDS } from '../../engine/config.ts';
import type { CompareDocument } from '../../experiment/document.ts';
import type { ShardDocument } from '../../experiment/shards.ts';
import { countOf, list, text } from './parts.ts';

const hash = (what: string) => v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/), v.description(what));
const policy = v.pipe(v.picklist(POLICY_IDS), v.description('Id of the policy.'));
const numberOrNull = (what: string) => v.pipe(v.nullable(v.number()), v.description(what));

const facts = {
  title: text('Title of the scenario.'),
  preset: v.pipe(
    v.nullable(v.string()),
    v.description("Id of the preset; null for a scenario of one's own."),
  ),
  scenarioHash: hash('Tells the text and edits of one scenario from those of another.'),
  engineVersion: text('Version of the engine: same version, same figures.'),
  sets: list(v.string(), 'Fields set in every run, KEY=VALUE.'),
  sweeps: list(
    v.strictObject({
      path: text('The field that is swept.'),
      values: list(v.string(), 'Its values, as they would be written in the scenario.'),
    }),
    'Swept fields; every combination of their values is run.',
  ),
  seeds: list(countOf('Seed.'), 'Seeds, in the order of every `values`.'),
};

const arm = {
  policy,
  parameters: v.pipe(
    v.record(v.string(), v.union([v.string(), v.number()])),
    v.description('Value of each swept field by its path; empty where nothing is swept.'),
  ),
};

const estimate = {
  n: countOf('Values that count.'),
  mean: numberOrNull('Their mean; null without any.'),
  ci95: numberOrNull(
    "Half the width of the 95 % interval around the mean, by Student's t; null with fewer than two values.",
  ),
};

const NAMES =
  'By name of the figure. Those of pages, highOrder, reclaim, perCpu and faults in `order0 schema result` keep their own names (pagesWritten, served); others have their group before it (daemonWakes, searchSlabBlocks); lists by order have the order behind it (freeByOrder[5]). latencyRequests, latencyMedianNs and latencyP99Ns have [0] for order 0, [1] for orders 1 to 3, [2] above. stranded: pages taken singly from buddy, all caches. Made of others: servedShare = served / requested; blocksMade = blocks of all searches; ioPages = pagesWritten + pagesSwapped; ioPerBlock, evictedPerBlock, movedPerBlock = for each block made; evictedPerServed, writtenPerServed, movedPerServed = for each request above order 0 that was served. obtainableShare[k]: share of the aligned blocks of order k that hold no page which stays whatever the policy does, at the end; requests that were served hold theirs.';

export const compareSchema = v.strictObject({
  ...facts,
  policies: list(
    v.strictObject({
      ...arm,
      stateHashes: list(hash('State hash.'), "The last state of each seed's run, as order0 run gives it."),
      metrics: v.pipe(
        v.record(
          v.string(),
          v.strictObject({
            ...estimate,
            values: list(
              v.nullable(v.number()),
              'One for each seed; null where the run has no such figure. A fragmentation index of -1000 is no index and counts for no mean.',
            ),
          }),
        ),
        v.description(NAMES),
      ),
    }),
    'An entry for each policy, and under a sweep for each policy and combination of values.',
  ),
  differences: list(
    v.strictObject({
      of: v.strictObject(arm),
      against: v.strictObject(arm),
      metrics: v.pipe(
        v.record(v.string(), v.strictObject(estimate)),
        v.description('By name of the figure.'),
      ),
    }),
    'Figures of one entry less those of another, paired by seed: every two policies at the same values, and each value of a swept field against its first.',
  ),
  published: v.exactOptional(
    list(
      v.strictObject({
        figure: text('Name of the figure.'),
        ...arm,
        value: v.pipe(v.number(), v.description('What the original gave; shares are of 1.')),
        what: text("The original's own words for it."),
        source: text('Who measured it, when, and on what.'),
      }),
      'Figures that others published, only where the experiment is one that asks for them again. They stand beside the entries with the same policy and, of what is swept, the same values.',
    ),
  ),
}) satisfies v.GenericSchema<unknown, CompareDocument>;

export const shardSchema = v.strictObject({
  shard: v.strictObject({ index: countOf('Which shard, from 1.'), of: countOf('Number of shards.') }),
  json: v.pipe(v.boolean(), v.description('Whether order0 merge is to print JSON.')),
  experiment: v.strictObject({ ...facts, policies: list(policy, 'Policies compared.') }),
  cells: list(
    v.strictObject({
      cell: countOf('Place of the run among all: policies, then swept values, then seeds.'),
      stateHash: hash('State hash at the end.'),
      figures: v.pipe(v.record(v.string(), v.nullable(v.number())), v.description(NAMES)),
    }),
    'The runs of this shard.',
  ),
}) satisfies v.GenericSchema<unknown, ShardDocument>;

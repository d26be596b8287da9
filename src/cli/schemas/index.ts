/** The published JSON Schemas (draft 2020-12) by name. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { scenarioJsonSchema } from '../../scenario/json-schema.ts';
import { compareSchema, shardSchema } from './compare.ts';
import { inspectSchema } from './inspect.ts';
import { experimentsSchema, presetsSchema } from './lists.ts';
import { replaySchema } from './replay.ts';
import { resultSchema } from './result.ts';
import { whySchema } from './why.ts';

function published(title: string, schema: GenericSchema): Record<string, unknown> {
  const body = toJsonSchema(schema, { target: 'draft-2020-12' });
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...body };
}

/** Makes the schema of a name. */
export const SCHEMAS = {
  scenario: scenarioJsonSchema,
  result: () => published('order0 run', resultSchema),
  why: () => published('order0 why', whySchema),
  compare: () => published('order0 compare', compareSchema),
  shard: () => published('order0 compare --shard', shardSchema),
  inspect: () => published('order0 inspect', inspectSchema),
  replay: () => published('order0 replay', replaySchema),
  presets: () => published('order0 presets', presetsSchema),
  experiments: () => published('order0 experiments', experimentsSchema),
} as const satisfies Record<string, () => Record<string, unknown>>;

/** The published form of the scenario schema; apart from it, so that a page that only checks files does not load the converter. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { scenarioSchema } from './schema.ts';

/** The JSON Schema (draft 2020-12) of the scenario file, every property with a description. Rules across fields are not in it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = toJsonSchema(scenarioSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'order0 scenario', ...schema };
}

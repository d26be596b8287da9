/**
 * The scenario file as one schema: it checks every file, drives the editor's completion and hover help, and is
 * published as JSON Schema (json-schema.ts).
 */
import * as v from 'valibot';
import { workloadSchema } from './actor-schema.ts';
import { int, position, text } from './fields.ts';
import { machineSchema } from './machine-schema.ts';
import { policySchema } from './policy-schema.ts';
import { stepSchema } from './step-schema.ts';

const note = v.strictObject(
  {
    step: position('Where the note is pinned.'),
    text: text(400, 'What it says.'),
  },
  'a note: a map with step and text',
);

const question = v.strictObject(
  {
    step: position('Where the question is asked, before the future is shown.'),
    text: text(400, 'The question.'),
    choices: v.exactOptional(
      v.pipe(
        v.array(text(200, 'One answer to choose.'), 'a list of answers'),
        v.minLength(2, 'at least two answers'),
        v.maxLength(8, 'at most 8 answers'),
        v.description('Answers to choose from.'),
      ),
    ),
    answer: v.exactOptional(int(0, 7, 'Which choice is right, from 0.')),
    reason: v.exactOptional(text(800, 'Why it is right, shown afterwards.')),
  },
  'a question: a map with step and text',
);

const openAt = v.pipe(
  v.union(
    [
      position(''),
      v.strictObject(
        {
          step: position('Step to open at.'),
          event: v.optional(int(0, 1_000_000, 'Events into the next step. Default 0.'), 0),
        },
        'a step, or a map with step and event',
      ),
    ],
    "a step number, 'workload', 'workload+N', 'end', or a map with step and event",
  ),
  v.description('Where the page opens the scenario. Default 0, just after boot.'),
);

export const scenarioSchema = v.strictObject(
  {
    order0: v.pipe(
      v.literal(1, '1, the version of the scenario format'),
      v.description('Version of the scenario format.'),
    ),
    title: text(120, 'Name of the scenario.'),
    summary: v.exactOptional(text(600, 'Two sentences: what is set up, and what there is to see.')),
    machine: v.pipe(machineSchema, v.description('The simulated machine.')),
    policy: v.optional(v.pipe(policySchema, v.description('The allocator, and its parameters.')), {}),
    seed: v.optional(
      int(
        0,
        Number.MAX_SAFE_INTEGER,
        'Seed of everything random. Same scenario and seed: same bytes. Default 1.',
      ),
      1,
    ),
    workload: v.exactOptional(
      v.pipe(workloadSchema, v.description('Operations made by actors, before `steps`.')),
    ),
    steps: v.optional(
      v.pipe(
        v.array(stepSchema, 'a list of operations'),
        v.maxLength(100_000, 'at most 100,000 operations'),
        v.description('Operations written out, after the workload.'),
      ),
      [],
    ),
    openAt: v.exactOptional(openAt),
    notes: v.optional(
      v.pipe(
        v.array(note, 'a list of notes'),
        v.maxLength(1000, 'at most 1,000 notes'),
        v.description('Texts pinned to steps.'),
      ),
      [],
    ),
    questions: v.optional(
      v.pipe(
        v.array(question, 'a list of questions'),
        v.maxLength(1000, 'at most 1,000 questions'),
        v.description('Questions pinned to steps.'),
      ),
      [],
    ),
  },
  'a map with order0, title and machine',
);

/** A scenario as written, checked; what depends on other fields is still open until it is resolved. */
export type Scenario = v.InferOutput<typeof scenarioSchema>;
/** A position as written. */
export type PositionText = Scenario['notes'][number]['step'];

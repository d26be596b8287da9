import { type Command, EXIT } from '../io.ts';

/** Commands that are promised but not there yet: they say so and end as wrong usage does. */
export const unbuilt: readonly Command[] = [
  ['exercises', '[--solutions] [--json]', 'Lists the exercises.'],
  ['grade', 'EXERCISE ANSWER... [--csv | --json]', 'Marks answers.'],
].map(([name, usage, summary]) => ({
  name: name!,
  usage: usage!,
  summary: `${summary!} Not built yet.`,
  run(_args, io) {
    io.err(`order0 ${name!}: not built yet`);
    return EXIT.usage;
  },
}));

/** All commands, in the order `order0 help` lists them. */
import type { Command } from '../io.ts';
import { compare } from './compare.ts';
import { experiments } from './experiments.ts';
import { helpOf } from './help.ts';
import { inspect } from './inspect.ts';
import { merge } from './merge.ts';
import { presets } from './presets.ts';
import { proc } from './proc.ts';
import { replay } from './replay.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { share, unshare } from './share.ts';
import { trace } from './trace.ts';
import { unbuilt } from './unbuilt.ts';
import { why } from './why.ts';

const built: readonly Command[] = [
  presets,
  run,
  why,
  proc,
  trace,
  replay,
  inspect,
  compare,
  merge,
  experiments,
  share,
  unshare,
  schema,
  ...unbuilt,
];

export const commands: readonly Command[] = [helpOf(built), ...built];

/**
 * `npm run bench:presets`: processor time of running each preset under each policy on a large machine, and the hash
 * of its last state, by which two versions can be seen to do the same.
 *
 *     npm run bench:presets -- [--pages 1048576] [--preset ID]... [--policy ID]... [--limit SECONDS]
 */
import { parseArgs } from 'node:util';
import { readPresetFiles } from '../src/cli/preset-files.ts';
import { applyOperation } from '../src/engine/apply.ts';
import { bootMachine } from '../src/engine/boot.ts';
import type { PolicyId } from '../src/engine/config.ts';
import { stateHash } from '../src/engine/machine.ts';
import { AVAILABLE_POLICIES } from '../src/engine/policy/table.ts';
import { type Prepared, prepare } from '../src/worker/sources.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1048576' },
    preset: { type: 'string', multiple: true },
    policy: { type: 'string', multiple: true },
    limit: { type: 'string', default: '300' },
  },
});

/** Seconds of processor time, all threads. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Operations between two looks at the clock. */
const CLOCK_EVERY = 4096;

function run({ config, operations }: Prepared, limit: number): string {
  const started = processor();
  const m = bootMachine(config);
  let step = 0;
  for (; step < operations.length; step++) {
    if (step % CLOCK_EVERY === 0 && processor() - started > limit) break;
    applyOperation(m, operations, step);
  }
  const seconds = (processor() - started).toFixed(2).padStart(8);
  const reached = step < operations.length ? `stopped at ${step}` : stateHash(m);
  return `${seconds} s  ${String(operations.length).padStart(9)} operations  ${reached}`;
}

const files = readPresetFiles();
for (const id of values.preset ?? files.map((file) => file.id)) {
  for (const policy of values.policy ?? AVAILABLE_POLICIES) {
    const override = { policy: policy as PolicyId, sets: [`machine.pages=${values.pages}`] };
    let told: string;
    try {
      told = run(prepare({ kind: 'preset', id }, override, files), Number(values.limit));
    } catch (error) {
      told = error instanceof Error ? error.message : String(error);
    }
    console.log(`${id.padEnd(24)} ${policy.padEnd(20)} ${told}`);
  }
}

/** The job arrays of docs/experiments.md, run as they are written there: every index, then the merge. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { call } from '../cli/call.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(new URL('../../docs/experiments.md', import.meta.url), 'utf8');

/** The text of the page's one block of that language. */
function block(language: string): string {
  const found = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))];
  expect(found).toHaveLength(1);
  return found[0]![1]!;
}

let results = '';
beforeAll(() => {
  results = mkdtempSync(join(tmpdir(), 'order0-'));
});
afterAll(() => rmSync(results, { recursive: true }));

async function bash(script: string, env: Readonly<Record<string, string>>): Promise<void> {
  await promisify(execFile)('bash', ['-c', script], {
    cwd: root,
    env: { ...process.env, RESULTS: results, ...env },
  });
}

interface Job {
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: { readonly spec: { readonly containers: readonly { readonly command: string[] }[] } };
  };
}

describe('job arrays', { timeout: 300_000 }, () => {
  it('of Slurm and of Kubernetes merge to the bytes of the unsharded call', async () => {
    const script = block('sbatch');
    const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(script)!.map(Number) as [
      number,
      number,
      number,
    ];
    for (let id = first; id <= last; id++) {
      await bash(script, { SLURM_ARRAY_TASK_ID: `${id}`, SLURM_ARRAY_TASK_COUNT: `${last - first + 1}` });
    }
    const { spec } = parse(block('yaml')) as Job;
    expect(spec.completionMode).toBe('Indexed');
    const [program, flag, command] = spec.template.spec.containers[0]!.command;
    expect([program, flag]).toEqual(['bash', '-c']);
    for (let index = 0; index < spec.completions; index++) {
      await bash(command!, { JOB_COMPLETION_INDEX: `${index}` });
    }
    await bash(block('merge'), {});

    const asked = /order0 -- (compare .*?)\s*(?:\\\n|\n)? *--shard/s;
    const [slurm, job] = [script, command!].map((text) => asked.exec(text)![1]!);
    expect(job).toBe(slurm);
    const whole = await call(...slurm!.split(/\s+/), '--jobs', '1', '--json');
    expect(whole.code).toBe(0);
    for (const name of ['from-slurm.json', 'from-job.json']) {
      expect(readFileSync(join(results, name), 'utf8') === whole.out, name).toBe(true);
    }
  });
});

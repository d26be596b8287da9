/** Runs a call of the command line in this process. */
import { order0 } from '../../src/cli/dispatch.ts';

/** What a call printed, and its exit code. */
export async function call(...args: string[]): Promise<{ code: number; out: string; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await order0(args, { out: (text) => out.push(text), err: (line) => err.push(line) });
  return { code, out: out.join(''), err };
}

/** The one JSON document of a `--json` call. */
export async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out } = await call(...args, '--json');
  if (code !== 0) throw new Error(`exit ${code}`);
  return JSON.parse(out) as Record<string, unknown>;
}

import { spawn } from 'node:child_process';

/** One command to run: program, arguments, and what to add to the environment. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command with its output going straight to ours; resolves to its exit code (1 where it could not start or a signal ended it). */
export function run({ program, args, env }: Command): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      // npm's shims are .cmd files on Windows, which only a shell starts.
      shell: process.platform === 'win32',
    });
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A tool of node_modules, found through npx without ever downloading one. */
export function tool(name: string, ...args: readonly string[]): Command {
  return { program: 'npx', args: ['--no-install', name, ...args] };
}

/** True where the process may do everything (Linux and macOS uid 0); browsers refuse their sandbox there. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

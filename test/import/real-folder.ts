/** Recordings of real kernels lie beside the repository, where they are there at all. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where it is looked for. */
export const realFolder = process.env['ORDER0_REAL'] ?? resolve(root, '../shared/real');

/** Whether the folder is there; tests over it count as skipped where it is not. */
export const hasReal = existsSync(join(realFolder, 'traces'));

export function realBytes(...path: string[]): Uint8Array {
  return readFileSync(join(realFolder, 'traces', ...path));
}

export function realText(...path: string[]): string {
  return readFileSync(join(realFolder, 'traces', ...path), 'utf8');
}

/** A file of the repository. */
export function ownBytes(path: string): Uint8Array {
  return readFileSync(join(root, path));
}

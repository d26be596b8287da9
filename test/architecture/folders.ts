import type { Floor } from './floors.ts';

/** The rows of the table of folders in src/README.md: folder to what it may import, as written. */
export function readFolderTable(readme: string): Map<string, string> {
  const rows = readme.matchAll(/^\| `([^`]+)\/` \|[^|]+\| ([^|]+) \|$/gm);
  return new Map([...rows].map(([, folder, may]) => [folder!, may!.trim()]));
}

/** A floor's arrows as the table says them: `engine, base`, `base; types of render`, `nothing`. */
export function sayFloor({ may, types = [] }: Floor): string {
  const parts = [may.length === 0 ? 'nothing' : may.join(', ')];
  if (types.length > 0) parts.push(`types of ${types.join(', ')}`);
  return parts.join('; ');
}

/** Files that no `include` of the projects reaches: the compiler never sees them. */
export function findUnchecked(paths: readonly string[], includes: readonly string[]): string[] {
  return paths.filter((path) => !includes.some((one) => path === one || path.startsWith(`${one}/`)));
}

import { posix } from 'node:path';
import type { Floor } from './floors.ts';
import type { Import, Source } from './source.ts';

/** An import from one file of src to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What the imports of a set of files are, and what is wrong with them. */
export interface Arrows {
  readonly edges: readonly Edge[];
  /** One line each: file, line, what was found, what was expected. */
  readonly problems: readonly string[];
}

/** Files that wire the floors together or only declare globals: they stand on no floor. */
const ABOVE = 'src/main.tsx';
const isAmbient = (path: string) => /^src\/[^/]+\.d\.ts$/.test(path);

/** The folder of src that a file is in, or undefined for a file right under src. */
export function floorOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** Checks every import of every file against the table. `exists` tells of files that are no source (styles, pictures). */
export function checkArrows(
  sources: readonly Source[],
  floors: Readonly<Record<string, Floor>>,
  exists: (path: string) => boolean,
): Arrows {
  const paths = new Set(sources.map(({ path }) => path));
  const edges: Edge[] = [];
  const problems: string[] = [];
  for (const { path, imports } of sources) {
    const floor = floorOf(path);
    const rules = floor === undefined ? undefined : floors[floor];
    if (floor === undefined ? path !== ABOVE && !isAmbient(path) : rules === undefined) {
      problems.push(`${path}: stands on no floor, expected a folder of floors.ts`);
    }
    for (const one of imports) {
      const found = (problem: string) => problems.push(`${path}:${one.line}: ${problem}`);
      if (one.specifier === '(computed)') {
        found('imports a computed name, expected a literal one');
      } else if (!/^\.{1,2}\//.test(one.specifier)) {
        const objection = packageObjection(floor, rules, one.specifier);
        if (objection !== undefined) found(objection);
      } else {
        const to = posix.join(posix.dirname(path), one.specifier);
        if (paths.has(to)) edges.push({ from: path, to, typeOnly: one.typeOnly, line: one.line });
        const objection = fileObjection(path, rules, one, to, paths, exists);
        if (objection !== undefined) found(objection);
      }
    }
  }
  return { edges, problems };
}

function packageObjection(
  floor: string | undefined,
  rules: Floor | undefined,
  name: string,
): string | undefined {
  if (name.startsWith('/')) return `imports ${name}, expected a relative path or a package`;
  if (name.startsWith('node:') && floor !== 'cli') return `imports ${name}, which only cli may`;
  if (rules?.packages === false) return `imports the package ${name}, and ${floor} may import none`;
  return undefined;
}

function fileObjection(
  from: string,
  rules: Floor | undefined,
  { specifier, typeOnly }: Import,
  to: string,
  paths: ReadonlySet<string>,
  exists: (path: string) => boolean,
): string | undefined {
  if (!paths.has(to)) {
    if (/\.[cm]?[jt]sx?$/.test(to)) return `imports ${specifier}, expected a source file of src`;
    if (specifier.includes('*') || exists(to)) return undefined;
    return `imports ${specifier}, expected a file there (source files with their extension)`;
  }
  const floor = floorOf(to);
  if (floor === undefined) return from === to ? 'imports itself' : `imports ${to}, which nothing may`;
  if (from === ABOVE || floor === floorOf(from)) return undefined;
  const covers = (allowed: string) => allowed === floor || to.replace(/\.tsx?$/, '') === `src/${allowed}`;
  if (rules?.may.some(covers)) return undefined;
  if (rules?.types?.some(covers)) {
    return typeOnly ? undefined : `imports values from ${to}, expected "import type"`;
  }
  return `imports ${to}, and ${floorOf(from) ?? from} may not import ${floor}`;
}

/** Groups of files that import each other in a ring, types included; each group sorted, one per ring or knot of rings. */
export function findCycles(edges: readonly Edge[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const reach = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const to of targets.get(at) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    return seen;
  };
  const reached = new Map([...targets.keys()].map((file) => [file, reach(file)]));
  const groups = new Map<string, string[]>();
  for (const [file, seen] of reached) {
    if (!seen.has(file)) continue;
    const ring = [...seen].filter((other) => reached.get(other)?.has(file)).sort();
    groups.set(ring.join(), ring);
  }
  return [...groups.values()];
}

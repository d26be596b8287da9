import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkArrows, findCycles } from './arrows.ts';
import { floors } from './floors.ts';
import { listSources, parseSource, readSources } from './source.ts';

const sources = readSources('src');

describe('the imports of src', () => {
  it('are read from every .ts and .tsx file', () => {
    const seen = sources.filter(({ program }) => program.type === 'Program').map(({ path }) => path);
    expect(seen).toContain('src/main.tsx');
    expect(seen).toEqual(listSources('src'));
  });

  it('point downwards only', () => {
    expect(checkArrows(sources, floors, existsSync).problems).toEqual([]);
  });

  it('form no ring of files', () => {
    expect(findCycles(checkArrows(sources, floors, existsSync).edges)).toEqual([]);
  });
});

/** The problems of a made-up src, given as path to text. */
function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const made = Object.entries(files).map(([path, text]) => parseSource(path, text));
  return checkArrows(made, floors, (path) => path.endsWith('.css')).problems;
}

describe('the check of the arrows', () => {
  const zone = { 'src/engine/zone.ts': 'export const zone = 1;' };

  it.each([
    ["import { app } from '../ui/app.tsx';", 'static'],
    ["import '../ui/app.tsx';", 'for effect'],
    ["import type { App } from '../ui/app.tsx';", 'of a type'],
    ["export * from '../ui/app.tsx';", 'exported on'],
    ["export { app } from '../ui/app.tsx';", 'named and exported on'],
    ["export const app = () => import('../ui/app.tsx');", 'dynamic'],
    ["export type App = import('../ui/app.tsx').App;", 'within a type'],
    ["export const w = new Worker(new URL('../ui/app.tsx', import.meta.url));", 'of a worker'],
    ["import W from '../ui/app.tsx?worker'; export { W };", 'with a query'],
  ])('finds an arrow upwards: %s (%s)', (text) => {
    const found = problemsOf({
      'src/engine/buddy.ts': `\n${text}`,
      'src/ui/app.tsx': 'export const app = 1;',
    });
    expect(found).toEqual(['src/engine/buddy.ts:2: imports src/ui/app.tsx, and engine may not import ui']);
  });

  it('allows what the table allows', () => {
    expect(
      problemsOf({
        ...zone,
        'src/base/bits.ts': 'export const bits = 1;',
        'src/engine/buddy.ts':
          "import { bits } from '../base/bits.ts'; import { zone } from './zone.ts'; void [bits, zone];",
        'src/ui/app.tsx':
          "import './app.css'; import type { zone } from '../engine/zone.ts'; export type Z = typeof zone;",
        'src/main.tsx': "import '../src/ui/app.tsx';",
      }),
    ).toEqual([]);
  });

  it('tells types from values where only types may pass', () => {
    const mixed =
      "import { type zone, zone as value } from '../engine/zone.ts'; void (value as typeof zone);";
    expect(problemsOf({ ...zone, 'src/ui/app.tsx': mixed })).toEqual([
      'src/ui/app.tsx:1: imports values from src/engine/zone.ts, expected "import type"',
    ]);
  });

  it('allows one file of a folder where the table names a file', () => {
    const worker = { 'src/worker/protocol.ts': '', 'src/worker/client.ts': '' };
    const text = "import '../worker/protocol.ts';\nimport '../worker/client.ts';";
    expect(problemsOf({ ...worker, 'src/ui/app.tsx': text })).toEqual([
      'src/ui/app.tsx:2: imports src/worker/client.ts, and ui may not import worker',
    ]);
  });

  it.each([
    ['src/engine/a.ts', "import 'react';", 'imports the package react, and engine may import none'],
    ['src/import/a.ts', "import 'node:fs';", 'imports node:fs, which only cli may'],
    [
      'src/ui/a.ts',
      'export const a = (p: string) => import(p);',
      'imports a computed name, expected a literal one',
    ],
    ['src/ui/a.ts', "import './gone.ts';", 'imports ./gone.ts, expected a source file of src'],
    ['src/ui/a.ts', "import '../../test/b.ts';", 'imports ../../test/b.ts, expected a source file of src'],
    [
      'src/ui/a.ts',
      "import './b';",
      'imports ./b, expected a file there (source files with their extension)',
    ],
    ['src/ui/a.ts', "import '../main.tsx';", 'imports src/main.tsx, which nothing may'],
    ['src/ui/a.ts', "import.meta.glob('./*.ts');", 'imports ./*.ts, expected a source file of src'],
  ])('finds in %s: %s', (path, text, problem) => {
    expect(problemsOf({ [path]: text, 'src/main.tsx': '' })).toEqual([`${path}:1: ${problem}`]);
  });

  it.each(['src/attic/a.ts', 'src/stray.ts'])('finds a file on no floor: %s', (path) => {
    expect(problemsOf({ [path]: '' })).toEqual([
      `${path}: stands on no floor, expected a folder of floors.ts`,
    ]);
  });
});

describe('the search for rings', () => {
  const edge = (from: string, to: string) => ({ from, to, typeOnly: false, line: 1 });

  it('finds a ring once and leaves out the files that lead to it', () => {
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('c', 'd')];
    expect(findCycles(edges)).toEqual([['b', 'c']]);
  });

  it('finds a file that imports itself, and nothing in a diamond', () => {
    expect(findCycles([edge('a', 'a')])).toEqual([['a']]);
    expect(findCycles([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')])).toEqual([]);
  });
});

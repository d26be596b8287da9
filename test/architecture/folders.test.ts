import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floors } from './floors.ts';
import { findUnchecked, readFolderTable, sayFloor } from './folders.ts';
import { listSources } from './source.ts';

const readme = readFileSync('src/README.md', 'utf8');

describe('the folders of src', () => {
  it('each have a row in src/README.md', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rows = readFolderTable(readme);
    expect(folders.map(({ name }) => name).filter((name) => !rows.has(name))).toEqual([]);
  });

  it('have the arrows there that the tests hold', () => {
    const held = Object.entries(floors).map(([folder, floor]) => [folder, sayFloor(floor)]);
    expect(Object.fromEntries(readFolderTable(readme))).toEqual(Object.fromEntries(held));
  });

  it('are all seen by the compiler', () => {
    const includes = ['app', 'engine', 'node'].flatMap((name) => {
      const project: { include: string[] } = JSON.parse(readFileSync(`tsconfig.${name}.json`, 'utf8'));
      return project.include;
    });
    expect(findUnchecked(listSources('src'), includes)).toEqual([]);
  });
});

describe('the checks of the folders', () => {
  it('read a row, and nothing from a row of another shape', () => {
    const text =
      '| `ui/` | panes | store; types of engine |\n| ui | panes | store |\n| `cli/` | commands |\n';
    expect([...readFolderTable(text)]).toEqual([['ui', 'store; types of engine']]);
  });

  it('find a file outside every project', () => {
    expect(
      findUnchecked(['src/ui/a.ts', 'src/uist/b.ts', 'src/main.tsx'], ['src/ui', 'src/main.tsx']),
    ).toEqual(['src/uist/b.ts']);
  });
});

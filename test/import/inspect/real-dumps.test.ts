/** Texts as people pasted them in public threads: each is told for what it is, and its whole rows are read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectText } from '../../../src/import/inspect/inspect.ts';
import { realFolder } from '../real-folder.ts';

const folder = join(realFolder, 'dumps');
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.txt')) : [];

/** What the start of a file's name says it is. */
const NAMED: Readonly<Record<string, string>> = {
  allocfail: 'allocation-failure',
  buddyinfo: 'buddyinfo',
  meminfo: 'mem-info',
  pagetypeinfo: 'pagetypeinfo',
  slabinfo: 'slabinfo',
  slabtop: 'slabtop',
  sysrq: 'sysrq-m',
  zoneinfo: 'zoneinfo',
};

describe.skipIf(files.length === 0)('pasted texts', () => {
  it('are all told for what they are', () => {
    for (const file of files) {
      const { kinds } = inspectText(readFileSync(join(folder, file), 'utf8'), file);
      const kind = NAMED[file.split('_')[0]!];
      if (kind === undefined) expect(kinds, file).not.toEqual([]);
      else expect(kinds, file).toContain(kind);
    }
  });

  it('have indices in range for every zone whose blocks are whole, and a warning for every other', () => {
    for (const file of files) {
      const { zones, warnings } = inspectText(readFileSync(join(folder, file), 'utf8'), file);
      for (const { zone, freeByOrder, unusableIndex } of zones) {
        if (freeByOrder.length === 0) continue;
        const about = warnings.some((warning) => warning.includes(zone));
        expect(unusableIndex.length === freeByOrder.length || about, `${file} ${zone}`).toBe(true);
        expect(unusableIndex.every((value) => value >= 0 && value <= 1000)).toBe(true);
      }
    }
  });
});

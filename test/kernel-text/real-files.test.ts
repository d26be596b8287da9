/** The kernel's own files, snapshot by snapshot: each prints back to the bytes it was read from. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fragmentationIndex, unusableIndex } from '../../src/analysis/indices.ts';
import { inspectText } from '../../src/import/inspect/inspect.ts';
import { parseBuddyinfo, printBuddyinfo } from '../../src/kernel-text/buddyinfo.ts';
import { isExtfragIndex, parseExtfragIndex, printExtfragIndex } from '../../src/kernel-text/extfrag-index.ts';
import { parsePagetypeinfo, printPagetypeinfo, sumTypes } from '../../src/kernel-text/pagetypeinfo.ts';
import { parseSlabinfo, printSlabinfo } from '../../src/kernel-text/slabinfo.ts';
import { parseUnusableIndex, printUnusableIndex } from '../../src/kernel-text/unusable-index.ts';
import { parseVmstat, printVmstat } from '../../src/kernel-text/vmstat.ts';
import { parseZoneinfo, parseZoneRecords, printZoneRecords } from '../../src/kernel-text/zoneinfo.ts';
import { hasReal, realFolder, realText } from '../import/real-folder.ts';

/** A format's way there and back, with what it warned about on the way. */
const FORMATS: Readonly<Record<string, (text: string) => { text: string; warnings: string[] }>> = {
  buddyinfo: (text) => {
    const { zones, warnings } = parseBuddyinfo(text);
    return { text: printBuddyinfo(zones), warnings };
  },
  pagetypeinfo: (text) => {
    const { nodes, warnings } = parsePagetypeinfo(text);
    return { text: printPagetypeinfo(nodes), warnings };
  },
  slabinfo: (text) => {
    const { warnings, ...slabs } = parseSlabinfo(text);
    return { text: printSlabinfo(slabs), warnings };
  },
  zoneinfo: (text) => ({
    text: printZoneRecords(parseZoneRecords(text)),
    warnings: parseZoneinfo(text).warnings,
  }),
  vmstat: (text) => {
    const { entries, warnings } = parseVmstat(text);
    return { text: printVmstat(entries), warnings };
  },
  extfrag_index: (text) => {
    const { zones, warnings } = parseExtfragIndex(text);
    return { text: printExtfragIndex(zones), warnings };
  },
  unusable_index: (text) => {
    const { zones, warnings } = parseUnusableIndex(text);
    return { text: printUnusableIndex(zones), warnings };
  },
};

/** Folders that hold a snapshot, relative to the recordings. */
function snapshots(): string[] {
  const root = join(realFolder, 'traces');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/buddyinfo'))
    .map((path) => path.slice(0, -'/buddyinfo'.length))
    .sort();
}

describe.skipIf(!hasReal)('the files of a real kernel', () => {
  const found = hasReal ? snapshots() : [];

  it.each(Object.keys(FORMATS))('%s reads without a warning and prints back to the same bytes', (file) => {
    const there = found.filter((at) => existsSync(join(realFolder, 'traces', at, file)));
    expect(there.length).toBeGreaterThan(0);
    for (const at of there) {
      const text = realText(at, file);
      expect(FORMATS[file]!(text), `${at}/${file}`).toEqual({ text, warnings: [] });
    }
  });

  it('has the extfrag_index that follows from its buddyinfo', () => {
    let values = 0;
    for (const at of found) {
      const { zones } = parseBuddyinfo(realText(at, 'buddyinfo'));
      const extfrag = parseExtfragIndex(realText(at, 'extfrag_index')).zones;
      expect(extfrag, at).toEqual(
        zones.map(({ node, zone, freeByOrder }) => ({ node, zone, index: fragmentationIndex(freeByOrder) })),
      );
      values += extfrag.reduce((sum, { index }) => sum + index.length, 0);
    }
    expect(values).toBeGreaterThanOrEqual(found.length * 2 * 11);
  });

  it('has the unusable_index that follows from its buddyinfo, but where pages moved between the two reads', () => {
    let values = 0;
    const off: number[] = [];
    for (const at of found) {
      const { zones } = parseBuddyinfo(realText(at, 'buddyinfo'));
      parseUnusableIndex(realText(at, 'unusable_index')).zones.forEach(({ zone, index }, z) => {
        expect(zone).toBe(zones[z]!.zone);
        const ours = unusableIndex(zones[z]!.freeByOrder);
        index.forEach((value, order) => {
          values++;
          if (value !== ours[order]) off.push(Math.abs(value - ours[order]!));
        });
      });
    }
    expect(values).toBeGreaterThanOrEqual(found.length * 2 * 11);
    // One page allocated or freed in between shifts an index by a few thousandths at most.
    expect(off.length).toBeLessThan(values / 20);
    expect(Math.max(0, ...off)).toBeLessThan(5);
  });

  it('counts the same blocks in pagetypeinfo as in buddyinfo', () => {
    for (const at of found) {
      const { zones } = parseBuddyinfo(realText(at, 'buddyinfo'));
      expect(sumTypes(parsePagetypeinfo(realText(at, 'pagetypeinfo')).nodes), at).toEqual(zones);
    }
  });

  it('is told for what it is by inspect, without a warning', () => {
    for (const at of found) {
      for (const file of Object.keys(FORMATS)) {
        expect(inspectText(realText(at, file), file), `${at}/${file}`).toMatchObject({
          kinds: [file],
          warnings: [],
        });
      }
    }
  });

  it('tells its two index files apart', () => {
    for (const at of found) {
      expect(isExtfragIndex(realText(at, 'extfrag_index')), at).toBe(true);
      expect(isExtfragIndex(realText(at, 'unusable_index')), at).toBe(false);
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBuddyinfo } from '../../src/kernel-text/buddyinfo.ts';
import { parseExtfragIndex } from '../../src/kernel-text/extfrag-index.ts';
import { parsePagetypeinfo, sumTypes } from '../../src/kernel-text/pagetypeinfo.ts';
import { parseSlabinfo } from '../../src/kernel-text/slabinfo.ts';
import { parseUnusableIndex } from '../../src/kernel-text/unusable-index.ts';
import { parseVmstat, VMSTAT_KEYS } from '../../src/kernel-text/vmstat.ts';
import { parseZoneinfo } from '../../src/kernel-text/zoneinfo.ts';
import { call, json } from './call.ts';
import { violations } from './json-schema.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'order0-text-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const AT = 700;
const SCENARIO = 'preset:one-slab';

async function proc(name: string, ...more: string[]): Promise<{ text: string; notes: string[] }> {
  const { code, out, err } = await call('proc', SCENARIO, '--at', String(AT), name, ...more);
  expect(code).toBe(0);
  return { text: out, notes: err };
}

interface Figures {
  readonly zones: readonly {
    name: string;
    free: number;
    managed: number;
    freeByOrder: number[];
    unusableIndex: number[];
    fragIndex: number[];
  }[];
  readonly caches: readonly { name: string; inUse: number; parked: number; idle: number }[];
  readonly faults: { pagesRead: number };
}

describe('order0 proc agrees with order0 run', { timeout: 60_000 }, () => {
  const figures = async () => (await json('run', SCENARIO, '--until', String(AT))) as unknown as Figures;

  it('on free blocks, in buddyinfo, pagetypeinfo and both indices', async () => {
    const { zones } = await figures();
    const blocks = zones.map(({ name, freeByOrder }) => ({ node: 0, zone: name, freeByOrder }));
    expect(parseBuddyinfo((await proc('buddyinfo')).text).zones).toEqual(blocks);
    expect(sumTypes(parsePagetypeinfo((await proc('pagetypeinfo')).text).nodes)).toEqual(blocks);
    const rows = (of: 'unusableIndex' | 'fragIndex') =>
      zones.map((zone) => ({ node: 0, zone: zone.name, index: zone[of] }));
    expect(parseUnusableIndex((await proc('unusable_index')).text).zones).toEqual(rows('unusableIndex'));
    expect(parseExtfragIndex((await proc('extfrag_index')).text).zones).toEqual(rows('fragIndex'));
  });

  it('on zones, in zoneinfo', async () => {
    const { zones } = await figures();
    const read = parseZoneinfo((await proc('zoneinfo')).text);
    expect(read.warnings).toEqual([]);
    expect(read.zones).toMatchObject(
      zones.map(({ name, free, managed }) => ({ node: 0, zone: name, free, managed })),
    );
  });

  it('on the three caches, in slabinfo 2.0, newest cache first', async () => {
    const { caches } = await figures();
    const { version, caches: rows } = parseSlabinfo((await proc('slabinfo')).text);
    expect(version).toBe('2.0');
    expect(rows.map(({ name }) => name).filter((name) => name.startsWith('order0-'))).toEqual([
      'order0-knoreclaim',
      'order0-kreclaim',
      'order0-user',
    ]);
    for (const { name, inUse, parked, idle } of caches) {
      expect(rows.find((row) => row.name === name)).toMatchObject({
        objSize: 4096,
        objPerSlab: 32,
        pagesPerSlab: 32,
        activeObjs: inUse + parked,
        numObjs: inUse + parked + idle,
      });
    }
  });

  it('on the counters, in vmstat: all 37 keys of 2.6.9, nr_dirty first', async () => {
    const { faults } = await figures();
    const { entries } = parseVmstat((await proc('vmstat')).text);
    expect(entries.map(([key]) => key)).toEqual(VMSTAT_KEYS['2.6.9']);
    const of = Object.fromEntries(entries);
    expect(of['pgpgin']).toBe(faults.pagesRead * 4);
    expect(of['pgalloc_normal']! + of['pgalloc_dma']!).toBeGreaterThan(of['pgfree']!);
    expect(of['pgfault']).toBeGreaterThan(of['pgmajfault']!);
  });

  it('counts what LRU reclaim does, by who does it', async () => {
    const args = ['preset:dirty-storm', '--policy', 'buddy-2.6', '--at'];
    const { length } = (await json('run', 'preset:dirty-storm')) as unknown as { length: number };
    const { out } = await call('proc', ...args, String(length), 'vmstat');
    const of = Object.fromEntries(parseVmstat(out).entries);
    const run = (await json('run', 'preset:dirty-storm', '--policy', 'buddy-2.6')) as unknown as {
      reclaim: { pagesEvicted: number; pagesScanned: number; kswapdRuns: number };
    };
    const sum = (name: string) =>
      ['high', 'normal', 'dma'].reduce((total, z) => total + of[`${name}_${z}`]!, 0);
    expect(run.reclaim.pagesEvicted).toBeGreaterThan(0);
    expect(sum('pgsteal')).toBe(run.reclaim.pagesEvicted);
    expect(sum('pgscan_kswapd') + sum('pgscan_direct')).toBeGreaterThanOrEqual(run.reclaim.pagesScanned);
    expect(of['pageoutrun']).toBe(run.reclaim.kswapdRuns);
    expect(of['kswapd_steal']).toBeLessThanOrEqual(sum('pgsteal'));
  });
});

describe('order0 proc and the eras', () => {
  it.each(['pagetypeinfo', 'zoneinfo', 'extfrag_index', 'unusable_index'])(
    'says beside %s that 2.6.9 had no such file',
    async (name) => {
      expect((await proc(name)).notes.slice(0, 1)).toEqual([
        `note: Linux 2.6.9 had no ${name}: this is the layout of 6.12`,
      ]);
    },
  );

  it.each(['buddyinfo', 'slabinfo', 'vmstat'])('has nothing to say beside %s', async (name) => {
    expect((await proc(name)).notes.slice(0, 1)).toEqual([]);
  });
});

describe('order0 trace', { timeout: 60_000 }, () => {
  it('prints ftrace text that order0 replay takes whole', async () => {
    const { code, out } = await call('trace', SCENARIO);
    expect(code).toBe(0);
    expect(out).toMatch(/^# tracer: nop\n#\n# entries-in-buffer\/entries-written: (\d+)\/\1 {3}#P:1\n/);
    const report = await json('replay', file('own.txt', out), '--as-recorded');
    expect(report['conflicts']).toMatchObject({
      overlappingAllocs: 0,
      freesOfUnknown: 0,
      refillsOffLists: 0,
    });
    const { skipped } = report['events'] as { skipped: Record<string, number> };
    expect(Object.keys(skipped).sort()).toEqual(['marker', 'other event']);
    const again = await json('replay', join(folder, 'own.txt'), '--policy', 'buddy-2.6');
    expect(again).toMatchObject({ policy: 'buddy-2.6', invariants: 'ok' });
  });

  it('prints one JSON document for Perfetto', async () => {
    const { out } = await call('trace', SCENARIO, '--format', 'perfetto');
    const { traceEvents, otherData } = JSON.parse(out) as {
      traceEvents: { ph: string }[];
      otherData: object;
    };
    expect(otherData).toMatchObject({ policy: 'order0-slab' });
    expect(new Set(traceEvents.map(({ ph }) => ph))).toEqual(new Set(['M', 'X', 'C', 'i']));
  });

  it('knows its formats', async () => {
    expect((await call('trace', SCENARIO, '--format', 'xml')).code).toBe(2);
  });
});

describe('order0 inspect', () => {
  it('says of files what they are, as its schema has it', async () => {
    const buddy = file('a.txt', (await proc('buddyinfo')).text);
    const slabs = file('b.txt', (await proc('slabinfo')).text);
    const { out } = await call('inspect', buddy, slabs, '--json');
    const reports = JSON.parse(out) as { file: string; kinds: string[] }[];
    expect(reports.map(({ file: name, kinds }) => [name, kinds])).toEqual([
      [buddy, ['buddyinfo']],
      [slabs, ['slabinfo']],
    ]);
    const schema = JSON.parse((await call('schema', 'inspect')).out) as Record<string, unknown>;
    expect(violations(schema, reports)).toEqual([]);
    const text = (await call('inspect', buddy, slabs)).out;
    expect(text).toContain('a.txt: buddyinfo');
    expect(text).toContain('order0-user');
  });

  it('ends with 1 for a file that is nothing of the kernel, or not there', async () => {
    const { code, out } = await call('inspect', file('c.txt', 'hello\n'));
    expect(code).toBe(1);
    expect(out).toContain('not recognised');
    expect((await call('inspect', join(folder, 'missing.txt'))).code).toBe(1);
    expect((await call('inspect')).code).toBe(2);
  });

  it('says what it can of the files that are there, and names the one that is not', async () => {
    const good = file('good.txt', (await proc('buddyinfo')).text);
    const missing = join(folder, 'missing.txt');
    const { code, out, err } = await call('inspect', good, missing, good);
    expect([code, err]).toEqual([1, [`${missing}: no such file`]]);
    expect(out.match(/good\.txt: buddyinfo/g)).toHaveLength(2);
    const reports = JSON.parse((await call('inspect', good, missing, '--json')).out) as object[];
    expect(reports).toMatchObject([{ kinds: ['buddyinfo'] }, { file: missing, kinds: [], zones: [] }]);
  });

  it('names the trace option that makes a trace unreadable', async () => {
    const raw = file('raw.txt', '# tracer: nop\n#\n12 0 100200300 type: 412\n12 0 100200400 type: 413\n');
    const { code, out } = await call('inspect', raw);
    expect(code).toBe(0);
    expect(out).toMatch(/raw\.txt: ftrace\n {2}warning: printed with the trace option raw, .*"noraw"/);
  });

  it('tells the events of a trace', async () => {
    const trace = file('t.txt', '  work-7  [000] .....  1.000001: mm_page_free: page=1 pfn=0x8 order=3\n');
    expect((await call('inspect', trace)).out).toMatch(/ftrace\n.*mm_page_free +1\n/);
  });
});

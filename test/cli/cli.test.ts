import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/analysis/result.ts';
import type { WhyReport } from '../../src/analysis/why-report.ts';
import { call, json } from './call.ts';
import { scratchFiles } from './files.ts';

const file = scratchFiles();

const SCENARIO = `order0: 1
title: Three blocks
machine:
  pages: 256
  slabOrder: 4
  cpus: 1
steps:
  - op: alloc
    id: 0
    order: 3
    gfp: kernel
    tag: kmalloc
  - op: alloc
    id: 1
    order: 8
    gfp: atomic
    tag: kmalloc
  - op: free
    id: 0
`;

describe('order0', () => {
  it('names the commands, and ends with 2 for one it does not know', async () => {
    const help = await call('help');
    expect(help).toMatchObject({ code: 0, err: [] });
    for (const name of [
      'presets',
      'run',
      'why',
      'proc',
      'trace',
      'replay',
      'inspect',
      'share',
      'unshare',
      'schema',
    ]) {
      expect(help.out).toContain(`order0 ${name}`);
    }
    const unknown = await call('runn');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err[0]).toMatch(/no command "runn".*run/);
    expect((await call('grade', 'x')).code).toBe(2);
  });

  it('tells of one command what its --help tells', async () => {
    const told = await call('help', 'run');
    expect(told.out).toMatch(/^usage: order0 run SCENARIO .*\nRuns a scenario/);
    expect(await call('run', '--help')).toEqual(told);
  });

  it.each<[string[], RegExp]>([
    [['run'], /SCENARIO is missing/],
    [['run', ''], /SCENARIO is missing/],
    [['run', 'a', 'b'], /unexpected argument "b"/],
    [['help', 'nothing'], /expected one of presets, run, .*met "nothing"/],
    [['help', 'run', 'why'], /unexpected argument "why"/],
    [
      ['run', 'preset:one-slab', '--until', '-1'],
      /^order0 run: --until: expected a value, met "-1"; write --until=-1/,
    ],
    [['run', 'preset:one-slab', '--seed'], /^order0 run: --seed: expected a value, met nothing/],
    [['run', 'preset:one-slab', '--json=yes'], /^order0 run: --json: expected no value/],
    [['run', 'preset:one-slab', '--no-such'], /unknown option '--no-such'/],
    [['run', 'preset:one-slab', '--seed', '1.5'], /--seed: expected a whole number of at least 0, met "1.5"/],
    [['run', 'preset:one-slab', '--seed=-1'], /--seed/],
    [['run', 'preset:one-slab', '--until', 'end'], /--until/],
    [['run', 'preset:one-slab', '--until', '99999999'], /the scenario has \d+ steps/],
    [['run', 'preset:one-slab', '--policy', 'slub'], /--policy: expected one of order0-slab, .*met "slub"/],
    [['why', 'preset:one-slab', '--order', '5'], /--at STEP is missing/],
    [
      ['why', 'preset:one-slab', '--at', '5', '--order', '11'],
      /--order: expected a whole number from 0 to 10/,
    ],
    [['proc', 'preset:one-slab', '--at', '0', 'meminfo'], /expected one of buddyinfo, .*met "meminfo"/],
    [['schema', 'nothing'], /expected one of scenario, result, why/],
    [['replay', 'x', '--as-recorded', '--policy', 'buddy-2.6'], /--as-recorded excludes --policy/],
    [['replay', 'x', '--policy', 'slub'], /--policy: expected one of/],
  ])('ends with 2 and a usage line for %j', async (args, message) => {
    const { code, out, err } = await call(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err[0]).toMatch(message);
    expect(err[1]).toMatch(/^usage: order0 /);
  });

  it('ends with 1 and file, line and column of each problem', async () => {
    const bad = file(
      'bad.yaml',
      SCENARIO.replace('pages: 256', 'pages: lots').replace('order: 3', 'order: 99'),
    );
    const { code, out, err } = await call('run', bad);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toHaveLength(2);
    expect(err[0]).toMatch(/bad\.yaml:4:\d+: .*pages/);
    expect(err[1]).toMatch(/bad\.yaml:10:\d+: .*order/);
  });

  it.each<[string[], RegExp]>([
    [['run', 'no-such-file.yaml'], /^no-such-file\.yaml: no such file$/],
    [['run', 'preset:two-slabs'], /no preset is called "two-slabs", expected one of one-slab/],
    [['run', 'preset:one-slab', '--set', 'machine.sages=1'], /sages/],
    [['run', '#v=1&preset=one-slob'], /one-slob/],
    [['run', '#v=99&preset=one-slab'], /version 99/],
    [['unshare', 'https://example.org/'], /link/],
    [['run', 'no\0such'], /^"no\\u0000such": cannot be read/],
    [['run', 'package.json/x'], /^package\.json\/x: no such file/],
  ])('ends with 1 and one clear line for %j', async (args, message) => {
    const { code, out, err } = await call(...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(message);
  });

  it('lists the presets, one-slab first', async () => {
    const list = JSON.parse((await call('presets', '--json')).out) as { id: string; title: string }[];
    expect(list[0]!.id).toBe('one-slab');
    expect(list.every(({ title }) => title.length > 0)).toBe(true);
    expect((await call('presets')).out.split('\n')[0]).toMatch(/^one-slab {2}/);
  });
});

describe('order0 run', () => {
  it('gives the same figures every time, whole or up to a step', async () => {
    const path = file('three.yaml', SCENARIO);
    const first = (await json('run', path)) as unknown as RunResult;
    expect(await json('run', path)).toEqual(first);
    expect(first).toMatchObject({ steps: 3, length: 3, seed: 1, policy: 'order0-slab', invariants: 'ok' });
    expect(first.highOrder).toEqual({ requested: 2, served: 1, failed: 1 });
    const { free, slabIdle, perCpu, user, kreclaim, knoreclaim, managed } = first.pages;
    expect(free + slabIdle + perCpu + user + kreclaim + knoreclaim).toBe(managed);
    const before = (await json('run', path, '--until', '1')) as unknown as RunResult;
    expect(before).toMatchObject({ steps: 1, length: 3 });
    expect(before.pages.free).toBe(first.pages.free - 8);
    expect(before.stateHash).not.toBe(first.stateHash);
  });

  it('takes policy, seed and fields from the command line', async () => {
    const path = file('three.yaml', SCENARIO);
    const result = await json(
      'run',
      path,
      '--policy',
      'buddy-2.6',
      '--seed',
      '7',
      '--set',
      'machine.pages=512',
    );
    expect(result).toMatchObject({ policy: 'buddy-2.6', seed: 7, pages: { total: 512 } });
  });

  it('prints the figures for people', async () => {
    const { code, out } = await call('run', file('three.yaml', SCENARIO));
    expect(code).toBe(0);
    expect(out).toMatch(/^Three blocks: order0-slab, seed 1, step 3 of 3\n/);
    expect(out).toMatch(/\n {2}failed +1\n/);
    expect(out).toMatch(/invariants ok\n$/);
  });

  it('runs a link with its edits, and a link of a file is the file', async () => {
    const path = file('three.yaml', SCENARIO);
    const shared = await call('share', path);
    expect(shared).toMatchObject({ code: 0, err: [] });
    const url = shared.out.trim();
    expect((await call('unshare', url)).out).toBe(SCENARIO);
    expect(await json('run', url)).toEqual(await json('run', path));
  });
});

describe('order0 why and proc', () => {
  it('says of the request just made why it failed', async () => {
    const path = file('three.yaml', SCENARIO);
    const report = (await json('why', path, '--at', '2', '--order', '8')) as unknown as WhyReport;
    expect(report).toMatchObject({ order: 8, step: 2, wouldSucceed: false });
    expect(report.windows.every((w) => w.free + w.reclaimable + w.blocking === 256)).toBe(true);
    expect((await call('why', path, '--at', '2', '--order', '8')).out).toContain(report.reason);
  });

  it("prints buddyinfo in the kernel's format", async () => {
    const { code, out } = await call('proc', file('three.yaml', SCENARIO), '--at', '0', 'buddyinfo');
    expect(code).toBe(0);
    expect(out).toMatch(/^Node 0, zone {2,}\w+( {5,}\d){11} \n/);
  });
});

describe('order0 replay', () => {
  const line = (event: string) => `  work-7  [000] .....  1.000001: ${event}\n`;
  const trace =
    line('mm_page_alloc: page=1 pfn=0x8 order=3 migratetype=0 gfp_flags=GFP_KERNEL') +
    line('mm_page_free: page=1 pfn=0x8 order=3') +
    line('mm_page_alloc: page=1 pfn=0x10 order=2 migratetype=0 gfp_flags=GFP_KERNEL') +
    line('sched_wakeup: comm=a');

  it('replays a recording, gzip or plain, and counts every event', async () => {
    const plain = await json('replay', file('trace.txt', trace), '--as-recorded');
    expect(plain).toMatchObject({
      events: { read: 4, used: 3, skipped: { 'unknown event': 1 } },
      buddyinfo: null,
    });
    expect(await json('replay', file('trace.txt.gz', gzipSync(trace)), '--as-recorded')).toEqual(plain);
  });

  it('replays a recording as a workload under either policy', async () => {
    for (const policy of ['order0-slab', 'buddy-2.6']) {
      const result = await json('replay', file('trace.txt', trace), '--policy', policy);
      expect(result).toMatchObject({
        policy,
        invariants: 'ok',
        events: {
          read: 4,
          used: 3,
          skipped: { 'unknown event': 1 },
          byType: { mm_page_alloc: 2, mm_page_free: 1 },
        },
        conflicts: { overlappingAllocs: 0, freesOfUnknown: 0 },
        highOrder: { requested: 2, served: 2, failed: 0 },
        pages: { knoreclaim: 4 },
        buddyinfo: null,
      });
    }
    const { out } = await call('replay', file('trace.txt', trace));
    expect(out).toMatch(/order0-slab.*invariants ok.*events read +4.*assumed/s);
  });

  it('says of other input what it is not', async () => {
    const { code, err } = await call('replay', file('poem.txt', 'roses are red\n'), '--as-recorded');
    expect(code).toBe(1);
    expect(err).toEqual([expect.stringMatching(/poem\.txt: expected ftrace text .*, met none in 1 line/)]);
  });
});

describe('the process', { timeout: 60_000 }, () => {
  it('reads standard input where the file is called -', () => {
    const main = ['--import', 'tsx', 'src/cli/main.ts', 'run', '-', '--json'];
    const { stdout } = spawnSync('node', main, { encoding: 'utf8', input: SCENARIO });
    expect(JSON.parse(stdout)).toMatchObject({ title: 'Three blocks', steps: 3 });
  });

  it('prints one JSON document and ends with the code', () => {
    const main = ['--import', 'tsx', 'src/cli/main.ts'];
    const path = file('three.yaml', SCENARIO);
    const good = spawnSync('node', [...main, 'run', path, '--json'], { encoding: 'utf8' });
    expect(good.status).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ title: 'Three blocks' });
    const bad = spawnSync('node', [...main, 'run', 'nowhere.yaml'], { encoding: 'utf8' });
    expect(bad).toMatchObject({ status: 1, stdout: '', stderr: 'nowhere.yaml: no such file\n' });
  });
});

describe('a link of a recording', () => {
  const text = `order0: 1
title: Of a recording
machine: { pages: 1024 }
workload: { recording: mine, hash: "0123456789abcdef" }
`;

  it('is made, read, and not run: its file is needed', async () => {
    const path = file('of-a-recording.yaml', text);
    const needed =
      'is of the recording mine (hash 0123456789abcdef), whose file is needed: order0 replay FILE';
    const shared = await call('share', path);
    expect(shared).toMatchObject({ code: 0, err: [`${path} ${needed}`] });
    const link = shared.out.trim();
    expect(await call('unshare', link)).toEqual({ code: 0, out: text, err: [`the link ${needed}`] });
    for (const argument of [link, path]) {
      const { code, out, err } = await call('run', argument);
      expect({ code, out, lines: err.length }).toEqual({ code: 1, out: '', lines: 1 });
      expect(err[0]).toContain(needed);
    }
  });
});

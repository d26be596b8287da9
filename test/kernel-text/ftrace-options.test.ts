/** Trace options under which a text cannot be read are named, whatever else it holds. */
import { describe, expect, it } from 'vitest';
import { inspectText } from '../../src/import/inspect/inspect.ts';
import { finish, readRecording } from '../../src/import/recording/open-recording.ts';
import { optionInTheWay, parseFtrace, printFtrace } from '../../src/kernel-text/ftrace.ts';

const HEAD = '# tracer: nop\n#\n';
const LINE = '   work-7  [000] .....  1.000001: mm_page_free: page=ffffea0000000200 pfn=0x8 order=3\n';

const TEXTS: Readonly<Record<string, string>> = {
  'latency-format': `# tracer: nop\n#\n# nop latency trace v1.1.5 on 6.1.0\n#\n    work-7       0..... 17011us!: mm_page_free: page=1 pfn=0x8 order=3\n`,
  raw: `${HEAD}7 0 1000001000 type: 412\n`,
  hex: `${HEAD}00000007 00000000 000000003b9acdc8 type: 412\n\n`,
  bin: `${HEAD}\x07\0\0\0\0\0\0\0\xc8\xcd\x9a;\0\0\0\0type: 412\n`,
  fields: `${HEAD}   work-7 [000] .....  1.000001: mm_page_free: pfn=0x8 (8) order=0x3 (3)\n`,
  'nocontext-info': `${HEAD}mm_page_free: page=ffffea0000000200 pfn=0x8 order=3\n`,
};

describe.each(Object.entries(TEXTS))('a text printed under %s', (option, text) => {
  it('says so to whoever inspects or replays it, and what to set', () => {
    expect(optionInTheWay(text)?.option).toBe(option);
    const { kinds, warnings } = inspectText(text, 'x');
    expect(kinds).toEqual(['ftrace']);
    expect(warnings).toEqual([
      expect.stringMatching(`^printed with the trace option ${option}, .*: write "`),
    ]);
    const replay = () => finish(readRecording(new TextEncoder().encode(text), 'x'));
    expect(replay).toThrow(`the trace option ${option}`);
  });
});

describe('a text without such an option', () => {
  it('is not blamed on one', () => {
    expect(optionInTheWay(printFtrace(parseFtrace(LINE.repeat(5)).table))).toBeNull();
    expect(optionInTheWay('Node 0, zone DMA 1 2 3\n[   12.3] disk took 12us: slow\n')).toBeNull();
  });

  it('that has no event is told as such', () => {
    expect(inspectText(HEAD, 'x')).toMatchObject({
      kinds: ['ftrace'],
      warnings: [expect.stringContaining('no event in it')],
    });
  });
});

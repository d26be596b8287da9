import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import { warningText } from '../../src/scenario/warning.ts';
import { FULL, SMALL } from './texts.ts';

/** Problems as `line:column message`. */
function problemsOf(text: string): string[] {
  const parsed = parseScenario(text);
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a scenario text', () => {
  it('needs little, and the rest has defaults', () => {
    const parsed = parseScenario(SMALL);
    expect(parsed).toMatchObject({
      ok: true,
      warnings: [],
      scenario: { seed: 1, policy: { name: 'order0-slab' }, steps: [], machine: { cpus: 1, slabOrder: 5 } },
    });
  });

  it('may say everything', () => expect(problemsOf(FULL)).toEqual([]));

  it('may be JSON', () => {
    expect(problemsOf('{"order0": 1, "title": "T", "machine": {"pages": 256}}')).toEqual([]);
  });

  it.each([
    ['an unknown key', 'colour: red\n', '5:1 colour: unknown key, expected one of order0, title, summary'],
    ['a mistyped key', 'polcy: {}\n', '5:1 polcy: unknown key, did you mean policy?'],
    [
      'a mistyped key inside',
      '  slabOrdr: 5\n',
      '5:3 machine.slabOrdr: unknown key, did you mean slabOrder?',
    ],
    ['a key of every object', 'constructor: 1\n', '5:1 constructor: unknown key'],
    ['a key of the prototype', '__proto__: 1\n', '5:1 __proto__: unknown key'],
    [
      'a number out of range',
      '  slabOrder: 12\n',
      '5:14 machine.slabOrder: expected an integer from 2 to 10, met 12',
    ],
    ['a fraction', '  cpus: 1.5\n', '5:9 machine.cpus: expected an integer from 1 to 64, met 1.5'],
    ['a text for a number', '  cpus: two\n', '5:9 machine.cpus: expected an integer from 1 to 64, met "two"'],
    ['nothing', '  cpus:\n', 'machine.cpus: expected an integer from 1 to 64, met nothing'],
    ['NaN', '  cpus: .nan\n', '5:9 machine.cpus: expected an integer from 1 to 64, met NaN'],
    [
      'infinity',
      '  swapShare: .inf\n',
      '5:14 machine.swapShare: expected a number from 0 to 4, met Infinity',
    ],
    ['a list for a map', 'policy: []\n', '5:9 policy: expected a map, met a list of 0'],
    [
      'a word that is none',
      'policy:\n  victim: most-claen\n',
      '6:11 policy.victim: expected one of most-clean, fewest-objects, cheapest, lru-oldest, first, random, best-of-all, met "most-claen", did you mean most-clean?',
    ],
    ['an unknown operation', 'steps:\n  - op: reclaim\n', '6:9 steps[0].op: expected one of idle, spawn'],
    ['an operation without its field', 'steps:\n  - op: spawn\n', '6:5 steps[0].process: missing'],
    [
      'a field of another operation',
      'steps:\n  - {op: spawn, process: 1, file: 2}\n',
      '6:29 steps[0].file: unknown key',
    ],
    [
      'an unknown GFP mask',
      'steps:\n  - {op: failedAlloc, order: 2, gfp: kernl}\n',
      '6:38 steps[0].gfp: expected one of kernel, atomic',
    ],
    [
      'a price that is none',
      '  device:\n    writePage: cheap\n',
      '6:16 machine.device.writePage: expected an integer',
    ],
    ['a boot range without start', '  boot:\n    - pages: 3\n', '6:7 machine.boot[0].start: missing'],
    [
      'too many pages of a size',
      'workload:\n  actors:\n    - kind: files\n      size: 1.5\n',
      '8:13 workload.actors[0].size: expected a share of memory below 1',
    ],
    [
      'sizes the wrong way round',
      'workload:\n  actors:\n    - kind: files\n      size: [0.5, 0.1]\n',
      '8:13 workload.actors[0].size: expected [smallest, largest], met [0.5, 0.1]',
    ],
    [
      'a cache that is not there',
      'workload:\n  actors:\n    - kind: dentries\n      cache: inode\n',
      '8:14 workload.actors[0].cache: expected the name of an object cache (dentry_cache), met inode',
    ],
    [
      'zones that do not fit',
      '  zones: [{name: DMA, pages: 1024}, {name: Normal}]\n',
      'expected zones that fit 1024 pages',
    ],
    [
      'marks in the wrong order',
      '  zones: [{name: Normal, min: 9, low: 4}]\n',
      'machine.zones[0].low: expected at least min (9), met 4',
    ],
    [
      'zones in the wrong order',
      '  zones: [{name: Normal, pages: 512}, {name: DMA}]\n',
      'machine.zones[1].name: expected each zone once',
    ],
    [
      'a zone without its size',
      '  zones: [{name: DMA}, {name: Normal}]\n',
      '5:11 machine.zones[0].pages: missing',
    ],
    [
      'overlapping boot ranges',
      '  boot: [{start: 0, pages: 9}, {start: 8, pages: 9}]\n',
      'machine.boot[1]: expected ranges in rising order',
    ],
    ['a boot range past the end', '  boot: [{start: 1000, pages: 100}]\n', 'met an end at 1100'],
    [
      'a machine that is all boot',
      '  boot: 1024\n',
      '5:9 machine.boot: expected to leave pages free, met 1024 of 1024',
    ],
    [
      'slabs above the highest order',
      '  slabOrder: 6\n  maxOrder: 5\n',
      '5:14 machine.slabOrder: expected at most machine.maxOrder (5), met 6',
    ],
    [
      'two sizes of swap',
      '  swapPages: 5\n  swapShare: 1\n',
      '6:14 machine.swapShare: expected swapPages or swapShare, met both',
    ],
    ['a CPU that is not there', 'steps:\n  - {op: idle, cpu: 1}\n', '6:21 steps[0].cpu: expected at most 0'],
    ['a position past the end', 'openAt: 7\n', '5:9 openAt: expected a step from 0 to 0, met 7'],
    ['a position that is none', 'openAt: later\n', '5:9 openAt: expected a step number'],
    [
      'an answer that is none',
      'questions: [{step: 0, text: Why?, choices: [a, b], answer: 2}]\n',
      'questions[0].answer: expected the place of one of 2 choices',
    ],
    [
      'a recording beside actors',
      'workload:\n  recording: smp\n  steps: 3\n',
      '6:14 workload.recording: expected a recording or steps and actors',
    ],
    [
      'two lengths',
      'workload:\n  steps: 3\n  stepsPerPage: 1\n',
      '7:17 workload.stepsPerPage: expected steps or stepsPerPage, met both',
    ],
  ])('with %s has one clear problem', (_what, added, expected) => {
    const found = problemsOf(SMALL + added);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).not.toContain('\n');
  });

  it.each([
    ['is empty', '', '1:1 the text is empty'],
    ['is only a comment', '# nothing\n', '1:1 the text is empty'],
    ['is a word', 'hello', '1:1 expected a map with order0, title and machine, met "hello"'],
    ['has a tab', 'order0: 1\nmachine:\n\tpages: 3\n', '3:1 a tab in the indentation, expected spaces'],
    ['has a key twice', `${SMALL}title: Again\n`, '5:1 duplicate key title, expected it once'],
    ['has a key twice in one line', '{"order0": 1, "title": "T", "order0": 1}', '1:29 duplicate key order0'],
    ['is cut off', '{"order0": 1, "title": "T', 'a text in quotes does not end, expected a closing "'],
    ['has a colon in a text', `${SMALL}summary: a: b\n`, '5:10 a second ": " in one value, expected quotes'],
    [
      'has keys in different columns',
      'order0: 1\ntitle: T\nmachine:\n  pages: 64\n cpus: 1\n',
      'same column',
    ],
    ['begins a text with @', `${SMALL}summary: @x\n`, 'a text that begins with @, expected quotes around it'],
    ['leaves out a comma', '{"order0": 1 "title": "T"}', '1:12 a comma is missing'],
    ['leaves a bracket open', '{"order0": 1, "steps": [', 'expected a closing ]'],
    ['has a list as a key', `${SMALL}? [a, b]\n: c\n`, '5:3 a key that is no word'],
    ['is not text', `\u001f\u008b\u0008\u0000${SMALL}`, '1:4 a NUL character, expected YAML text in UTF-8'],
    ['has two documents', `${SMALL}---\n${SMALL}`, 'a second document'],
    ['has no machine', 'order0: 1\ntitle: T\n', '1:1 machine: missing, expected a value'],
    [
      'is of another version',
      SMALL.replace('order0: 1', 'order0: 2'),
      '1:9 order0: expected 1, the version of the scenario format, met 2',
    ],
    [
      'has too large a machine',
      SMALL.replace('1024', '4194305'),
      '4:10 machine.pages: expected an integer from 64 to 4194304 (16 GiB, the largest machine), met 4194305',
    ],
    ['has an unknown alias', `${SMALL}seed: *here\n`, '5:7'],
  ])('that %s has one clear problem', (_what, text, expected) => {
    const found = problemsOf(text);
    expect(found[0]).toContain(expected);
    expect(found.join()).not.toContain('\n');
  });

  it('lists every problem, up to twenty', () => {
    const found = problemsOf(`${SMALL}steps:\n${'  - op: nothing\n'.repeat(25)}`);
    expect(found).toHaveLength(21);
    expect(found[20]).toContain('and 5 more problems');
  });
});

describe('a hostile text', () => {
  it('is refused by its size', () => {
    expect(problemsOf(`# ${'x'.repeat(1_048_576)}`)[0]).toContain('expected at most 1048576 characters');
  });

  it('cannot unfold aliases without end', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++) {
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    }
    expect(problemsOf(lines.join('\n'))[0]).toContain('expected at most 100 aliases');
  });

  it.each([
    ['in a map', `${SMALL}  device: &here\n    like: ssd\n    name: *here\n`],
    ['in a list', `${SMALL}steps: &here [*here]\n`],
    ['in the whole', '&here\norder0: 1\ntitle: T\nmachine: *here\n'],
  ])('cannot hold itself %s', (_what, text) => {
    expect(problemsOf(text)).toHaveLength(1);
    expect(problemsOf(text)[0]).toContain('the alias here stands inside what it names');
  });

  it.each([
    ['questions', `${'? '.repeat(10_000)}x`],
    ['questions and lists', `${'- ? '.repeat(10_000)}x`],
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(10_000)],
    ['lists', `${'- '.repeat(10_000)}x`],
    ['indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('cannot nest too deep with %s', (_what, text) => {
    expect(problemsOf(text)).toHaveLength(1);
    expect(problemsOf(text)[0]).toContain('levels of nesting');
  });
});

describe('a damaged text', () => {
  it('never throws, and every problem is one line with its place', () => {
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      cut: fc.nat(6),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom(
          ': ',
          '\n',
          '- ',
          '[',
          '{',
          '&a ',
          '*a',
          '? ',
          '!!set ',
          '|',
          '"',
          '#',
          '<<: ',
          '-1',
          '1e99',
          '~',
        ),
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let text = FULL;
        for (const { at, cut, put } of mutations) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        const parsed = parseScenario(text);
        if (parsed.ok) return;
        for (const { message, line, column } of parsed.problems) {
          expect(message).toMatch(/^[^\n\r]{1,400}$/);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the warnings of a scenario', () => {
  it('name parameters of another policy', () => {
    const parsed = parseScenario(`${SMALL}policy:\n  name: buddy-2.6\n  maxDefragScan: 4\n`);
    expect(parsed.ok && parsed.warnings).toEqual([{ field: 'policy.maxDefragScan', policy: 'buddy-2.6' }]);
    expect(parsed.ok && parsed.warnings.map(warningText)).toEqual([
      'policy.maxDefragScan is a parameter of another policy and is ignored by buddy-2.6',
    ]);
  });

  it('name arrays too large for the machine', () => {
    const parsed = parseScenario(`${SMALL}  cpus: 4\n`);
    expect(parsed.ok && parsed.warnings.join()).toContain('can hold 1152 pages, 113 % of memory');
  });

  it('say when there is no room for all operations', () => {
    const text = SMALL.replace('1024', '4194304');
    const parsed = parseScenario(`${text}workload:\n  stepsPerPage: 3\n  actors: [{kind: files}]\n`);
    expect(parsed.ok && parsed.warnings).toEqual([
      'workload.stepsPerPage asks for 12582912 operations and gets 8388608, the most there are',
    ]);
  });

  it('name a workload in which nobody acts', () => {
    const parsed = parseScenario(`${SMALL}workload:\n  steps: 5\n`);
    expect(parsed.ok && parsed.warnings).toEqual(['workload.actors is empty: every generated step is idle']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  findAny,
  findHostDependence,
  findLeftOutTests,
  findLeftovers,
  findLength,
  LONGEST,
  longFiles,
} from './ratchets.ts';
import { parseSource, readSources } from './source.ts';

const code = readSources('src', 'test', 'e2e', 'scripts');
/** The floors whose results must be the same in every browser. */
const exact = code.filter(({ path }) => /^src\/(?:base|engine|scenario)\//.test(path));
const tests = code.filter(({ path }) => /^(?:test|e2e)\//.test(path));

describe('the code', () => {
  it('never says any', () => expect(code.flatMap(findAny)).toEqual([]));
  it('has no file longer than it may be', () => {
    expect(code.flatMap((source) => findLength(source))).toEqual([]);
    expect(Object.keys(longFiles).filter((path) => !code.some((source) => source.path === path))).toEqual([]);
  });
  it('computes the same in every browser', () => expect(exact.flatMap(findHostDependence)).toEqual([]));
  it('puts no work off in comments', () => expect(code.flatMap(findLeftovers)).toEqual([]));
  it('leaves no test out', () => expect(tests.flatMap(findLeftOutTests)).toEqual([]));
});

const made = (text: string) => parseSource('made.ts', text);

describe('the ratchets', () => {
  it.each(['let a: any;', 'const a = 1 as any;', 'type A = Array<any>;', 'function f<T = any>() {}'])(
    'find any in %s',
    (text) => expect(findAny(made(text))).toEqual(['made.ts:1: the type any']),
  );

  it('take the word any for what it is', () => {
    expect(findAny(made('/* any */ const any = "any"; x.any;'))).toEqual([]);
  });

  it('measure lines without the last line break', () => {
    const lines = (count: number) => made('//\n'.repeat(count));
    expect(findLength(lines(LONGEST))).toEqual([]);
    expect(findLength(lines(LONGEST + 1))).toEqual(['made.ts: 401 lines, expected at most 400']);
    const listed = { 'made.ts': 'a table' };
    expect(findLength(lines(LONGEST + 1), listed)).toEqual([]);
    expect(findLength(lines(1), listed)).toEqual([
      'made.ts: 1 lines, expected no entry in longFiles any more',
    ]);
  });

  it.each([
    ['Math.pow(2, 3)', 'Math.pow'],
    ['Math.log2(8)', 'Math.log2'],
    ['Math.random()', 'Math.random'],
    ["Math['exp'](1)", 'Math.(computed)'],
    ['const { sin } = Math', 'Math.(computed)'],
    ['2 ** n', 'the operator **'],
    ['n **= 2', 'the operator **='],
    ['new Date()', 'Date'],
    ['Date.now()', 'Date'],
    ['performance.now()', 'performance'],
    ['globals = { Date }', 'Date'],
  ])('find what depends on the host in %s', (text, what) => {
    expect(findHostDependence(made(text))).toEqual([`made.ts:1: ${what}`]);
  });

  it('allow exact arithmetic', () => {
    expect(findHostDependence(made('Math.sqrt(Math.imul(a.Date, b)); ({ Date: 1 }); "a ** b";'))).toEqual([]);
  });

  it('find put-off work in comments only', () => {
    const mark = 'TO'.concat('DO');
    expect(findLeftovers(made(`\n// ${mark}: later\nconst a = "${mark}";`))).toEqual([
      `made.ts:2: ${mark}: later`,
    ]);
  });

  it.each([
    ['it.only("a", f)', 'it.only'],
    ['describe.skip("a", f)', 'describe.skip'],
    ['test.describe.only("a", f)', 'test.only'],
    ['it.skip.each([1])("a", f)', 'it.skip'],
    ['test.fixme("a", f)', 'test.fixme'],
    ['xit("a", f)', 'xit'],
  ])('find a test left out: %s', (text, what) => {
    expect(findLeftOutTests(made(text))).toEqual([`made.ts:1: ${what}`]);
  });

  it('allow a test that says when it is skipped', () => {
    expect(findLeftOutTests(made('it.skipIf(!real)("a", f); list.only; skip.test();'))).toEqual([]);
  });
});

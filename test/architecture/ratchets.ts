import { type Source, walk } from './source.ts';

/** The longest file there may be, in lines. */
export const LONGEST = 400;

/** Files that may be longer, each with the reason. Remove an entry when its file has become shorter. */
export const longFiles: Readonly<Record<string, string>> = {};

/** The functions of Math whose result is the same, to the last bit, in every engine (ECMA-262 leaves the others to the implementation). */
const EXACT_MATH = new Set('abs ceil clz32 floor fround imul max min round sign sqrt trunc'.split(' '));
const HOST_GLOBALS = new Set(['Date', 'performance', 'crypto']);
const TEST_FUNCTIONS = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const LEFT_OUT = new Set(['only', 'skip', 'fixme', 'todo']);
const LEFT_OUT_ALIASES = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

/** Where the type `any` is written. */
export function findAny(source: Source): string[] {
  const found: string[] = [];
  walk(source.program, (node) => {
    if (node.type === 'TSAnyKeyword') found.push(`${at(source, node.start)}: the type any`);
  });
  return found;
}

/** Whether the file is too long, or listed as long without being so. */
export function findLength({ path, text }: Source, allowed = longFiles): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  const listed = path in allowed;
  if (lines > LONGEST && !listed) return [`${path}: ${lines} lines, expected at most ${LONGEST}`];
  if (lines <= LONGEST && listed) return [`${path}: ${lines} lines, expected no entry in longFiles any more`];
  return [];
}

/** Where arithmetic depends on the host: inexact Math, `**`, clocks, randomness. */
export function findHostDependence(source: Source): string[] {
  const found: string[] = [];
  walk(source.program, (node, parent) => {
    const report = (what: string) => found.push(`${at(source, node.start)}: ${what}`);
    if (node.type === 'BinaryExpression' && node.operator === '**') report('the operator **');
    if (node.type === 'AssignmentExpression' && node.operator === '**=') report('the operator **=');
    if (node.type !== 'Identifier') return;
    // `x.Date` and `{ Date: 1 }` name a property, not the global.
    const isMember = parent?.type === 'MemberExpression' && parent.property === node && !parent.computed;
    const isKey = parent?.type === 'Property' && parent.key === node && !parent.computed;
    if (isMember || isKey) return;
    if (HOST_GLOBALS.has(node.name)) report(node.name);
    if (node.name !== 'Math') return;
    const used = parent?.type === 'MemberExpression' && parent.object === node ? parent.property : undefined;
    const name = used?.type === 'Identifier' ? used.name : undefined;
    if (name === undefined || !EXACT_MATH.has(name)) report(`Math.${name ?? '(computed)'}`);
  });
  return found;
}

/** Comments that put work off. */
export function findLeftovers(source: Source): string[] {
  return source.comments
    .filter(({ value }) => /\b(?:TODO|FIXME|XXX)\b/.test(value))
    .map(({ value, line }) => `${source.path}:${line}: ${value.trim()}`);
}

/** Tests that are focused or always skipped; `skipIf` and `runIf` say when, and are allowed. */
export function findLeftOutTests(source: Source): string[] {
  const found: string[] = [];
  walk(source.program, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      const { name } = node.callee;
      if (LEFT_OUT_ALIASES.has(name)) found.push(`${at(source, node.start)}: ${name}`);
    }
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return;
    // The innermost object: `test` in `test.describe.only`.
    let root = node.object;
    while (root.type === 'MemberExpression') root = root.object;
    if (root.type === 'Identifier' && TEST_FUNCTIONS.has(root.name) && LEFT_OUT.has(node.property.name)) {
      found.push(`${at(source, node.start)}: ${root.name}.${node.property.name}`);
    }
  });
  return found;
}

function at(source: Source, offset: number): string {
  return `${source.path}:${source.lineOf(offset)}`;
}

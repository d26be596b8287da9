import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, parseSync, visitorKeys } from 'oxc-parser';

/** One module that a file asks for, as written, without a query such as `?worker`. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A parsed file. Paths are relative to the repository root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly comments: readonly { readonly value: string; readonly line: number }[];
  readonly imports: readonly Import[];
  lineOf(offset: number): number;
}

/** Calls `see` with every node of a tree and its parent, parents first. */
export function walk(node: Node, see: (node: Node, parent: Node | null) => void): void {
  const visit = (at: Node, parent: Node | null): void => {
    see(at, parent);
    for (const key of visitorKeys[at.type] ?? []) {
      const child: unknown = Reflect.get(at, key);
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) visit(one, at);
    }
  };
  visit(node, null);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Parses one file. Throws where it does not parse. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  return {
    path,
    text,
    program,
    comments: comments.map(({ value, start }) => ({ value, line: lineOf(start) })),
    imports: importsOf(program, lineOf),
    lineOf,
  };
}

/** Every way to name another module; one that cannot be read off the text has the specifier `(computed)`. */
function importsOf(program: Node, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = [];
  const add = (node: Node, name: Node | null | undefined, typeOnly: boolean): void => {
    const literal = name?.type === 'Literal' && typeof name.value === 'string' ? name.value : undefined;
    found.push({
      specifier: literal?.replace(/\?.*$/, '') ?? '(computed)',
      typeOnly,
      line: lineOf(node.start),
    });
  };
  walk(program, (node) => {
    if (node.type === 'ImportDeclaration') {
      const names = node.specifiers;
      const eachIsType = names.every((name) => name.type === 'ImportSpecifier' && name.importKind === 'type');
      add(node, node.source, node.importKind === 'type' || (names.length > 0 && eachIsType));
    } else if (node.type === 'ExportNamedDeclaration' && node.source !== null) {
      const names = node.specifiers;
      const eachIsType = names.length > 0 && names.every((name) => name.exportKind === 'type');
      add(node, node.source, node.exportKind === 'type' || eachIsType);
    } else if (node.type === 'ExportAllDeclaration') {
      add(node, node.source, node.exportKind === 'type');
    } else if (node.type === 'ImportExpression') {
      add(node, node.source, false);
    } else if (node.type === 'TSImportType') {
      add(node, node.source, true);
    } else if (isUrlOfModule(node)) {
      add(node, node.arguments[0], false);
    } else if (isGlob(node)) {
      for (const name of globPatterns(node)) add(node, name, false);
    }
  });
  return found;
}

type NewNode = Extract<Node, { type: 'NewExpression' }>;
type CallNode = Extract<Node, { type: 'CallExpression' }>;

/** `new URL('./file', import.meta.url)`: how a bundler is told of a worker's file. */
function isUrlOfModule(node: Node): node is NewNode {
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier') return false;
  const base = node.arguments[1];
  return (
    node.callee.name === 'URL' && base?.type === 'MemberExpression' && base.object.type === 'MetaProperty'
  );
}

/** `import.meta.glob(pattern or patterns)`. */
function isGlob(node: Node): node is CallNode {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'MetaProperty' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'glob'
  );
}

function globPatterns(node: CallNode): (Node | null | undefined)[] {
  const pattern = node.arguments[0];
  return pattern?.type === 'ArrayExpression' ? pattern.elements : [pattern];
}

/** All .ts and .tsx files under a folder of the repository; none where the folder is not there. */
export function listSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file).replaceAll('\\', '/'))
    .sort();
}

/** Parses all .ts and .tsx files under some folders of the repository. */
export function readSources(...folders: readonly string[]): Source[] {
  return folders.flatMap(listSources).map((path) => parseSource(path, readFileSync(path, 'utf8')));
}

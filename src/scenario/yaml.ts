/** YAML text to plain data, within limits that keep a few hostile lines from unfolding to gigabytes. Never throws. */
import { type Alias, type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { type Problem, pathText } from './problem.ts';
import { firstLine, syntaxMessage } from './yaml-problem.ts';

/** Largest scenario text, in characters. */
export const MOST_TEXT = 1_048_576;
/** Aliases a text may resolve to. */
const MOST_ALIASES = 100;
/** Deepest nesting that is read: a scenario needs five levels. */
const DEEPEST = 64;
const TOO_DEEP = `expected at most ${DEEPEST} levels of nesting, met more`;

export type ReadYaml =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly document: Document.Parsed;
      readonly lines: LineCounter;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads one document of YAML 1.2. */
export function readYaml(text: string): ReadYaml {
  if (text.length > MOST_TEXT) {
    return one(`expected at most ${MOST_TEXT} characters, met ${text.length}`);
  }
  const lines = new LineCounter();
  const nul = text.indexOf('\0');
  if (nul >= 0) return one('a NUL character, expected YAML text in UTF-8', placeIn(text, nul));
  if (nestsTooDeep(text)) return one(TOO_DEEP);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    if (document.errors.length > 0) {
      if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return one(TOO_DEEP);
      return { ok: false, problems: syntaxProblems(document, text, lines) };
    }
    const loop = aliasInItself(document);
    if (loop !== undefined) {
      const message = `the alias ${pathText([loop.source])} stands inside what it names, expected a value`;
      return one(message, at(lines, loop.range?.[0] ?? 0));
    }
    return { ok: true, data: document.toJS({ maxAliasCount: MOST_ALIASES }), document, lines };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error), text, lines);
  }
}

/** 1-based place of an offset. */
export function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function one(message: string, place = { line: 1, column: 1 }): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ message, ...place }] };
}

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** One problem a line: the parser trips several times over the same mistake. */
function syntaxProblems({ errors }: Document.Parsed, text: string, lines: LineCounter): Problem[] {
  const found = new Map<number, Problem>();
  for (const error of errors) {
    const place = at(lines, error.pos[0]);
    if (!found.has(place.line)) found.set(place.line, { message: syntaxMessage(error, text), ...place });
  }
  return [...found.values()];
}

/** An alias whose anchor is on something around it. */
function aliasInItself(document: Document.Parsed): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias(_key, alias, path) {
      const isAround = path.some(
        (node) => isNode(node) && (node as { anchor?: string }).anchor === alias.source,
      );
      if (!isAround) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

function unreadable(reason: string, text: string, lines: LineCounter): ReadYaml {
  const unset = /^Unresolved alias .*: (.*)$/.exec(reason)?.[1];
  if (unset !== undefined) {
    const offset = Math.max(0, text.indexOf(`*${unset}`));
    return one(`the alias ${pathText([unset])} has no anchor before it, expected &NAME`, at(lines, offset));
  }
  if (/alias/i.test(reason)) return one(`expected at most ${MOST_ALIASES} aliases, met more`);
  if (/call stack/i.test(reason)) return one(TOO_DEEP);
  return one(`not readable as YAML: ${firstLine(reason)}`);
}

/** Flow collections nest by brackets, block ones by indentation of at least one column a level. */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) {
      if (++open > DEEPEST) return true;
    } else if ((c === 0x5d || c === 0x7d) && open > 0) open--;
  }
  return new RegExp(`^(?:[ ]{${DEEPEST * 4},}|(?:[-?] ?){${DEEPEST},})\\S`, 'm').test(text);
}

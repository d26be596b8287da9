/** Completion and hover help of the scenario text, out of the schema. */
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { hoverTooltip } from '@codemirror/view';
import { parseDocument } from 'yaml';
import { type FieldHelp, fieldAt, fieldsAt } from '../../scenario/field-help.ts';
import { pathText } from '../../scenario/problem.ts';
import { fieldOnLine, type Place, placeAt } from './path-at.ts';

/** What can be read of a text that is being written: the line with the cursor is left out. */
export function readableData(text: string, offset: number): unknown {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  // A list item that begins here must stay an item, or those after it would count one less.
  const dashes = /^\s*(?:-\s+)*/.exec(line)![0].trimEnd();
  const keepsKind = /^\s*-\s+kind:\s*\w+\s*$/.test(line);
  const without = text.slice(0, start) + (keepsKind ? line : dashes) + (end < 0 ? '' : text.slice(end));
  try {
    return parseDocument(without, { stringKeys: true }).toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    return {};
  }
}

/** Suggestions at a place; null where there is nothing to suggest. */
export function suggestions(text: string, offset: number): { place: Place; options: Completion[] } | null {
  const place = placeAt(text, offset);
  if (place === null) return null;
  const data = readableData(text, offset);
  const options = place.role === 'value' ? valueOptions(place, data) : keyOptions(place, data);
  return options.length > 0 ? { place, options } : null;
}

export function complete(context: CompletionContext): CompletionResult | null {
  const found = suggestions(context.state.doc.toString(), context.pos);
  if (found === null) return null;
  const { place, options } = found;
  // An empty line suggests only when asked; behind `key: ` there is always something to choose.
  if (place.from === context.pos && place.role === 'key' && !context.explicit) return null;
  return { from: place.from, options, validFor: /^[\w.+-]*$/ };
}

function keyOptions({ path, column }: Place, data: unknown): Completion[] {
  const present = new Set(keysAt(path, data));
  return fieldsAt(path, data)
    .filter(({ name }) => !present.has(name))
    .map((field) => {
      const deeper = `\n${' '.repeat(column + 2)}`;
      const tail = field.kind === 'map' ? `:${deeper}` : field.kind === 'list' ? `:${deeper}- ` : ': ';
      return {
        label: field.name,
        apply: field.name + tail,
        type: 'property',
        detail: field.required ? 'required' : shortDefault(field),
        info: field.description,
        boost: field.required ? 1 : 0,
      };
    });
}

function valueOptions({ path }: Place, data: unknown): Completion[] {
  const field = fieldAt(path, data);
  if (field === null) return [];
  const words = field.kind === 'flag' ? ['true', 'false'] : field.words;
  const options: Completion[] = words.map((word) => ({
    label: word,
    type: 'enum',
    detail: word === String(field.fallback) ? 'default' : '',
    info: field.description,
  }));
  if (options.length === 0 && isPlain(field.fallback)) {
    options.push(
      snippetCompletion(JSON.stringify(field.fallback), {
        label: JSON.stringify(field.fallback),
        type: 'constant',
        detail: 'default',
        info: field.description,
      }),
    );
  }
  return options;
}

function keysAt(path: Place['path'], data: unknown): string[] {
  let at = data;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return [];
    at = Reflect.get(at, key);
  }
  return typeof at === 'object' && at !== null ? Object.keys(at) : [];
}

const isPlain = (value: unknown) => typeof value === 'number' || typeof value === 'string';

function shortDefault({ fallback }: FieldHelp): string {
  return isPlain(fallback) || typeof fallback === 'boolean' ? `default ${String(fallback)}` : '';
}

/** Values a field takes, as one line; empty where its description says it all. */
export function rangeLine({ words, low, high, kind }: FieldHelp): string {
  if (words.length > 0) return words.join(' · ');
  if ((kind === 'integer' || kind === 'number') && low !== null && high !== null) {
    return `${low.toLocaleString('en')} to ${high.toLocaleString('en')}`;
  }
  return '';
}

export const hoverHelp = hoverTooltip((view, offset) => {
  const text = view.state.doc.toString();
  const line = fieldOnLine(text, offset);
  if (line === null) return null;
  const field = fieldAt(line.path, readableData(text, 0)) ?? null;
  if (field === null) return null;
  return {
    pos: line.from,
    end: line.to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-field-help';
      const name = document.createElement('b');
      name.textContent = pathText(line.path);
      dom.append(name, ...[field.description, rangeLine(field)].filter(Boolean).map(paragraph));
      return { dom };
    },
  };
});

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

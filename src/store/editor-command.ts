/** What runs in the page, as a command of `order0` that gives the same state without a browser. */
import { pathText } from '../scenario/problem.ts';
import { longForm } from '../scenario/short-forms.ts';

const RUN = 'npm run --silent order0 -- run';
/** More differences than this are not told one by one: the file is. */
const MOST_SETS = 8;

export interface Runnable {
  /** The preset the text came from, with its text as data; null for a scenario of one's own. */
  readonly preset: { readonly id: string; readonly data: unknown } | null;
  readonly data: unknown;
  /** File the text would be saved as. */
  readonly file: string;
}

/** `… run preset:ID --policy P --seed N --set K=V`, or `… run FILE` where the text is not a preset with a few fields changed. */
export function commandOf({ preset, data, file }: Runnable): string {
  const changed = preset === null ? null : changes(preset.data, data);
  if (preset === null || changed === null) return `${RUN} ${quoted(file)}`;
  const options = changed.map(([path, value]) => {
    if (path === 'policy.name') return `--policy ${quoted(String(value))}`;
    if (path === 'seed') return `--seed ${quoted(String(value))}`;
    return `--set ${quoted(`${path}=${JSON.stringify(value)}`)}`;
  });
  return [`${RUN} preset:${preset.id}`, ...options].join(' ');
}

/** The command that runs a link: the person's own acts are only there. */
export const linkCommand = (url: string) => `${RUN} ${quoted(url)}`;

/** A file name for a scenario's title: `one-slab.yaml`. */
export function fileNameOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 60) || 'scenario'}.yaml`;
}

/** Fields that say nothing to the engine. */
const TOLD_ONLY: ReadonlySet<string> = new Set(['title', 'summary', 'notes', 'questions', 'openAt']);

/** Scalars of `to` that differ from `from`, by path; null where more than that differs. */
function changes(from: unknown, to: unknown): (readonly [string, unknown])[] | null {
  const found: (readonly [string, unknown])[] = [];
  return collect(from, to, [], found) && found.length <= MOST_SETS ? found : null;
}

function collect(
  from: unknown,
  to: unknown,
  path: readonly (string | number)[],
  found: (readonly [string, unknown])[],
): boolean {
  if (JSON.stringify(from) === JSON.stringify(to)) return true;
  if (isMap(to) && !isMap(from)) from = longForm(path, from);
  if (isMap(to) && (isMap(from) || (from === undefined && path.length > 0))) {
    const old = isMap(from) ? from : {};
    const gone = Object.keys(old).some((key) => !Object.hasOwn(to, key));
    if (gone) return false;
    return Object.keys(to)
      .filter((key) => path.length > 0 || !TOLD_ONLY.has(key))
      .every((key) => collect(old[key], to[key], [...path, key], found));
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length && !to.every(isScalar)) {
    return to.every((item, i) => collect(from[i], item, [...path, i], found));
  }
  if (!isScalar(to) && !(Array.isArray(to) && to.every(isScalar))) return false;
  found.push([pathText(path), to]);
  return true;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown) => value === null || typeof value !== 'object';

/** For a shell: plain words as they are, the rest in single quotes. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

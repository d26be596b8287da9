/**
 * How a moment is looked at, as version 1 writes it: `layout=z`, `kind=anon`, `overlay=age`, and `view=` as `caches`,
 * `process.7`, `file.3`, `text.buddyinfo`, `plots`, `plots.100-200` (steps) or `why.5` (the order).
 */
import { LinkError, type Parameters } from './link.ts';
import { LINK_KINDS, LINK_OVERLAYS, LINK_PANES, LINK_TEXTS, type LinkView, type Looks } from './looks.ts';

/** Names this file reads and writes. */
export const LOOKS_NAMES = ['layout', 'kind', 'overlay', 'view'] as const;

const LAYOUTS = ['rows', 'z'] as const;
/** Largest number that names anything. */
const LARGEST = 0xfffffffe;

function writeView(view: LinkView): string {
  switch (view.kind) {
    case 'process':
      return `process.${view.process}`;
    case 'file':
      return `file.${view.file}`;
    case 'text':
      return `text.${view.text}`;
    case 'why':
      return `why.${view.order}`;
    case 'plots':
      return view.from === undefined ? 'plots' : `plots.${view.from}-${view.to ?? view.from}`;
    default:
      return view.kind;
  }
}

/** @throws LinkError */
function readView(written: string): LinkView {
  const pane = LINK_PANES.find((one) => one === written);
  if (pane !== undefined) return { kind: pane };
  if (written === 'plots') return { kind: 'plots' };
  const text = LINK_TEXTS.find((one) => written === `text.${one}`);
  if (text !== undefined) return { kind: 'text', text };
  const [, name, first = '', second = ''] = /^([a-z]+)\.(\d{1,10})(?:-(\d{1,10}))?$/.exec(written) ?? [];
  const [n, to] = [Number(first), Number(second)];
  if (name !== undefined && n <= LARGEST && to <= LARGEST) {
    if (name === 'plots' && second !== '' && n <= to) return { kind: 'plots', from: n, to };
    if (second === '') {
      if (name === 'process') return { kind: 'process', process: n };
      if (name === 'file') return { kind: 'file', file: n };
      if (name === 'why') return { kind: 'why', order: n };
    }
  }
  throw new LinkError(
    `view: expected a pane such as caches, plots, plots.FROM-TO, process.N, file.N, why.ORDER or text.NAME, met ${clip(written)}`,
  );
}

/** Parameters of what is there, in the order people read them. */
export function* writeLooks({ layout, kind, overlay, view }: Looks): Generator<readonly [string, string]> {
  if (layout !== undefined) yield ['layout', layout];
  if (kind !== undefined) yield ['kind', kind];
  if (overlay !== undefined) yield ['overlay', overlay];
  if (view !== undefined) yield ['view', writeView(view)];
}

/** Inverse of {@link writeLooks}. @throws LinkError */
export function readLooks(from: Parameters): Looks {
  const view = from.get('view');
  return {
    ...one(from, 'layout', LAYOUTS),
    ...one(from, 'kind', LINK_KINDS),
    ...one(from, 'overlay', LINK_OVERLAYS),
    ...(view === undefined ? {} : { view: readView(view) }),
  };
}

function one<N extends string, T extends string>(
  from: Parameters,
  name: N,
  known: readonly T[],
): Partial<Record<N, T>> {
  const written = from.get(name);
  if (written === undefined) return {};
  const found = known.find((value) => value === written);
  if (found !== undefined) return { [name]: found } as Partial<Record<N, T>>;
  throw new LinkError(`${name}: expected one of ${known.join(', ')}, met ${clip(written)}`);
}

function clip(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
}

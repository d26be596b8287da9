/**
 * Version 1 of links, the current one. Once a version 2 exists this file is frozen: links of version 1 are read
 * by it and nothing else.
 */
import { POLICY_IDS, type PolicyId } from '../../engine/config.ts';
import { readEdits, writeEdits } from './edits-v1.ts';
import { EXPERIMENT_NAMES, readExperiment, writeExperiment } from './experiment-v1.ts';
import {
  type Beside,
  LINK_PAGES,
  LinkError,
  type LinkPage,
  type LinkState,
  MOST_BESIDE,
  type Parameters,
} from './link.ts';
import { LOOKS_NAMES, readLooks, writeLooks } from './looks-v1.ts';
import { packText, unpackText } from './payload.ts';
import { readSelection, writeSelection } from './select-v1.ts';
import { readZoom, writeZoom } from './zoom-v1.ts';

const BESIDE: readonly Beside[] = [...POLICY_IDS, 'no-edits'];

/** From this length on edits are compressed. */
const LONG_EDITS = 400;

/** Parameters of a state, in the order people read them. Defaults and absent fields never appear. */
export function toParameters(state: LinkState): Map<string, string> {
  const to = new Map<string, string>();
  if (state.preset !== undefined) to.set('preset', state.preset);
  if (state.text !== undefined) to.set('s', packText(state.text));
  if (state.policy !== undefined) to.set('policy', state.policy);
  if (state.seed !== undefined) to.set('seed', String(state.seed));
  if (state.step !== undefined) to.set('step', String(state.step));
  if (state.event) to.set('event', String(state.event));
  if (state.select !== undefined) to.set('select', writeSelection(state.select));
  if (state.zoom !== undefined) to.set('zoom', writeZoom(state.zoom));
  for (const [name, value] of writeLooks(state)) to.set(name, value);
  if (state.edits?.length) {
    const edits = writeEdits(state.edits);
    to.set('e', edits.length > LONG_EDITS ? packText(edits) : edits);
  }
  if (state.compare?.length) to.set('compare', state.compare.join(','));
  if (state.page !== undefined) to.set('page', state.page);
  if (state.experiment !== undefined) {
    for (const [name, value] of writeExperiment(state.experiment)) to.set(name, value);
  }
  if (state.engine !== undefined) to.set('engine', state.engine);
  if (state.hash !== undefined) to.set('hash', state.hash);
  return to;
}

/** Names this version knows. */
export const KNOWN = [
  'preset',
  's',
  'policy',
  'seed',
  'step',
  'event',
  'select',
  'zoom',
  ...LOOKS_NAMES,
  'e',
  'compare',
  'page',
  'engine',
  'hash',
  ...EXPERIMENT_NAMES,
] as const;

/** Inverse of {@link toParameters}. Unknown names are left to the caller. @throws LinkError */
export function fromParameters(from: Parameters): LinkState {
  const preset = from.get('preset');
  const packed = from.get('s');
  if ((preset === undefined) === (packed === undefined)) {
    throw new LinkError(`expected preset= or s=, met ${preset === undefined ? 'neither' : 'both'}`);
  }
  const policy = from.get('policy');
  const select = from.get('select');
  const zoom = from.get('zoom');
  const edits = from.get('e');
  const compare = from.get('compare');
  const page = from.get('page');
  const engine = from.get('engine');
  const hash = from.get('hash');
  const experiment = readExperiment(from);
  return {
    ...(preset === undefined
      ? {}
      : { preset: expectText('preset', preset, /^[a-z0-9-]{1,64}$/, 'a preset id') }),
    ...(packed === undefined ? {} : { text: unpackText(packed, 's') }),
    ...(policy === undefined ? {} : { policy: expectPolicy(policy) }),
    ...number(from, 'seed', Number.MAX_SAFE_INTEGER),
    ...number(from, 'step', 0xffffffff),
    ...number(from, 'event', 0xffffffff),
    ...(select === undefined ? {} : { select: readSelection(select) }),
    ...(zoom === undefined ? {} : { zoom: readZoom(zoom) }),
    ...readLooks(from),
    ...(edits === undefined
      ? {}
      : { edits: readEdits(edits.startsWith('d.') ? unpackText(edits, 'e') : edits) }),
    ...(compare === undefined ? {} : { compare: expectBeside(compare) }),
    ...(page === undefined ? {} : { page: expectPage(page) }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(engine === undefined
      ? {}
      : { engine: expectText('engine', engine, /^[0-9A-Za-z.+-]{1,64}$/, 'a version') }),
    ...(hash === undefined ? {} : { hash: expectText('hash', hash, /^[0-9a-f]{16}$/, '16 hex digits') }),
  };
}

function number<K extends 'seed' | 'step' | 'event'>(
  from: Parameters,
  name: K,
  most: number,
): Partial<Record<K, number>> {
  const written = from.get(name);
  if (written === undefined) return {};
  const value = /^\d{1,16}$/.test(written) ? Number(written) : Number.NaN;
  if (!(value <= most)) {
    throw new LinkError(`${name}: expected an integer from 0 to ${most}, met ${clip(written)}`);
  }
  return { [name]: value } as Partial<Record<K, number>>;
}

function expectPolicy(written: string): PolicyId {
  const known = POLICY_IDS.find((id) => id === written);
  if (known !== undefined) return known;
  throw new LinkError(`policy: expected one of ${POLICY_IDS.join(', ')}, met ${clip(written)}`);
}

function expectBeside(written: string): readonly Beside[] {
  const names = written.split(',');
  if (names.length > MOST_BESIDE) {
    throw new LinkError(`compare: expected at most ${MOST_BESIDE} runs, met ${names.length}`);
  }
  return names.map((name) => {
    const known = BESIDE.find((one) => one === name);
    if (known !== undefined) return known;
    throw new LinkError(`compare: expected runs out of ${BESIDE.join(', ')}, met ${clip(name)}`);
  });
}

function expectPage(written: string): LinkPage {
  const known = LINK_PAGES.find((page) => page === written);
  if (known !== undefined) return known;
  throw new LinkError(`page: expected one of ${LINK_PAGES.join(', ')}, met ${clip(written)}`);
}

function expectText(name: string, written: string, pattern: RegExp, what: string): string {
  if (pattern.test(written)) return written;
  throw new LinkError(`${name}: expected ${what}, met ${clip(written)}`);
}

function clip(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
}

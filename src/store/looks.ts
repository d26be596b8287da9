/** What of the page is in a link: read out of the state, and put back. */
import { SHOWN } from '../analysis/shown.ts';
import { LINK_KINDS, type LinkView, type Looks } from '../scenario/links/looks.ts';
import type { KernelTab, Looking, Opened } from '../worker/protocol.ts';
import type { Pane } from './looking.ts';
import { selectionOf, trailOf, visitOf } from './selection.ts';
import type { LabState } from './state.ts';

type LookedAt = Pick<
  LabState,
  | 'trail'
  | 'zoom'
  | 'compareWith'
  | 'experimentsOpen'
  | 'experimentChoice'
  | 'layoutMode'
  | 'solo'
  | 'overlay'
  | 'kernelTab'
  | 'plotsOpen'
  | 'plotRange'
  | 'askedWhy'
>;

/** The one thing that is open beside the picture; what covers the most counts. */
function viewOf(state: LookedAt): LinkView | null {
  const { plotsOpen, plotRange, kernelTab, askedWhy } = state;
  if (plotsOpen) return { kind: 'plots', ...plotRange };
  if (kernelTab !== null) return { kind: 'text', text: kernelTab };
  const pane = visitOf(state)?.pane;
  if (pane !== undefined) return pane.kind === 'page' ? null : (pane as LinkView);
  return askedWhy === null ? null : { kind: 'why', order: askedWhy.order };
}

function looksOf(state: LookedAt): Looks {
  const { layoutMode, overlay } = state;
  const kind = LINK_KINDS.find((name) => SHOWN[name] === state.solo);
  const view = viewOf(state);
  return {
    ...(layoutMode === null ? {} : { layout: layoutMode }),
    ...(kind === undefined ? {} : { kind }),
    ...(overlay === 'none' ? {} : { overlay }),
    ...(view === null ? {} : { view }),
  };
}

/** Part of a `share` request: what is selected, zoomed in to, compared with, open, and the experiment where its pane is open. */
export function lookingPart(state: LookedAt): Partial<Looking> {
  const select = selectionOf(state);
  const { zoom, compareWith } = state;
  const experiment = state.experimentsOpen ? state.experimentChoice : null;
  return {
    ...(select === null ? {} : { select }),
    ...(zoom === null ? {} : { zoom }),
    ...(compareWith.length === 0 ? {} : { compare: compareWith }),
    ...(experiment === null ? {} : { experiment }),
    ...looksOf(state),
  };
}

/** Whether a link of the one says something else than a link of the other. */
export const looksOther = (a: LookedAt, b: LookedAt): boolean =>
  LOOKED_AT.some((name) => a[name] !== b[name]);

const LOOKED_AT = [
  'trail',
  'zoom',
  'layoutMode',
  'solo',
  'overlay',
  'kernelTab',
  'plotsOpen',
  'plotRange',
  'askedWhy',
  'experimentsOpen',
  'experimentChoice',
] as const satisfies readonly (keyof LookedAt)[];

const isText = (view: LinkView | undefined): view is LinkView & { readonly kind: 'text' } =>
  view?.kind === 'text';

function paneOf(view: LinkView | undefined): Pane | null {
  if (view === undefined || view.kind === 'text' || view.kind === 'plots' || view.kind === 'why') return null;
  return view;
}

/** What a link shows: all that it says, and nothing of what was looked at before. */
function linkLook({ looks, select, zoom, compare, experiment, page, length, policy }: Opened, now: LabState) {
  const { layout, kind, overlay, view } = looks;
  const pane = paneOf(view);
  const plots = view?.kind === 'plots' ? view : null;
  const kernelTab: KernelTab | null = isText(view) ? view.text : null;
  const to = Math.min(plots?.to ?? 0, length);
  const range = plots?.from !== undefined && plots.from < to ? { from: plots.from, to } : null;
  const covers = now.panel === 'mail' || now.panel === 'limits';
  return {
    trail: pane === null ? trailOf(select) : [{ selection: select, pane }],
    zoomTo: { zoom },
    compareWith: compare,
    experimentsOpen: experiment !== null,
    ...(experiment === null ? {} : { experimentChoice: experiment }),
    layoutMode: layout ?? null,
    solo: kind === undefined ? null : SHOWN[kind],
    // Only the mobility policies have pageblocks to be shown.
    overlay: overlay === 'pageblocks' && !policy.startsWith('mobility') ? 'none' : (overlay ?? 'none'),
    kernelTab,
    plotsOpen: plots !== null && experiment === null,
    plotRange: range,
    ...(page === null ? (covers ? { panel: null } : {}) : { panel: page }),
  } satisfies Partial<LabState>;
}

/** What something newly opened is looked at with; a scenario or a recording keeps the ways of looking. */
export function lookOf(opened: Opened, isLink: boolean, now: LabState): Partial<LabState> {
  const fresh = { inspection: null, find: null, scene: null } satisfies Partial<LabState>;
  if (isLink) return { ...fresh, ...linkLook(opened, now) };
  return { ...fresh, trail: [], zoomTo: { zoom: null } };
}

/** The order whose failure a link explains; null where it is of something else. */
export const whyOf = ({ looks: { view } }: Opened): number | null =>
  view?.kind === 'why' ? view.order : null;

/**
 * Pulls what the open view says about the moment shown: one request at a time, and of several wishes only the latest.
 * So a selection follows while the run plays, and never holds it up.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Position, Subject } from '../worker/protocol.ts';
import type { EnginePort } from './engine-port.ts';
import type { Inspection, Pane, Visit } from './looking.ts';
import type { LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

/** LRU pages told of each list. */
const LRU_SAMPLE = 120;

/** What a pane asks about, beside the selection's own page. */
function subjectsOf(pane: Pane, pfn: number | null): readonly Subject[] {
  const ofPage: readonly Subject[] =
    pfn === null
      ? []
      : [
          { view: 'page', pfn },
          { view: 'acts', pfn },
        ];
  switch (pane.kind) {
    case 'page':
      return pfn === null
        ? []
        : [...ofPage, { view: 'slab', pfn }, { view: 'object-slab', pfn }, { view: 'cpus' }];
    case 'slab':
    case 'block':
      return pfn === null ? [] : [{ view: pane.kind, pfn }, ...ofPage];
    case 'objects':
      return pfn === null ? [] : [{ view: 'object-slab', pfn }, ...ofPage];
    case 'process':
      return [{ view: 'process', process: pane.process }, ...ofPage];
    case 'file':
      return [{ view: 'file', file: pane.file }, ...ofPage];
    case 'caches':
      return [{ view: 'caches' }, { view: 'cpus' }, ...ofPage];
    case 'zones':
      return [{ view: 'zones' }, { view: 'lru', limit: LRU_SAMPLE }, ...ofPage];
    case 'boot':
    case 'cpus':
    case 'pools':
      return [{ view: pane.kind }, ...ofPage];
    default:
      return ofPage;
  }
}

export function createInspection(store: StoreApi<LabState>, port: EnginePort, tasks: Tasks): void {
  const { getState, setState } = store;
  let wanted = false;
  let busy = false;

  const lookAt = async (visit: Visit, at: Position): Promise<Inspection> => {
    const { selection, pane } = visit;
    const owner = selection === null || selection.kind === 'page' ? null : selection;
    const [where] =
      owner === null ? [] : await port.request({ type: 'inspect', at, what: [{ view: 'where', owner }] });
    const place = where?.view === 'where' ? where : null;
    const pfn = selection?.kind === 'page' ? selection.pfn : (place?.pfn ?? null);
    const what = subjectsOf(pane, pfn);
    const reports = what.length === 0 ? [] : await port.request({ type: 'inspect', at, what });
    return { visit, at, pfn, where: place, reports };
  };

  const look = async () => {
    const { frame, trail, find } = getState();
    const visit = trail.at(-1);
    if (visit === undefined || frame === null) {
      if (getState().inspection !== null) setState({ inspection: null });
    } else {
      // A frame number of another machine, for one, is refused: then there is nothing to show.
      const inspection = await lookAt(visit, frame.at).catch(() => null);
      if (getState().trail.at(-1) === visit) setState({ inspection });
    }
    if (find !== null && frame !== null && find.query.trim() !== '') {
      const { query } = find;
      const found = await port.request({ type: 'find-pages', at: frame.at, query }).catch(() => null);
      if (getState().find?.query === query) setState({ find: { query, found } });
    }
  };

  const run = async () => {
    busy = true;
    while (wanted) {
      wanted = false;
      await look();
    }
    busy = false;
  };

  store.subscribe((now, before) => {
    const asked = now.find?.query !== before.find?.query;
    if (now.frame === before.frame && now.trail === before.trail && !asked) return;
    if (now.trail.length === 0 && now.find === null && now.inspection === null) return;
    wanted = true;
    if (!busy) void tasks.track(run());
  });
}

/** The open view: its name, the way back, the other views of the same page, and what the engine says of it. */
import './visited.css';
import './cells.css';
import '../views/views.css';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Inspection, Pane, Visit } from '../../store/looking.ts';
import { selectionFor } from '../../store/selection.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { useLayout } from '../layout-in-force.ts';
import { BootPane } from '../views/BootPane.tsx';
import { CachesPane } from '../views/CachesPane.tsx';
import { CostsPane } from '../views/CostsPane.tsx';
import { CpusPane } from '../views/CpusPane.tsx';
import { CreepPane } from '../views/CreepPane.tsx';
import { EditsPane } from '../views/EditsPane.tsx';
import { FindPane } from '../views/FindPane.tsx';
import { PoolsPane } from '../views/PoolsPane.tsx';
import { hasPools } from '../views/pools.ts';
import { SearchPane } from '../views/SearchPane.tsx';
import { ZonesPane } from '../views/ZonesPane.tsx';
import { pfnText, sentence } from '../words.ts';
import { BlockPane } from './BlockPane.tsx';
import { FilePane } from './FilePane.tsx';
import { Look } from './Look.tsx';
import { ObjectsPane } from './ObjectsPane.tsx';
import { PagePane } from './PagePane.tsx';
import { ProcessPane } from './ProcessPane.tsx';
import { absence, reportOf } from './reports.ts';
import { SlabPane } from './SlabPane.tsx';

type Kind = Pane['kind'];

const OF_PAGE: readonly (readonly [Kind & ('page' | 'slab' | 'block' | 'objects'), string])[] = [
  ['page', 'Page'],
  ['slab', 'Slab'],
  ['block', 'Block'],
  ['objects', 'Objects'],
];
const OF_MACHINE: readonly (readonly [
  Kind & ('caches' | 'zones' | 'cpus' | 'creep' | 'search' | 'costs' | 'boot' | 'pools' | 'edits' | 'find'),
  string,
])[] = [
  ['caches', 'Caches'],
  ['zones', 'Zones, LRU'],
  ['cpus', 'CPUs'],
  ['creep', 'Creep'],
  ['search', 'Search'],
  ['costs', 'Costs'],
  ['boot', 'Boot'],
  ['pools', 'Mempools'],
  ['edits', 'Edits'],
  ['find', 'Find'],
];

const isOfPage = (pane: Pane) => OF_PAGE.some(([kind]) => kind === pane.kind);

function titleOf(pane: Pane, pfn: string | null, slab: string | null): string {
  switch (pane.kind) {
    case 'page':
      return pfn === null ? 'Not resident here' : `Page ${pfn}`;
    case 'slab':
      return `Slab ${slab ?? ''}`.trim();
    case 'block':
      return `Block of ${pfn ?? 'the page'}`;
    case 'objects':
      return `Inside page ${pfn ?? ''}`.trim();
    case 'process':
      return `Process ${pane.process}`;
    case 'file':
      return `File ${pane.file}`;
    case 'caches':
      return 'Caches';
    case 'zones':
      return 'Zones and LRU';
    case 'cpus':
      return 'Per CPU';
    case 'creep':
      return 'Kernel memory creeps';
    case 'search':
      return 'Search and its cost';
    case 'costs':
      return 'Costs';
    case 'boot':
      return 'Before the caches';
    case 'pools':
      return 'Mempools';
    case 'edits':
      return 'Edits';
    case 'find':
      return 'Find pages';
  }
}

function bodyOf(pane: Pane, inspection: Inspection | null): ReactNode {
  if (pane.kind === 'edits') return <EditsPane />;
  if (pane.kind === 'find') return <FindPane />;
  if (pane.kind === 'costs') return <CostsPane />;
  if (pane.kind === 'creep') return <CreepPane />;
  if (pane.kind === 'search') return <SearchPane />;
  if (inspection === null) return null;
  const page = reportOf(inspection, 'page');
  const slab = reportOf(inspection, 'slab');
  const block = reportOf(inspection, 'block');
  const objects = reportOf(inspection, 'object-slab');
  const process = reportOf(inspection, 'process');
  const file = reportOf(inspection, 'file');
  if (pane.kind === 'page' && page) return <PagePane page={page} inspection={inspection} />;
  if (slab) return <SlabPane slab={slab} selected={inspection.pfn} />;
  if (block) return <BlockPane block={block} />;
  if (objects) return <ObjectsPane objects={objects} />;
  if (process) return <ProcessPane report={process} />;
  if (file) return <FilePane report={file} />;
  if (pane.kind === 'caches') return <CachesPane inspection={inspection} />;
  const boot = reportOf(inspection, 'boot');
  if (boot) return <BootPane boot={boot} />;
  const pools = reportOf(inspection, 'pools');
  if (pools) return <PoolsPane report={pools} />;
  if (pane.kind === 'cpus') return <CpusPane inspection={inspection} />;
  if (pane.kind === 'zones') return <ZonesPane inspection={inspection} />;
  const reason = absence(inspection) ?? inspection.where?.reason ?? '';
  return reason === '' ? null : <p className="absent-reason">{sentence(reason)}</p>;
}

/** What is followed, and the way to the other of frame and owner. */
function Following({ visit, inspection }: { readonly visit: Visit; readonly inspection: Inspection }) {
  const { selecting } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { selection } = visit;
  const page = reportOf(inspection, 'page');
  if (selection === null) return null;
  if (selection.kind !== 'page') {
    const { where, pfn } = inspection;
    return (
      <p className="muted small following">
        {where?.ownerText}
        {pfn !== null && where?.reason ? `, ${where.reason}` : ''}: followed wherever it goes.{' '}
        {pfn !== null && (
          <button type="button" className="link-word" onClick={() => selecting.follow({ kind: 'page', pfn })}>
            Stay at the frame
          </button>
        )}
      </p>
    );
  }
  const owner = page === null ? null : selectionFor(page.owner, selection.pfn);
  return (
    <p className="muted small following">
      The frame {pfnText(selection.pfn, pages)}, whoever has it.{' '}
      {owner !== null && owner.kind !== 'page' && (
        <button type="button" className="link-word" onClick={() => selecting.follow(owner)}>
          Follow {page?.ownerText}
        </button>
      )}
    </p>
  );
}

function Tabs({ visit, isObjects }: { readonly visit: Visit; readonly isObjects: boolean }) {
  const { selecting } = useLab();
  const isPooled = useLabState((state) => hasPools(state.opened));
  const { pane, selection } = visit;
  const views =
    isOfPage(pane) || (selection !== null && (pane.kind === 'process' || pane.kind === 'file'))
      ? OF_PAGE.filter(([kind]) => kind !== 'objects' || isObjects || pane.kind === 'objects')
      : OF_MACHINE.filter(([kind]) => kind === pane.kind || kind !== 'pools' || isPooled);
  return (
    <nav aria-label="Views" className="pane-tabs">
      {views.map(([kind, text]) => (
        <button
          key={kind}
          type="button"
          className="word-btn"
          aria-current={pane.kind === kind ? 'true' : undefined}
          onClick={() => selecting.show({ kind })}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}

export function Visited({ visit }: { readonly visit: Visit }) {
  const { selecting, store } = useLab();
  const panel = useRef<HTMLElement>(null);
  const latest = useLabState((state) => state.inspection);
  const steps = useLabState((state) => state.trail.length);
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const isInFull = useLabState((state) => state.pageInFull);
  const layout = useLayout();
  const canWiden = (layout === 'wide' || layout === 'large') && visit.pane.kind === 'page';
  const inspection = latest?.visit === visit ? latest : null;
  const { pane } = visit;
  const page = reportOf(inspection, 'page');
  const slab = reportOf(inspection, 'slab');
  const name = (pfn: number | null | undefined) => (pfn == null ? null : pfnText(pfn, pages));

  // What was pressed may be gone now: the keyboard goes on from here.
  useEffect(() => {
    if (visit !== null && document.activeElement === document.body)
      panel.current?.focus({ preventScroll: true });
  }, [visit]);

  return (
    <section className="visited" aria-labelledby="visited" ref={panel} tabIndex={-1}>
      <header>
        {page !== null && isOfPage(pane) && <Look look={page.look} size={26} />}
        <div>
          <h2 id="visited">{titleOf(pane, name(inspection?.pfn), name(slab?.pfn))}</h2>
          {page !== null && isOfPage(pane) && (
            <p className="lede small">
              {page.what}, ZONE_{page.zone.toUpperCase()}
            </p>
          )}
        </div>
        <span className="pane-buttons">
          {reportOf(inspection, 'acts') !== null && isOfPage(pane) && (
            <button
              type="button"
              className="btn small-btn"
              aria-haspopup="menu"
              aria-keyshortcuts="M"
              onClick={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                store.setState({ menu: { x: box.left, y: box.bottom + 4 } });
              }}
            >
              Act<KeyHint>M</KeyHint>
            </button>
          )}
          {canWiden && (
            <button
              type="button"
              className="word-btn"
              aria-pressed={isInFull}
              onClick={() => store.setState({ pageInFull: !isInFull })}
            >
              In full
            </button>
          )}
          {steps > 1 && (
            <button type="button" className="word-btn" onClick={() => selecting.back()}>
              Back
            </button>
          )}
          <button
            type="button"
            className="word-btn"
            aria-keyshortcuts="Escape"
            onClick={() => selecting.clear()}
          >
            Close
          </button>
        </span>
      </header>
      <Tabs visit={visit} isObjects={page?.kind === 'objSlab'} />
      {inspection !== null && isOfPage(pane) && <Following visit={visit} inspection={inspection} />}
      {bodyOf(pane, inspection)}
    </section>
  );
}

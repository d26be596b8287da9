/** Per CPU: what its arrays hold and did, what they keep from being free, and the switches that decide it. */
import type { Inspection } from '../../store/looking.ts';
import { Facts } from '../inspector/Facts.tsx';
import { PageLink } from '../inspector/links.tsx';
import { type ReportOf, reportOf } from '../inspector/reports.ts';
import { useLabState } from '../lab-context.ts';
import { count, memorySize, pagesText, percent, plural } from '../words.ts';
import { ArrayBars, ListBars } from './CpuBars.tsx';
import { ChoiceField, NumberField, TakeBack, useFieldChange } from './FieldInput.tsx';

type Cpus = ReportOf<'cpus'>;
type Arrays = Extract<Cpus, { kind: 'arrays' }>;
type Lists = Extract<Cpus, { kind: 'lists' }>;
type Did = Arrays['caches'][number]['cpus'][number]['did'];

const MOST_CPUS = 64;
/** Slabs named one by one. */
const NAMED = 8;

/** Events of the step that move pages in and out of arrays and lists. */
const MOVES = {
  arrayRefill: 'refill',
  arrayFlush: 'flush',
  arraysDrained: 'drain of all arrays',
  cacheReap: 'reap',
  pcpRefill: 'refill',
  pcpDrain: 'drain',
} as const;
const isMove = (type: string): type is keyof typeof MOVES => Object.hasOwn(MOVES, type);

function Switches() {
  const cpus = useLabState((state) => state.opened?.machine.cpus ?? 1);
  const drainFirst = useLabState((state) => state.opened?.machine.drainFirst ?? null);
  const change = useFieldChange();
  return (
    <p className="field-line">
      <span className="small">
        CPUs{' '}
        <NumberField
          label="CPUs"
          value={cpus}
          low={1}
          high={MOST_CPUS}
          onChange={(n) => change(() => [[['machine', 'cpus'], n]])}
        />
      </span>
      {drainFirst !== null && (
        <ChoiceField
          label="Drain arrays before choosing a slab"
          value={String(drainFirst)}
          choices={[
            ['true', 'yes'],
            ['false', 'no'],
          ]}
          onChange={(word) => change(() => [[['policy', 'drainFirst'], word === 'true']])}
        />
      )}
      <TakeBack />
    </p>
  );
}

function Slabs({ pfns }: { readonly pfns: readonly number[] }) {
  const size = useLabState((state) => 1 << (state.opened?.machine.slabOrder ?? 0));
  if (pfns.length === 0) return 'none';
  return (
    <>
      {count(pfns.length)}, {memorySize(pfns.length * size)}:{' '}
      {pfns.slice(0, NAMED).map((pfn) => (
        <span key={pfn}>
          <PageLink pfn={pfn} pane={{ kind: 'slab' }} frame />{' '}
        </span>
      ))}
      {pfns.length > NAMED && `and ${count(pfns.length - NAMED)} more`}
    </>
  );
}

function HeldBack({ report }: { readonly report: Arrays }) {
  const parked = report.caches.reduce((sum, { held }) => sum + held.parked, 0);
  const empty = report.caches.flatMap(({ held }) => held.slabs);
  const blocked = report.caches.flatMap(({ held }) => held.blocked);
  return (
    <section className="pane-part">
      <h3>What they hold back</h3>
      <Facts
        caption="What the arrays hold back"
        lines={[
          ['Pages parked', count(parked)],
          ['Slabs that only they keep from being empty', <Slabs key="empty" pfns={empty} />],
          ['Slabs that only they keep from reclaim', <Slabs key="blocked" pfns={blocked} />],
        ]}
      />
    </section>
  );
}

/** A row a CPU: its hits, refills, flushes and drains over all caches or zones. */
function Figures({ rows, caption }: { readonly rows: readonly Did[]; readonly caption: string }) {
  return (
    <table className="account cpu-figures">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">hits</th>
          <th scope="col">rate</th>
          <th scope="col">refills</th>
          <th scope="col">flushes</th>
          <th scope="col">drains</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ hits, refills, flushes, drains }, cpu) => (
          // A CPU is its number.
          <tr key={cpu}>
            <th scope="row" className="mono">
              cpu {cpu}
            </th>
            <td className="num">{count(hits)}</td>
            <td className="num">{hits + refills === 0 ? '·' : percent(hits, hits + refills)}</td>
            <td className="num">{count(refills)}</td>
            <td className="num">{count(flushes)}</td>
            <td className="num">{count(drains)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ZERO: Did = { hits: 0, refills: 0, sharedHits: 0, flushes: 0, drains: 0, pagesIn: 0, pagesOut: 0 };

/** Figures by CPU, added up over caches or zones. */
function byCpu(all: readonly (readonly { readonly did: Did }[])[]): Did[] {
  const keys = Object.keys(ZERO) as (keyof Did)[];
  return (all[0] ?? []).map((_, cpu) =>
    all.reduce<Did>((sum, cpus) => {
      const did = cpus[cpu]?.did ?? ZERO;
      return Object.fromEntries(keys.map((key) => [key, sum[key] + did[key]])) as unknown as Did;
    }, ZERO),
  );
}

function ThisStep() {
  const trace = useLabState((state) => state.detail?.trace ?? null);
  const moves = (trace ?? []).filter(({ type }) => isMove(type));
  if (moves.length === 0) return <p className="muted small">Nothing moved in or out in this step.</p>;
  const lines = new Map<string, { times: number; pages: number }>();
  for (const { type, cpu, a, b } of moves) {
    if (!isMove(type)) continue;
    const everyCpu = type === 'arraysDrained' || type === 'cacheReap';
    const name = everyCpu ? MOVES[type] : `${MOVES[type]} of cpu ${cpu}`;
    const line = lines.get(name) ?? { times: 0, pages: 0 };
    // The lists tell pages first, the arrays their cache.
    const pages = type === 'pcpRefill' || type === 'pcpDrain' ? a : b;
    lines.set(name, { times: line.times + 1, pages: line.pages + pages });
  }
  return (
    <ul className="small">
      {[...lines].map(([name, { times, pages }]) => (
        <li key={name}>
          {count(times)} × {name}: {name === MOVES.cacheReap ? plural(pages, 'slab') : pagesText(pages)}
        </li>
      ))}
    </ul>
  );
}

function ArraysPart({ report }: { readonly report: Arrays }) {
  const rows = byCpu(report.caches.map(({ cpus }) => cpus));
  return (
    <>
      <HeldBack report={report} />
      <section className="pane-part">
        <h3>Since boot</h3>
        <Figures rows={rows} caption="What each CPU’s arrays did" />
        <p className="muted small">The shared arrays served {plural(report.sharedHits, 'refill')}.</p>
      </section>
      {report.caches
        .filter(({ held }) => held.parked > 0)
        .map((arrays) => (
          <section className="pane-part" key={arrays.cache}>
            <h3>
              {arrays.name}, ZONE_{arrays.zone.toUpperCase()}
            </h3>
            <ArrayBars arrays={arrays} />
          </section>
        ))}
    </>
  );
}

function ListsPart({ report }: { readonly report: Lists }) {
  const waiting = report.zones.flatMap(({ cpus }) => cpus).flatMap(({ hot, cold }) => [hot, cold]);
  const pages = waiting.reduce((sum, { pfns }) => sum + pfns.length, 0);
  const isTyped = report.zones.some(({ cpus }) => cpus.some(({ typed }) => typed.length > 0));
  return (
    <>
      <p className="small">
        {pagesText(pages)} wait on {isTyped ? 'lists by type and order' : 'hot and cold lists'}: free, but in
        no block that a larger request can have.
      </p>
      <section className="pane-part">
        <h3>Since boot</h3>
        <Figures rows={byCpu(report.zones.map(({ cpus }) => cpus))} caption="What each CPU’s lists did" />
      </section>
      <ListBars report={report} />
    </>
  );
}

export function CpusPane({ inspection }: { readonly inspection: Inspection }) {
  const report = reportOf(inspection, 'cpus');
  if (report === null) return null;
  return (
    <>
      <Switches />
      <section className="pane-part">
        <h3>This step</h3>
        <ThisStep />
      </section>
      {report.kind === 'arrays' ? <ArraysPart report={report} /> : <ListsPart report={report} />}
    </>
  );
}

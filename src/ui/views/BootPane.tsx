/** What is there before the caches exist, and what can never be in a slab: "ignoring bootstrap issues for now". */
import { Facts } from '../inspector/Facts.tsx';
import { PageLink, StepLink } from '../inspector/links.tsx';
import type { ReportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, memorySize, pagesText, pfnText, plural } from '../words.ts';

type Boot = ReportOf<'boot'>;
type Slabs = NonNullable<Boot['slabs']>;

const WIDTH = 320;
const HEIGHT = 26;
/** Descriptor pages named one by one. */
const NAMED = 12;

const STATE_WORDS = {
  taken: 'boot has all of it',
  cut: 'no slab can fill it',
  whole: 'a slab may fill it',
} as const satisfies Record<Boot['runs'][number]['state'], string>;

/** Memory from its first page to its last, by what boot leaves of each window. */
function Windows({ boot }: { readonly boot: Boot }) {
  const { store } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 1);
  const x = (pfn: number) => (pfn / pages) * WIDTH;
  const told = boot.runs
    .map(({ windows, state }) => `${plural(windows, 'window')}: ${STATE_WORDS[state]}`)
    .slice(0, 8)
    .join('; ');
  return (
    <svg
      className="boot-windows"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Step 0, windows of ${pagesText(boot.windowPages)} by address. ${told}`}
    >
      {boot.runs.map(({ pfn, windows, state }) => {
        const end = Math.min(pages, pfn + windows * boot.windowPages);
        return (
          <rect
            key={pfn}
            className={state}
            x={x(pfn)}
            y="0.5"
            width={Math.max(0.5, x(end) - x(pfn))}
            height={HEIGHT - 1}
            onPointerEnter={() => store.setState({ hover: { pfn, pages: end - pfn } })}
            onPointerLeave={() => store.setState({ hover: null })}
          >
            <title>{`${pfnText(pfn, pages)}: ${plural(windows, 'window')}, ${STATE_WORDS[state]}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function Ranges({ boot }: { readonly boot: Boot }) {
  return (
    <table className="account">
      <caption className="vh">Taken before the allocator exists</caption>
      <thead>
        <tr>
          <th scope="col">owner</th>
          <th scope="col">from</th>
          <th scope="col">pages</th>
        </tr>
      </thead>
      <tbody>
        {boot.ranges.map(({ start, pages, owner }) => (
          <tr key={start}>
            <th scope="row">{owner}</th>
            <td className="num">
              <PageLink pfn={start} frame />
            </td>
            <td className="num">{count(pages)}</td>
          </tr>
        ))}
        <tr className="sum">
          <th scope="row">Together</th>
          <td />
          <td className="num">{count(boot.ranges.reduce((sum, { pages }) => sum + pages, 0))}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Descriptors({ slabs }: { readonly slabs: Slabs }) {
  const { pfns, slabs: n, bytesEach, perPage } = slabs.descriptors;
  return (
    <>
      <p className="small">
        Every slab has a descriptor of {plural(bytesEach, 'byte')}, and it lies outside of the slab: a slab of
        whole pages has no room for it. Its page comes singly from buddy, since a cache that needs a
        descriptor to grow cannot give one.
      </p>
      <Facts
        caption="Descriptors of slabs"
        lines={[
          ['Slabs now', `${count(n)}, in ${plural(slabs.caches, 'cache')}`],
          ['Their descriptors', `${count(n * bytesEach)} bytes, ${count(perPage)} fit in a page`],
          ['Pages they lie in', count(pfns.length)],
          [
            'Where',
            pfns.length > 0 && (
              <>
                {pfns.slice(0, NAMED).map((pfn) => (
                  <span key={pfn}>
                    <PageLink pfn={pfn} frame />{' '}
                  </span>
                ))}
                {pfns.length > NAMED && `and ${count(pfns.length - NAMED)} more`}
              </>
            ),
          ],
          [
            'Per-CPU arrays',
            `${count(slabs.arrayBytes)} bytes on i386, with kmem_cache_t in the general caches: no page is counted`,
          ],
        ]}
      />
    </>
  );
}

function Outside({ slabs, never }: { readonly slabs: Slabs; readonly never: boolean }) {
  const lines = slabs.outside.filter((one) => one.never === never);
  if (lines.length === 0) return <p className="muted small">None.</p>;
  return (
    <table className="account">
      <caption className="vh">{never ? 'Never in a slab' : 'Found no slab'}</caption>
      <tbody>
        {lines.map(({ what, pages, pfn, why }) => (
          <tr key={what}>
            <th scope="row">
              {what} <span className="muted small">{why}</span>
            </th>
            <td className="num">{count(pages)}</td>
            <td className="num">
              <PageLink pfn={pfn} frame />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BootPane({ boot }: { readonly boot: Boot }) {
  const step = useLabState((state) => state.frame?.at.step ?? 0);
  const policy = useLabState((state) => state.opened?.policy ?? '');
  return (
    <>
      <section className="pane-part">
        <h3>At step 0</h3>
        <Windows boot={boot} />
        <ul className="boot-legend small">
          <li className="taken">{STATE_WORDS.taken}</li>
          <li className="cut">{STATE_WORDS.cut}</li>
          <li className="whole">{STATE_WORDS.whole}</li>
        </ul>
        <p className="small">
          {plural(boot.whole, 'window')} of {memorySize(boot.windowPages)} can hold a slab.
          {boot.cutPages > 0 &&
            ` ${pagesText(boot.cutPages)} are free but share their window with boot memory or a zone’s edge.`}{' '}
          {step > 0 && (
            <>
              Go to <StepLink step={0} />.
            </>
          )}
        </p>
        <h4>Taken before the allocator exists</h4>
        {boot.ranges.length === 0 ? <p className="muted small">Nothing.</p> : <Ranges boot={boot} />}
      </section>
      {boot.slabs === null ? (
        <p className="absent-reason">{policy} has no slabs, so nothing has to come before them.</p>
      ) : (
        <>
          <section className="pane-part">
            <h3>The caches’ own memory</h3>
            <Descriptors slabs={boot.slabs} />
          </section>
          <section className="pane-part">
            <h3>Now, never in a slab</h3>
            <Outside slabs={boot.slabs} never />
            <h3>Now, outside for want of a slab</h3>
            <Outside slabs={boot.slabs} never={false} />
          </section>
        </>
      )}
    </>
  );
}

/** The column right of the grid holds exactly one thing: why, an account, what just happened, or a recording's facts. */
import './inspector.css';
import { visitOf } from '../../store/selection.ts';
import { accountOf } from '../../store/state.ts';
import { situationOf } from '../headline/headline.ts';
import { useLabState } from '../lab-context.ts';
import { later } from '../later.tsx';
import type { LayoutName } from '../use-layout.ts';
import { PhoneWhy } from './PhoneWhy.tsx';
import { WhyTree } from './WhyTree.tsx';

const Visited = later(
  async () => (await import('./Visited.tsx')).Visited,
  (state) => state.trail.length > 0,
  { trail: [] },
);

/** What a reclaim does and did: nobody has asked for one when the page opens. */
const Account = later(
  async () => (await import('./Account.tsx')).Account,
  (state) => state.detail?.reclaim != null,
  {},
);
const JustHappened = later(
  async () => (await import('./JustHappened.tsx')).JustHappened,
  (state) => accountOf(state) !== null,
  {},
);
const ScanChoice = later(
  async () => (await import('./ScanChoice.tsx')).ScanChoice,
  (state) => accountOf(state)?.choice != null,
  {},
);
const OomKills = later(
  async () => (await import('./OomKills.tsx')).OomKills,
  (state) => (state.detail?.bill.killed.length ?? 0) > 0,
  {},
);
const RecordingPanel = later(
  async () => (await import('./RecordingPanel.tsx')).RecordingPanel,
  (state) => state.opened?.recording != null,
  {},
);

function Panel({ layout }: { readonly layout: LayoutName }) {
  const opened = useLabState((state) => state.opened);
  const detail = useLabState((state) => state.detail);
  const account = useLabState(accountOf);
  const before = useLabState((state) => state.reclaimBefore);
  const asked = useLabState((state) => state.askedWhy);
  const visit = useLabState(visitOf);
  if (opened === null || detail === null) return null;
  if (visit !== null) return <Visited visit={visit} />;
  if (asked !== null) return <WhyTree why={asked} asked />;
  const situation = situationOf(opened, detail);
  if (situation === 'reclaiming' && detail.reclaim)
    return (
      <>
        <Account account={detail.reclaim} />
        <ScanChoice account={detail.reclaim} />
      </>
    );
  if (account && (situation === 'served' || situation === 'reclaimed')) {
    const refaults = detail.summary.reclaim.refaults - (before ?? detail).summary.reclaim.refaults;
    return (
      <>
        <JustHappened account={account} lru={(before ?? detail).lru} refaults={refaults} />
        <ScanChoice account={account} />
      </>
    );
  }
  if (situation === 'recorded' && opened.recording) return <RecordingPanel facts={opened.recording} />;
  return (
    <>
      <OomKills killed={detail.bill.killed} />
      {layout === 'phone' ? <PhoneWhy detail={detail} why={detail.why} /> : <WhyTree why={detail.why} />}
      {opened.recording && <RecordingPanel facts={opened.recording} />}
    </>
  );
}

export function Inspector({ layout }: { readonly layout: LayoutName }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls on low windows
    <aside className="inspector" aria-label="Explanation" tabIndex={0}>
      <Panel layout={layout} />
    </aside>
  );
}

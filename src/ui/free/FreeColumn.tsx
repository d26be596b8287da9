/** The column left of the grid: what is free, and in which pieces. */
import './free.css';
import { accountOf } from '../../store/state.ts';
import { situationOf } from '../headline/headline.ts';
import { useLabState } from '../lab-context.ts';
import { later } from '../later.tsx';
import { EmptyPages } from './EmptyPages.tsx';
import { FreeLists } from './FreeLists.tsx';
import { ListOrder } from './ListOrder.tsx';
import { Returned } from './Returned.tsx';
import { ScanTable } from './ScanTable.tsx';

/** Where the policy keeps its free lists by type. */
const TypedLists = later(
  async () => (await import('./TypedLists.tsx')).TypedLists,
  ({ opened }) => opened?.policy.startsWith('mobility') ?? false,
  {},
);

export function FreeColumn() {
  const opened = useLabState((state) => state.opened);
  const detail = useLabState((state) => state.detail);
  const account = useLabState(accountOf);
  if (detail === null) return <div className="free-column" />;
  const situation = situationOf(opened, detail);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls on low windows
    <section className="free-column" aria-label="Free memory" tabIndex={0}>
      <FreeLists />
      <TypedLists />
      {situation === 'reclaiming' && account ? (
        <ScanTable account={account} />
      ) : (
        <>
          {(situation === 'reclaimed' || situation === 'served') && account && <Returned account={account} />}
          <EmptyPages detail={detail} />
          <ListOrder detail={detail} />
        </>
      )}
    </section>
  );
}

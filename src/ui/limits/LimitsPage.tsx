/** The honest page: what the scheme costs and where it fails, each limit with its number, its source and its scene. */
import '../mail/mail.css';
import './limits.css';
import { LIMIT_VALUES } from '../../analysis/limit-values.ts';
import { LIMITS, type Limit, type LimitSource } from '../../analysis/limits.ts';
import type { PolicyId } from '../../engine/config.ts';
import { useLab } from '../lab-context.ts';
import { SceneList, usePolicies } from '../mail/SceneList.tsx';
import { Dialog } from '../open/Dialog.tsx';
import { count } from '../words.ts';
import { PinSection } from './PinSection.tsx';

const SOURCE_WORDS: Readonly<Record<LimitSource, string>> = {
  said: 'said',
  code: 'read in the code',
  derived: 'derived here',
};

export function LimitsPage() {
  return (
    <Dialog name="limits" title="What it costs, and where it fails">
      <Limits />
    </Dialog>
  );
}

function Limits() {
  const { store } = useLab();
  const policies = usePolicies();
  return (
    <>
      <p>
        The mail ends its list with “Seems simple”. Twenty things stand against it, and each has a scenario
        that shows it.{' '}
        <button type="button" className="word-btn inline" onClick={() => store.setState({ panel: 'mail' })}>
          Back to the mail
        </button>
      </p>
      <PinSection />
      <h3>Twenty limits</h3>
      <p className="small limits-note">
        Each number is of the whole run of the scenario named beside it, under its own policy and seed.
      </p>
      <ol className="limits">
        {LIMITS.map((limit) => (
          <Row key={limit.id} limit={limit} policies={policies} />
        ))}
      </ol>
    </>
  );
}

function Row({ limit, policies }: { readonly limit: Limit; readonly policies: readonly PolicyId[] | null }) {
  const { id, title, sentence, source, cite, scene, figure } = limit;
  const name = useLab()
    .store.getState()
    .presets.find((preset) => preset.id === scene.preset)?.title;
  return (
    <li value={id}>
      <div>
        <h4>
          <span className="mono">{id}</span> {title}
        </h4>
        <p className="says">{sentence}</p>
        <p className="cite">
          {source.map((one) => SOURCE_WORDS[one]).join(', ')}: {cite}
        </p>
      </div>
      <p className="figure">
        <b className="num">{count(LIMIT_VALUES[id - 1] ?? 0)}</b> {figure.label}
        <span className="of">{name ?? scene.preset}</span>
      </p>
      <SceneList scenes={[scene]} policies={policies} from="limits" about={title} />
    </li>
  );
}

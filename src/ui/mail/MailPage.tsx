/** The mail, sentence by sentence, each beside the moments that show it. */
import './mail.css';
import { CLAIM_ROWS } from '../../analysis/mail/claims.ts';
import { MAIL_AUTHOR, MAIL_DATE, SENTENCES, type Sentence } from '../../analysis/mail/sentences.ts';
import type { PolicyId } from '../../engine/config.ts';
import { openScene } from '../../store/scenes.ts';
import { useLab } from '../lab-context.ts';
import { Dialog } from '../open/Dialog.tsx';
import { missingPolicy, SceneList, usePolicies } from './SceneList.tsx';

export function MailPage() {
  return (
    <Dialog name="mail" title="The mail, sentence by sentence">
      <Mail />
    </Dialog>
  );
}

function Mail() {
  const { store } = useLab();
  const policies = usePolicies();
  return (
    <>
      <p>
        {MAIL_AUTHOR} to linux-kernel, {MAIL_DATE}; spelling as sent. Press a sentence to go to the moment
        that shows it. What it costs and where it fails is on{' '}
        <button type="button" className="word-btn inline" onClick={() => store.setState({ panel: 'limits' })}>
          the honest page
        </button>
        .
      </p>
      <ol className="mail">
        {SENTENCES.map((sentence) => (
          <Row key={sentence.id} sentence={sentence} policies={policies} />
        ))}
        <li className="paragraph">
          <p className="sentence">-- {MAIL_AUTHOR}</p>
        </li>
      </ol>
    </>
  );
}

function Row({
  sentence,
  policies,
}: {
  readonly sentence: Sentence;
  readonly policies: readonly PolicyId[] | null;
}) {
  const lab = useLab();
  const { text, starts, scenes, claim } = sentence;
  const first = scenes.find((scene) => missingPolicy(scene, policies) === null);
  return (
    <li className={starts}>
      <button
        type="button"
        className="sentence"
        disabled={first === undefined}
        onClick={() => first !== undefined && void openScene(lab, first, 'mail', text)}
      >
        {text}
      </button>
      <div>
        <p className="claim">{CLAIM_ROWS[claim]}</p>
        <SceneList scenes={scenes} policies={policies} from="mail" about={text} />
      </div>
    </li>
  );
}

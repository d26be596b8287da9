/** What a scene was opened for, and what to look at: a line under the top bar until something else is opened. */
import './scene-note.css';
import type { LinkPage } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';

const PAGE_NAMES: Readonly<Record<LinkPage, string>> = { mail: 'the mail', limits: 'the limits' };

export function SceneNote() {
  const { store } = useLab();
  const scene = useLabState((state) => state.scene);
  if (scene === null) return null;
  const { from, about, look } = scene;
  return (
    <section className="scene-note" aria-label="What to look at">
      <p>
        <q className="about">{about}</q> {look}
      </p>
      <button type="button" className="word-btn" onClick={() => store.setState({ panel: from })}>
        Back to {PAGE_NAMES[from]}
      </button>
      <button type="button" className="word-btn" onClick={() => store.setState({ scene: null })}>
        Close<span className="vh"> this note</span>
      </button>
    </section>
  );
}

/** The moment as the kernel would print it, byte for byte, a tab a file. */
import './kernel-text.css';
import { useEffect, useId, useRef, useState } from 'react';
import { KERNEL_TABS, type KernelTab } from '../../worker/protocol.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { linesOf, piecesOf } from './cells.ts';
import { useKernelText } from './use-kernel-text.ts';

/** Files whose columns are orders. The block counts of pagetypeinfo have the same shape, but not the same columns. */
const BY_ORDER: ReadonlySet<KernelTab> = new Set(['buddyinfo', 'extfrag_index', 'unusable_index']);

function Tabs({ id, current }: { readonly id: string; readonly current: KernelTab }) {
  const { store } = useLab();
  const list = useRef<HTMLDivElement>(null);
  const choose = (tab: KernelTab) => store.setState({ kernelTab: tab });
  const move = (key: string) => {
    const at = KERNEL_TABS.indexOf(current);
    const last = KERNEL_TABS.length - 1;
    const to = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    }[key];
    if (to === undefined) return false;
    choose(KERNEL_TABS[to]!);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
    return true;
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Kernel text"
      className="tabs"
      onKeyDown={(event) => move(event.key) && event.preventDefault()}
    >
      {KERNEL_TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`${id}-${tab}`}
          aria-selected={tab === current}
          aria-controls={`${id}-text`}
          tabIndex={tab === current ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {tab}
        </button>
      ))}
    </div>
  );
}

function Text({ text, byOrder }: { readonly text: string; readonly byOrder: boolean }) {
  const { store } = useLab();
  const hover = useLabState((state) => state.hoverOrder);
  const over = (order: number | undefined) => store.setState({ hoverOrder: order ?? null });
  return linesOf(text).map((line, row) => (
    // A line is known by its place alone.
    <span key={row} className="line">
      {piecesOf(line, byOrder).map(({ text: piece, order }, i) =>
        order === undefined ? (
          piece
        ) : (
          <span
            key={i}
            className={order === hover ? 'cell hovered' : 'cell'}
            onPointerEnter={() => over(order)}
            onPointerLeave={() => over(undefined)}
          >
            {piece}
          </span>
        ),
      )}
    </span>
  ));
}

function CopyButton({ text }: { readonly text: string }) {
  const { acts } = useLab();
  const [said, setSaid] = useState<{ text: string; words: string } | null>(null);
  const copy = async () => {
    const done = await acts.copy(text);
    setSaid({ text, words: done ? 'Copied.' : 'The browser refuses; select the text and copy it.' });
  };
  return (
    <>
      <button type="button" className="btn light" disabled={text === ''} onClick={() => void copy()}>
        Copy
      </button>
      <span className="muted small" role="status">
        {said?.text === text ? said.words : ''}
      </span>
    </>
  );
}

export default function KernelTextPanel() {
  const { store } = useLab();
  const id = useId();
  const file = useLabState((state) => state.kernelTab) ?? 'buddyinfo';
  const shown = useKernelText(file);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the columns stand one above the other it opens below the window's edge.
    const top = panel.current?.getBoundingClientRect().top ?? 0;
    if (top > innerHeight / 2) panel.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <aside ref={panel} className="inspector kernel-text" aria-label="Kernel text">
      <header>
        <h2>Kernel text</h2>
        <button type="button" className="word-btn" onClick={() => store.setState({ kernelTab: null })}>
          Close<KeyHint>Esc</KeyHint>
        </button>
      </header>
      <Tabs id={id} current={file} />
      {shown?.notes.map((note) => (
        <p key={note} className="muted small">
          {note}
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the text scrolls on low windows */}
      <div id={`${id}-text`} role="tabpanel" aria-labelledby={`${id}-${file}`} tabIndex={0} className="text">
        <pre>{shown !== null && <Text text={shown.text} byOrder={BY_ORDER.has(file)} />}</pre>
      </div>
      <p className="row">
        <CopyButton text={shown?.text ?? ''} />
      </p>
    </aside>
  );
}

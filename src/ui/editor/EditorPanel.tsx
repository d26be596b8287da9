/** The sheet with the scenario's text and its controls, over the right side of the page; all of it on a phone. */
import './editor.css';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { createEditor } from '../../store/editor.ts';
import { createDrafts } from '../../store/editor-drafts.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { useLayout } from '../layout-in-force.ts';
import { Actions } from './Actions.tsx';
import { Controls } from './Controls.tsx';
import type { CodeView } from './code-view.ts';
import { EditorContext } from './editor-context.ts';
import { ProblemList, Status } from './Status.tsx';
import { TextPane } from './TextPane.tsx';

const TABS = ['Text', 'Controls'] as const;
type Tab = (typeof TABS)[number];

function useNewEditor() {
  const lab = useLab();
  const [editor] = useState(() =>
    createEditor(lab, {
      drafts: createDrafts({ tab: () => sessionStorage, all: () => localStorage }),
      href: () => location.href,
      copyText: (text) => navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard')),
      later: (ms, callback) => {
        const handle = setTimeout(callback, ms);
        return () => clearTimeout(handle);
      },
    }),
  );
  useEffect(() => editor.dispose, [editor]);
  return editor;
}

/** Opens and closes the sheet with the store's panel; on a phone it covers the page and is modal. */
function useSheet(open: boolean, opened: () => void) {
  const sheet = useRef<HTMLDialogElement>(null);
  const isPhone = useLayout() === 'phone';
  useEffect(() => {
    const element = sheet.current;
    if (element === null || element.open === open) return;
    if (!open) return element.close();
    if (isPhone) element.showModal();
    else element.show();
    opened();
  }, [open, isPhone, opened]);
  return sheet;
}

export function EditorPanel() {
  const { store } = useLab();
  const editor = useNewEditor();
  const open = useLabState((state) => state.panel === 'editor');
  const view = useRef<CodeView | null>(null);
  const focusText = useCallback(() => view.current?.focus(), []);
  const sheet = useSheet(open, focusText);
  const [tab, setTab] = useState<Tab>('Text');
  const id = useId();
  const close = () => store.setState({ panel: null });

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void editor.run();
    }
  };
  const jump = (line: number, column: number) => {
    setTab('Text');
    // The text has to be shown before it can take the focus.
    queueMicrotask(() => view.current?.goTo(line, column));
  };
  return (
    <EditorContext value={editor}>
      <dialog
        ref={sheet}
        className="editor"
        aria-labelledby={id}
        onKeyDown={press}
        onClose={() => store.getState().panel === 'editor' && close()}
      >
        <header>
          <h2 id={id}>Scenario text</h2>
          <Tabs id={id} tab={tab} onChoose={setTab} />
          <button type="button" className="word-btn" onClick={close}>
            Close<KeyHint>Esc</KeyHint>
          </button>
        </header>
        <Status />
        <div
          id={`${id}-Text`}
          role="tabpanel"
          aria-labelledby={`${id}-tab-Text`}
          className="editor-pane"
          hidden={tab !== 'Text'}
        >
          <TextPane view={view} />
        </div>
        <div
          id={`${id}-Controls`}
          role="tabpanel"
          aria-labelledby={`${id}-tab-Controls`}
          className="editor-pane scrolls"
          hidden={tab !== 'Controls'}
        >
          {tab === 'Controls' && <Controls />}
        </div>
        <ProblemList onJump={jump} />
        <Actions />
      </dialog>
    </EditorContext>
  );
}

interface TabsProps {
  readonly id: string;
  readonly tab: Tab;
  readonly onChoose: (tab: Tab) => void;
}

function Tabs({ id, tab, onChoose }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + 1) % TABS.length]!;
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="View of the scenario" className="tabs" onKeyDown={move}>
      {TABS.map((name) => (
        <button
          key={name}
          id={`${id}-tab-${name}`}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={tab === name}
          aria-controls={`${id}-${name}`}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

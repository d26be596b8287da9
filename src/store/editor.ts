/**
 * The scenario text a person edits. It is what runs until they change it; from then on a draft, kept over a reload
 * until it is run or discarded. Text and controls both go through `setText`, so they cannot disagree.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type CheckedText, checkText } from '../scenario/check-text.ts';
import { type FieldPath, removeField, setField } from '../scenario/edit-text.ts';
import type { Opened, Problem } from '../worker/protocol.ts';
import { baseOf } from './address.ts';
import { commandOf, fileNameOf, linkCommand } from './editor-command.ts';
import type { Draft, Drafts } from './editor-drafts.ts';
import type { Lab } from './lab.ts';

export interface EditorState {
  readonly text: string;
  /** Title of what an unsaved text was begun from; null where the text is what runs. */
  readonly draftOf: string | null;
  /** Whether a draft outlives a reload; false where the browser keeps nothing for the page. */
  readonly isKept: boolean;
  /** Of the text, or of one a few keystrokes ago. */
  readonly checked: CheckedText;
  /** What the engine said to the text when it was run. */
  readonly refused: readonly Problem[];
  /** One line about what was done last. */
  readonly remark: string;
}

export interface EditorHost {
  readonly drafts: Drafts;
  href(): string;
  copyText(text: string): Promise<void>;
  /** Calls back after `ms`; returns the way to call it off. */
  later(ms: number, callback: () => void): () => void;
}

export interface Editor {
  readonly store: StoreApi<EditorState>;
  setText(text: string): void;
  /** Sets a field in the text, or takes it out (undefined). False where the text does not allow it. */
  setField(path: FieldPath, value: unknown): boolean;
  /** Opens the text; what was open stays where it is refused. True when it runs. */
  run(): Promise<boolean>;
  /** Drops the draft: back to what runs. */
  revert(): void;
  copyCommand(): Promise<void>;
  copyLink(): Promise<void>;
  /** Takes a text from a file. */
  take(text: string): void;
  fileName(): string;
  dispose(): void;
}

const CHECK_AFTER_MS = 200;

/** The text of what runs, with the policy and seed it runs under. Empty for a recording. */
export function runningText(opened: Opened): string {
  const { scenario } = checkText(opened.text);
  if (scenario === null) return opened.text;
  let text = opened.text;
  if (scenario.policy.name !== opened.policy) {
    text = setField(text, ['policy', 'name'], opened.policy) ?? text;
  }
  if (scenario.seed !== opened.seed) text = setField(text, ['seed'], opened.seed) ?? text;
  return text;
}

export function createEditor(lab: Lab, host: EditorHost): Editor {
  const { store: labStore, session, tasks, port } = lab;
  const opened = () => labStore.getState().opened;
  let known: { readonly of: Opened; readonly text: string } | null = null;
  const running = () => {
    const now = opened();
    if (now === null) return '';
    if (known?.of !== now) known = { of: now, text: runningText(now) };
    return known.text;
  };
  let preset: { id: string; data: unknown } | null = null;
  let callOff: (() => void) | null = null;

  const notePreset = () => {
    const now = opened();
    if (now !== null && now.presetId !== null) {
      preset = { id: now.presetId, data: checkText(now.text).data };
    }
  };
  notePreset();

  const kept = host.drafts.read();
  const started = kept !== null && kept.text !== running() ? kept : null;
  const store = createStore<EditorState>(() => {
    const text = started?.text ?? running();
    return {
      text,
      draftOf: started?.of ?? null,
      isKept: true,
      checked: checkText(text),
      refused: [],
      remark: '',
    };
  });
  const { getState, setState } = store;

  const keep = (draft: Draft | null) => setState({ isKept: host.drafts.write(draft) });

  const checkNow = () => {
    callOff?.();
    callOff = null;
    setState({ checked: checkText(getState().text) });
  };

  const checkSoon = () => {
    callOff?.();
    const release = tasks.hold();
    const cancel = host.later(CHECK_AFTER_MS, () => {
      checkNow();
      release();
    });
    callOff = () => {
      cancel();
      release();
    };
  };

  const put = (text: string) => {
    if (text === getState().text) return;
    const isRunning = text === running();
    const draftOf = isRunning ? null : (getState().draftOf ?? opened()?.title ?? '');
    setState({ text, draftOf, refused: [], remark: '' });
    keep(draftOf === null ? null : { text, of: draftOf });
  };

  const setText = (text: string) => {
    put(text);
    checkSoon();
  };

  const change = (path: FieldPath, value: unknown) => {
    const { text } = getState();
    const changed = value === undefined ? removeField(text, path) : setField(text, path, value);
    if (changed === null) return false;
    put(changed);
    checkNow();
    return true;
  };

  const revert = () => {
    setState({ text: running(), draftOf: null, refused: [], remark: '' });
    keep(null);
    checkNow();
  };

  const run = async () => {
    checkNow();
    const { text, checked } = getState();
    if (checked.problems.length > 0) {
      setState({ remark: 'The text has problems. What is open is untouched.' });
      return false;
    }
    const now = opened();
    const isPreset = now !== null && now.presetId !== null && text === now.text;
    const ran = await session.open(
      isPreset ? { kind: 'preset', id: now.presetId } : { kind: 'text', name: 'scenario', text },
    );
    if (!ran) {
      setState({ refused: labStore.getState().problems, remark: 'What is open is untouched.' });
      labStore.setState({ problems: [] });
      return false;
    }
    const link = await port
      .request({ type: 'share', at: labStore.getState().position, base: baseOf(host.href()) })
      .catch(() => null);
    // A text too long for the address would be lost with the page.
    const long = link === null || link.warning !== null;
    keep(long ? { text, of: opened()?.title ?? '' } : null);
    setState({
      draftOf: null,
      refused: [],
      remark: long ? 'Running. Too long for a link: download it to keep it.' : 'Running.',
    });
    return true;
  };

  const copied = async (text: string, what: string) => {
    const done = await host.copyText(text).then(
      () => true,
      () => false,
    );
    setState({ remark: done ? `${what} copied.` : text });
  };

  const shared = () =>
    port.request({ type: 'share', at: labStore.getState().position, base: baseOf(host.href()) });

  const fileName = () => fileNameOf(getState().checked.scenario?.title ?? opened()?.title ?? '');

  const copyCommand = async () => {
    checkNow();
    const { checked, draftOf } = getState();
    if (draftOf === null && (opened()?.edits ?? 0) > 0) {
      const link = await shared().catch(() => null);
      if (link !== null) return copied(linkCommand(link.url), 'Command with your acts');
    }
    if (checked.data === null) return setState({ remark: 'The text has problems, and no command runs it.' });
    const command = commandOf({ preset, data: checked.data, file: fileName() });
    await copied(command, command.includes('preset:') ? 'Command' : `Command for the file ${fileName()}`);
  };

  const copyLink = async () => {
    try {
      const link = await shared();
      const draft = getState().draftOf === null ? '' : ' to what runs, without your unsaved text,';
      await copied(link.url, `Link${draft}`);
      if (link.warning !== null) setState({ remark: link.warning });
    } catch (error) {
      setState({ remark: error instanceof Error ? error.message : String(error) });
    }
  };

  const stop = labStore.subscribe((now, before) => {
    if (now.opened === before.opened) return;
    notePreset();
    if (getState().draftOf !== null || now.opened === null) return;
    setState({ text: running(), remark: '', refused: [] });
    checkNow();
  });

  return {
    store,
    setText,
    setField: change,
    run: () => tasks.track(run()),
    revert,
    copyCommand: () => tasks.track(copyCommand()),
    copyLink: () => tasks.track(copyLink()),
    take: setText,
    fileName,
    dispose: () => {
      stop();
      callOff?.();
    },
  };
}

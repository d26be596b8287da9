/**
 * CodeMirror inside a shadow tree. There its style module goes through constructable style sheets; at the document it
 * would write a style element, which the page's Content-Security-Policy forbids.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, Prec, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { TextProblem } from '../../scenario/check-text.ts';
import { look } from './code-theme.ts';
import { complete, hoverHelp } from './help.ts';

export interface CodeView {
  setText(text: string): void;
  showProblems(problems: readonly TextProblem[]): void;
  /** Puts the cursor there (both from 1) and the focus into the text. */
  goTo(line: number, column: number): void;
  focus(): void;
  destroy(): void;
}

interface CodeViewOptions {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

/** Marks a change that came from outside, so that it does not go back there. */
const fromOutside = Annotation.define<true>();

/**
 * Typing over a selection: Chromium would keep the look of what it replaces in a style attribute, which the page's
 * policy forbids. So the text is replaced in the state, and the browser draws nothing of its own.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event;
    if (inputType !== 'insertText' || data === null || view.composing) return false;
    if (view.state.selection.main.empty && !data.includes('\n')) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

export function createCodeView(host: HTMLElement, { text, onChange, onRun }: CodeViewOptions): CodeView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const runText = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: runText }])),
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        yaml(),
        search(),
        autocompletion({ override: [complete], icons: false }),
        hoverHelp,
        typeOver,
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Scenario text', tabindex: '0' }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          const outside = update.transactions.some((one) => one.annotation(fromOutside));
          if (update.docChanged && !outside) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });

  return {
    setText: (next) => {
      const change = difference(view.state.doc.toString(), next);
      if (change !== null) view.dispatch({ changes: change, annotations: fromOutside.of(true) });
    },
    showProblems: (problems) => {
      const { doc } = view.state;
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => diagnosticOf(problem, doc)),
        ),
      );
    },
    goTo: (line, column) => {
      const at = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** The one stretch in which two texts differ, so that the cursor and the undo history stay; null where they do not. */
export function difference(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.max(1, Math.min(doc.lines, line)));
  return Math.min(at.to, at.from + Math.max(0, column - 1));
}

function diagnosticOf({ message, line = 1, column = 1 }: TextProblem, doc: Text): Diagnostic {
  const from = offsetOf(doc, line, column);
  const rest = doc.sliceString(from, doc.lineAt(from).to);
  return { from, to: from + (/^[\w.$-]+/.exec(rest)?.[0].length ?? 0), severity: 'error', message };
}

/** How the text looks: the page's tokens, no colours of its own. Custom properties reach into the shadow tree. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const box = {
  border: '1px solid var(--line-2)',
  backgroundColor: 'var(--paper)',
  color: 'var(--ink)',
};

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--fs-2)', color: 'var(--ink)', backgroundColor: 'var(--paper)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', fontFeatureSettings: '"zero", "calt" 0' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink-3)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sunken)', color: 'inherit' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--band)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--line-2)',
  },
  '.cm-tooltip': { ...box, maxWidth: 'min(46ch, 88vw)', fontFamily: 'var(--sans)', fontSize: 'var(--fs-2)' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '34ch' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', minHeight: '24px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--ink)',
    color: 'var(--paper)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', fontSize: 'var(--fs-1)', marginLeft: '10px', opacity: '1' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-field-help': { padding: '6px 10px', lineHeight: '1.4' },
  '.cm-field-help b': { fontFamily: 'var(--mono)', fontWeight: '600' },
  '.cm-field-help p': { margin: '3px 0 0', color: 'var(--ink-2)' },
  '.cm-diagnostic': { borderLeft: '3px solid var(--accent)', padding: '4px 10px', whiteSpace: 'pre-wrap' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--accent)',
    textUnderlineOffset: '3px',
  },
  // The package's own marker is a red picture.
  '.cm-lint-marker-error': {
    content: 'normal',
    width: '9px',
    height: '9px',
    margin: '5px 0 0 2px',
    backgroundColor: 'var(--accent)',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--accent)' },
  '.cm-panels': { ...box, border: '0' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-textfield': { ...box, fontSize: 'var(--fs-2)' },
  '.cm-button': { ...box, backgroundImage: 'none', borderRadius: '5px', fontSize: 'var(--fs-2)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--fs-1)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--ink)', fontWeight: '600' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-3)' },
  { tag: [tags.number, tags.bool, tags.atom], color: 'var(--D-edge)' },
  { tag: [tags.string, tags.content], color: 'var(--ink-2)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-3)' },
]);

export const look = [theme, syntaxHighlighting(colours)];

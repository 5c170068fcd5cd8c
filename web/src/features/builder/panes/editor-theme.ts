import { EditorView } from '@codemirror/view';

const mono = { fontFamily: 'var(--font-mono)', fontSize: '12.5px', lineHeight: '20px', fontVariantLigatures: 'none' };

/** The text's editors in the console's colours, which answer to light and dark themselves. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': mono,
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-muted)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft-hover)',
  },
  '.cm-selectionMatch, .cm-matchingBracket': { backgroundColor: 'var(--accent-soft-hover)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--border)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text-muted)', fontStyle: 'normal' },
  '.cm-insertedLine, .cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--success-soft)' },
  '.cm-deletedChunk, .cm-deletedLine': { backgroundColor: 'var(--danger-soft)' },
  '.cm-changedText, &.cm-merge-b .cm-changedText, .cm-deletedText, .cm-deletedChunk .cm-deletedText': {
    background: 'none',
  },
  '.cm-collapsedLines': { background: 'var(--sunken)', color: 'var(--text-secondary)' },
});

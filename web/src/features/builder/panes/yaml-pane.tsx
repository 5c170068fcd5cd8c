import { autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { IconCheck, IconCopy, IconDownload, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useActions, useBuilder, useBuilderContext } from '../builder-context.tsx';
import type { BuilderStore } from '../model/builder-store.ts';
import { differenceOf } from '../model/text-history.ts';
import { completeScenario } from './complete-scenario.ts';
import { editorTheme } from './editor-theme.ts';

const highlights = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent-text)' },
  { tag: tags.string, color: 'var(--success)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--state-after-chat)' },
  { tag: tags.comment, color: 'var(--text-muted)', fontStyle: 'italic' },
]);

/** What comes from the canvas, an undo or a restored version: it is in the history already. */
const fromOutside = Annotation.define<boolean>();

/** Whether one may write: known only once the lock was asked for, and lost to whoever takes over. */
const writing = new Compartment();

/** The text of the scenario: the same history as the canvas has. */
export function YamlPane(): ReactNode {
  const { t } = useTranslation('builder');
  const { name, store } = useBuilderContext();
  const isStale = useBuilder((state) => state.isStale);
  const { replace } = useActions();
  const parent = useRef<HTMLDivElement>(null);
  useEditor(parent);
  return (
    <div className="yaml">
      <div className="yaml-head">
        <span className="mono clip">{name}.yaml</span>
        <span className={`chip ${isStale ? 'warn' : 'success'}`} role="status">
          {!isStale && <Icon of={IconCheck} size={12} />}
          {isStale ? t('textStale') : t('textAgrees')}
        </span>
        <span className="end row row-1">
          <IconButton
            icon={IconCopy}
            label={t('copyText')}
            onClick={() => void navigator.clipboard.writeText(store.getState().history.text)}
          />
          <IconButton
            icon={IconDownload}
            label={t('download')}
            onClick={() => download(name, store.getState().history.text)}
          />
          <label className="icon-btn" title={t('upload')}>
            <Icon of={IconUpload} />
            <span className="visually-hidden">{t('upload')}</span>
            <input
              type="file"
              className="visually-hidden"
              accept=".yaml,.yml,.json"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file) void file.text().then(replace);
              }}
            />
          </label>
        </span>
      </div>
      <div className="yaml-text" ref={parent} data-region />
    </div>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = `${name}.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function useEditor(parent: { current: HTMLDivElement | null }): void {
  const { t } = useTranslation('builder');
  const { store } = useBuilderContext();
  const label = t('textOfScenario');
  useEffect(() => {
    if (!parent.current) return undefined;
    const view = createEditor(parent.current, store, label);
    const stop = store.subscribe((state, before) => {
      if (state.history !== before.history) takeOver(view, state.history.text);
      if (state.isReadOnly !== before.isReadOnly)
        view.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(state.isReadOnly)) });
      if (state.report !== before.report) mark(view, store);
      if (state.shownLine !== before.shownLine && state.shownLine) show(view, state.shownLine.line);
    });
    mark(view, store);
    const { shownLine, selected, history } = store.getState();
    if (shownLine) show(view, shownLine.line);
    else showBlock(view, history.text, selected.at(-1));
    return () => {
      stop();
      view.destroy();
    };
  }, [parent, store, label]);
}

function createEditor(parent: HTMLElement, store: BuilderStore, label: string): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  const { undo, redo, history } = store.getState();
  const state = EditorState.create({
    doc: history.text,
    extensions: [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      drawSelection(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of('  '),
      yaml(),
      editorTheme,
      syntaxHighlighting(highlights),
      search({ top: true }),
      lintGutter(),
      autocompletion({ override: [(context) => completeScenario(context, store.getState())], icons: false }),
      writing.of(EditorState.readOnly.of(store.getState().isReadOnly)),
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      Prec.highest(
        keymap.of([
          { key: 'Mod-z', run: run(undo) },
          { key: 'Mod-y', run: run(redo) },
          { key: 'Mod-Shift-z', run: run(redo) },
        ]),
      ),
      keymap.of([...defaultKeymap, ...searchKeymap].filter(({ key }) => key !== indentWithTab.key)),
      EditorView.updateListener.of((update) => {
        const isOurs = update.transactions.every((each) => each.annotation(fromOutside) === true);
        if (update.docChanged && !isOurs) store.getState().type(update.state.doc.toString());
      }),
    ],
  });
  return new EditorView({ state, parent });
}

const run = (act: () => void) => () => {
  act();
  return true;
};

function takeOver(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  const { start, end, text: insert } = differenceOf(before, text);
  view.dispatch({
    changes: { from: start, to: end, insert },
    annotations: fromOutside.of(true),
    effects: EditorView.scrollIntoView(start, { y: 'nearest' }),
  });
}

function mark(view: EditorView, store: BuilderStore): void {
  const { doc } = view.state;
  const diagnostics = (store.getState().report?.problems ?? []).flatMap((problem) => {
    if (problem.line > doc.lines) return [];
    const line = doc.line(problem.line);
    const from = Math.min(line.from + problem.column - 1, line.to);
    const length = Math.max(1, problem.bytes.end - problem.bytes.start);
    const to = Math.max(from, Math.min(from + length, line.to));
    return [{ from, to, severity: problem.severity, message: `${problem.message} ${problem.remedy}` }];
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function show(view: EditorView, number: number): void {
  const line = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
}

function showBlock(view: EditorView, text: string, id: string | undefined): void {
  const at = id === undefined ? -1 : text.search(new RegExp(`^ +${id}:`, 'm'));
  if (at >= 0) show(view, view.state.doc.lineAt(at).number);
}

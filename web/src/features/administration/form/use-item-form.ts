import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../../shared/data/session.ts';
import { applyDocument, itemsQuery, showAnew, type Item } from '../data/items.ts';
import { draftKey, useFormDrafts, type FormDraft } from '../model/drafts.ts';
import { rememberToken } from '../model/verify-tokens.ts';
import { NO_PROBLEMS, problemsOf } from '../model/problems.ts';
import type { ItemSection } from '../model/section.ts';
import { isSame, mergeMine, withValue, type Values } from '../model/values.ts';

/** What of a document a form edits. */
const fieldNames = ({ groups }: ItemSection): string[] =>
  groups.flatMap(({ fields }) => fields.map(({ name }) => name));

export interface ItemForm {
  item: Item | undefined;
  isLoading: boolean;
  values: Values;
  isDirty: boolean;
  /** The changes were begun before this page was opened. */
  isRestored: boolean;
  /** Somebody else has changed the item since these changes were begun; `undefined` where they deleted it. */
  conflict: { theirs: Item | undefined; base: Values } | undefined;
  problems: typeof NO_PROBLEMS;
  isSaving: boolean;
  /** Rises when what was written is applied or discarded: controls forget what they were doing. */
  round: number;
  change: (path: string, value: unknown) => void;
  discard: () => void;
  keepMine: () => void;
  /** Gives the name under which it is kept then; undefined where it was refused. */
  save: () => Promise<string | undefined>;
}

/** The state of one form: what is stored, what is written over it, and what is wrong. */
export function useItemForm(section: ItemSection, name: string | undefined): ItemForm {
  const { kind, begin } = section;
  const queryClient = useQueryClient();
  const key = draftKey(useMe().username, kind, name);
  const { data: items, isPending } = useQuery(itemsQuery);
  const item = items?.find((each) => each.kind === kind && each.name === name);
  const draft = useFormDrafts(({ drafts }) => drafts[key]);
  const { keep, discard } = useFormDrafts.getState();
  const [openedWith] = useState(draft);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [isSaving, setIsSaving] = useState(false);
  const [round, setRound] = useState(0);
  const [beginning] = useState(() => begin?.() ?? {});
  const stored: Values = item?.document ?? beginning;
  const values = draft?.values ?? stored;
  const isDirty = draft !== undefined && !isSame(draft.values, draft.base ?? {});
  const hasMoved = draft !== undefined && !isPending && draft.version !== (item?.version ?? null);
  const conflict = hasMoved && isDirty ? { theirs: item, base: draft.base ?? {} } : undefined;

  function change(path: string, value: unknown): void {
    const begun = useFormDrafts.getState().drafts[key] ?? beginDraft(item, stored);
    keep(key, { ...begun, values: withValue(begun.values, path, value) });
  }

  async function save(): Promise<string | undefined> {
    const chosen = name ?? nameIn(values);
    setIsSaving(true);
    const response = await applyDocument(values, {
      kind,
      name: chosen,
      version: draft?.version ?? item?.version ?? null,
    }).finally(() => setIsSaving(false));
    if (!response.ok) {
      await showAnew(queryClient);
      setProblems(problemsOf(response.error, fieldNames(section)));
      return undefined;
    }
    setProblems(NO_PROBLEMS);
    rememberToken(chosen, values['verifyToken']);
    await showAnew(queryClient);
    discard(key);
    setRound(round + 1);
    return chosen;
  }

  return {
    item,
    isLoading: isPending,
    values,
    isDirty,
    isRestored: openedWith !== undefined && openedWith === draft,
    conflict,
    problems,
    isSaving,
    round,
    change,
    discard: () => {
      discard(key);
      setRound(round + 1);
      setProblems(NO_PROBLEMS);
    },
    keepMine: () => {
      const theirs: Values = item?.document ?? {};
      const merged = item ? mergeMine({ base: draft?.base ?? {}, mine: values, theirs }) : values;
      keep(key, { base: item?.document ?? null, version: item?.version ?? null, values: merged });
    },
    save,
  };
}

/** A new item's first values are not its author's: they are no change yet. */
function beginDraft(item: Item | undefined, stored: Values): FormDraft {
  return { base: stored, version: item?.version ?? null, values: stored };
}

const nameIn = (values: Values): string => {
  const found = values['username'] ?? values['name'];
  return typeof found === 'string' && found !== '' ? found : '?';
};

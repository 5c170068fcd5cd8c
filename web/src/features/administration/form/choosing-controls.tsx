import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { CONVERSATION_EVENT_TYPES } from '../../../../../contracts/history-event.ts';
import { ofKind, scenariosQuery, useItems, type Item, type Kind } from '../data/items.ts';
import { listSkills } from '../model/skills.ts';
import type { Field } from '../model/section.ts';
import { asList, asText, orNothing, type ControlProps, type GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { SelectBox, toChoices } from './select-box.tsx';
import { useWords } from './words.ts';

/** One of a few words. */
export function ChoiceControl({
  control,
  value,
  onChange,
  isBad,
  wordsAt,
  field,
}: ControlProps & { field: Extract<Field, { type: 'choice' }> }): ReactNode {
  const { word } = useWords();
  const choicesAt = wordsAt.replace(/^fields/, 'choices');
  const chosen = typeof value === 'boolean' ? String(value) : asText(field.as === 'list' ? asList(value)[0] : value);
  function write(text: string): unknown {
    if (text === '') return undefined;
    if (field.as === 'boolean') return text === 'true';
    return field.as === 'list' ? [text] : text;
  }
  return (
    <SelectBox
      {...control}
      isBad={isBad}
      value={chosen}
      unset={field.isOptional ? word(`${choicesAt}.unset`) : undefined}
      choices={field.choices.map((choice) => ({ value: choice, label: word(`${choicesAt}.${choice}`) }))}
      onChoose={(text) => onChange(write(text))}
    />
  );
}

const namesOf = (items: readonly Item[], kind: Kind): string[] => ofKind(items, kind).map(({ name }) => name);

/** The name of another item. What is written already stays to be seen, also where it is gone. */
export function ReferenceControl({
  control,
  value,
  onChange,
  isBad,
  field,
}: ControlProps & { field: Extract<Field, { type: 'reference' }> }): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const scenarios = useQuery({ ...scenariosQuery, enabled: field.to === 'scenario' }).data ?? [];
  const known = field.to === 'scenario' ? scenarios.map(({ name }) => name) : namesOf(items, field.to);
  const chosen = asText(value);
  const names = chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
  return (
    <SelectBox
      {...control}
      isBad={isBad}
      value={chosen}
      unset={word(field.isOptional ? 'form.none' : 'form.choose')}
      choices={toChoices(names)}
      onChoose={(name) => onChange(orNothing(name))}
    />
  );
}

/** Names of several others, as chips; skills may also be new ones. */
export function ReferencesControl({
  value,
  onChange,
  label,
  hint,
  problem,
  field,
}: GroupProps & { field: Extract<Field, { type: 'references' }> }): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const id = useId();
  const chosen = asList(value);
  const known = knownNames(items, field.to).filter((name) => !chosen.includes(name));
  const write = (names: string[]): void => onChange(names.length === 0 && field.isOptional ? undefined : names);
  return (
    <div className="field wide">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <ChosenNames names={chosen} onRemove={(gone) => write(chosen.filter((name) => name !== gone))} />
      {field.to === 'skill' ? (
        <NewName id={id} known={known} isBad={problem !== undefined} onAdd={(name) => write([...chosen, name])} />
      ) : (
        <SelectBox
          id={id}
          isBad={problem !== undefined}
          value=""
          aria-describedby={`${id}-note`}
          unset={word(known.length === 0 ? 'form.noMore' : 'form.add')}
          choices={toChoices(known)}
          onChoose={(name) => write([...chosen, name])}
        />
      )}
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}

function ChosenNames({ names, onRemove }: { names: readonly string[]; onRemove: (name: string) => void }): ReactNode {
  const { word } = useWords();
  if (names.length === 0) return null;
  return (
    <ul className="chosen">
      {names.map((name) => (
        <li key={name} className="chip accent">
          <span className="clip">{name}</span>
          <button type="button" aria-label={word('form.remove', { name })} onClick={() => onRemove(name)}>
            <Icon of={IconX} size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A name that may be one of those there are, or a new one: Enter adds it. */
export function NewName({
  id,
  known,
  isBad = false,
  onAdd,
}: {
  id: string;
  known: readonly string[];
  isBad?: boolean;
  onAdd: (name: string) => void;
}): ReactNode {
  const { word } = useWords();
  function add(input: HTMLInputElement): void {
    const name = input.value.trim();
    if (name === '') return;
    onAdd(name);
    input.value = '';
  }
  return (
    <div className={`input ${isBad ? 'bad' : ''}`}>
      <input
        id={id}
        list={`${id}-known`}
        placeholder={word('form.addName')}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add(event.currentTarget);
        }}
        onBlur={(event) => add(event.currentTarget)}
      />
      <datalist id={`${id}-known`}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}

function knownNames(items: readonly Item[], to: Kind | 'skill' | 'event'): readonly string[] {
  if (to === 'skill') return listSkills(items);
  return to === 'event' ? CONVERSATION_EVENT_TYPES : namesOf(items, to);
}

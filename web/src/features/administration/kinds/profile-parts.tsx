import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PageProfile } from '../../../../../contracts/page-profile.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { useRowKeys } from '../form/use-row-keys.ts';
import { useWords } from '../form/words.ts';

interface PartProps {
  profile: PageProfile;
  change: (changed: Partial<PageProfile>) => void;
}

/** Lists that are there in one language or several; the first is that of everybody else. */
const DEFAULT = 'default';

function TextBox({
  label,
  value,
  onChange,
  max,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  max: number;
}): ReactNode {
  return (
    <Field label={label}>
      {(control) => (
        <div className="input">
          <input
            {...control}
            dir="auto"
            value={value}
            maxLength={max}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

export function StartButton({ profile, change }: PartProps): ReactNode {
  const { word } = useWords();
  return (
    <TextBox
      label={word('profile.getStarted')}
      value={profile.getStarted ?? ''}
      max={1000}
      onChange={(getStarted) => change({ getStarted })}
    />
  );
}

/** A list with one part for each language, and a button for another one. */
function Localized<Part extends { locale: string }>({
  title,
  parts = [],
  begin,
  onChange,
  children,
}: {
  title: string;
  parts: Part[] | undefined;
  begin: Omit<Part, 'locale'>;
  onChange: (parts: Part[] | undefined) => void;
  children: (part: Part, change: (changed: Part) => void) => ReactNode;
}): ReactNode {
  const { word } = useWords();
  const { keys, insert, remove } = useRowKeys(parts.length);
  const set = (index: number, changed: Part): void =>
    onChange(parts.map((each, at) => (at === index ? changed : each)));
  return (
    <fieldset className="profile-part">
      <legend className="label">{title}</legend>
      {parts.map((part, index) => (
        <div key={keys[index]} className="profile-locale">
          <div className="row">
            <span className="grow">
              <TextBox
                label={word('profile.locale')}
                value={part.locale}
                max={7}
                onChange={(locale) => set(index, { ...part, locale })}
              />
            </span>
            <IconButton
              icon={IconTrash}
              label={word('profile.removeLocale', { title, locale: part.locale })}
              onClick={() => {
                remove(index);
                const left = parts.filter((_each, at) => at !== index);
                onChange(left.length === 0 ? undefined : left);
              }}
            />
          </div>
          {children(part, (changed) => set(index, changed))}
        </div>
      ))}
      <button
        type="button"
        className="btn sm outline add-row"
        onClick={() => {
          insert();
          onChange([...parts, { locale: parts.length === 0 ? DEFAULT : '', ...begin } as unknown as Part]);
        }}
      >
        <Icon of={IconPlus} />
        {word(parts.length === 0 ? 'profile.addPart' : 'profile.addLocale', { title })}
      </button>
    </fieldset>
  );
}

export function Greetings({ profile, change }: PartProps): ReactNode {
  const { word } = useWords();
  return (
    <Localized
      title={word('profile.greeting')}
      parts={profile.greeting}
      begin={{ text: '' }}
      onChange={(greeting) => change(greeting ? { greeting } : { greeting: undefined as never })}
    >
      {(part, set) => (
        <TextBox label={word('profile.text')} value={part.text} max={160} onChange={(text) => set({ ...part, text })} />
      )}
    </Localized>
  );
}

/** Lines of two texts each. */
function Pairs<Pair extends object>({
  pairs,
  columns,
  max,
  addLabel,
  begin,
  onChange,
}: {
  pairs: readonly Pair[];
  columns: readonly { key: keyof Pair & string; label: string; max: number }[];
  max: number;
  addLabel: string;
  begin: Pair;
  onChange: (pairs: Pair[]) => void;
}): ReactNode {
  const { word } = useWords();
  const { keys, insert, remove } = useRowKeys(pairs.length);
  return (
    <div className="stack-8">
      {pairs.map((pair, index) => (
        <div key={keys[index]} className="profile-pair">
          {columns.map(({ key, label, max: longest }) => (
            <TextBox
              key={key}
              label={label}
              max={longest}
              value={String(pair[key] ?? '')}
              onChange={(text) => onChange(pairs.map((each, at) => (at === index ? { ...each, [key]: text } : each)))}
            />
          ))}
          <IconButton
            icon={IconTrash}
            label={word('form.removeRow', { row: index + 1 })}
            onClick={() => {
              remove(index);
              onChange(pairs.filter((_each, at) => at !== index));
            }}
          />
        </div>
      ))}
      {pairs.length < max && (
        <button
          type="button"
          className="btn sm outline add-row"
          onClick={() => {
            insert();
            onChange([...pairs, begin]);
          }}
        >
          <Icon of={IconPlus} />
          {addLabel}
        </button>
      )}
    </div>
  );
}

export function Questions({ profile, change }: PartProps): ReactNode {
  const { word } = useWords();
  return (
    <Localized
      title={word('profile.questions')}
      parts={profile.iceBreakers}
      begin={{ questions: [{ question: '', payload: '' }] }}
      onChange={(iceBreakers) => change(iceBreakers ? { iceBreakers } : { iceBreakers: undefined as never })}
    >
      {(part, set) => (
        <Pairs
          pairs={part.questions}
          max={4}
          addLabel={word('profile.addQuestion')}
          begin={{ question: '', payload: '' }}
          columns={[
            { key: 'question', label: word('profile.question'), max: 80 },
            { key: 'payload', label: word('profile.payload'), max: 1000 },
          ]}
          onChange={(questions) => set({ ...part, questions })}
        />
      )}
    </Localized>
  );
}

type MenuItem = NonNullable<PageProfile['persistentMenu']>[number]['items'][number];

/** A menu item's second text is where it leads: an address, or else a payload. */
const toLine = (item: MenuItem): { title: string; leadsTo: string } => ({
  title: item.title,
  leadsTo: 'url' in item ? item.url : item.payload,
});
const toItem = ({ title, leadsTo }: { title: string; leadsTo: string }): MenuItem =>
  leadsTo.startsWith('https://') ? { title, url: leadsTo } : { title, payload: leadsTo };

export function Menus({ profile, change }: PartProps): ReactNode {
  const { word } = useWords();
  return (
    <Localized
      title={word('profile.menu')}
      parts={profile.persistentMenu}
      begin={{ items: [{ title: '', payload: '' }] }}
      onChange={(persistentMenu) =>
        change(persistentMenu ? { persistentMenu } : { persistentMenu: undefined as never })
      }
    >
      {(part, set) => (
        <>
          <Pairs
            pairs={part.items.map(toLine)}
            max={20}
            addLabel={word('profile.addItem')}
            begin={{ title: '', leadsTo: '' }}
            columns={[
              { key: 'title', label: word('profile.itemTitle'), max: 30 },
              { key: 'leadsTo', label: word('profile.leadsTo'), max: 2048 },
            ]}
            onChange={(lines) => set({ ...part, items: lines.map(toItem) })}
          />
          <label className="admin-switch">
            <input
              type="checkbox"
              role="switch"
              className="switch-input"
              checked={part.isComposerDisabled === true}
              onChange={(event) => {
                const { isComposerDisabled: _former, ...rest } = part;
                set(event.target.checked ? { ...rest, isComposerDisabled: true } : rest);
              }}
            />
            <span>{word('profile.noComposer')}</span>
          </label>
        </>
      )}
    </Localized>
  );
}

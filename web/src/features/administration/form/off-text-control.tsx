import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { asText, type GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { asTexts, LanguageTexts } from './language-texts.tsx';
import { useWords } from './words.ts';

type Way = 'usual' | 'own' | 'languages' | 'off';

function wayOf(value: unknown): Way {
  if (value === undefined) return 'usual';
  if (typeof value === 'object') return 'languages';
  return value === '' ? 'off' : 'own';
}

/** A text to the customer: what holds otherwise, one of its own, one in each language, or none at all. */
export function OffTextControl({
  value,
  onChange,
  label,
  hint,
  problem,
  inherited,
}: GroupProps & { inherited: { text: string; from: string } | undefined }): ReactNode {
  const { word } = useWords();
  const id = useId();
  /** One's own text may be empty while it is written. */
  const [isWriting, setIsWriting] = useState(false);
  const way = isWriting && typeof value === 'string' ? 'own' : wayOf(value);

  function choose(chosen: Way): void {
    setIsWriting(chosen === 'own');
    const first = Object.values(asTexts(value))[0];
    const before = asText(value) || (first ?? inherited?.text ?? '');
    const begun: Record<Way, unknown> = { usual: undefined, off: '', own: before, languages: { en: before } };
    if (chosen !== way) onChange(begun[chosen]);
  }

  return (
    <div className="field wide">
      <span className="row">
        <label className="label" htmlFor={way === 'own' ? id : undefined} id={`${id}-label`}>
          {label}
        </label>
        <span className="end select quiet-select">
          <select aria-labelledby={`${id}-label`} value={way} onChange={(event) => choose(event.target.value as Way)}>
            <option value="usual">{word('form.textUsual')}</option>
            <option value="own">{word('form.textOwn')}</option>
            <option value="languages">{word('form.textLanguages')}</option>
            <option value="off">{word('form.textOff')}</option>
          </select>
          <Icon of={IconChevronDown} size={14} />
        </span>
      </span>
      {way === 'own' && (
        <div className={`input area ${problem === undefined ? '' : 'bad'}`}>
          <textarea
            id={id}
            rows={2}
            dir="auto"
            value={asText(value)}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
      {way === 'languages' && <LanguageTexts texts={asTexts(value)} onChange={onChange} label={label} />}
      {way === 'usual' && inherited !== undefined && (
        <p className="inherited">
          <span dir="auto">{inherited.text === '' ? word('form.textOff') : inherited.text}</span>
          <span className="xs muted">{inherited.from}</span>
        </p>
      )}
      <FieldNote hint={hint} problem={problem} />
    </div>
  );
}

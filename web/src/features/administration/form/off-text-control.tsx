import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { asText, type GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { useWords } from './words.ts';

type Way = 'usual' | 'own' | 'off';

const wayOf = (value: unknown): Way => (value === undefined ? 'usual' : value === '' ? 'off' : 'own');

/** A text to the customer: what holds otherwise, one of its own, or none at all. */
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
  const way = isWriting && value !== undefined ? 'own' : wayOf(value);

  function choose(chosen: Way): void {
    setIsWriting(chosen === 'own');
    onChange(chosen === 'usual' ? undefined : chosen === 'off' ? '' : (inherited?.text ?? ''));
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

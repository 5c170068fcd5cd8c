import { IconCopy, IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { tell } from '../../../shared/data/toasts.ts';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { generateToken } from '../kinds/generate-token.ts';
import { asText, orNothing, type ControlProps } from './control.ts';
import { useWords } from './words.ts';

/** A secret: dots and its end where one is kept, until it is replaced. */
export function SecretControl({
  control,
  value,
  onChange,
  isKept,
  isBad,
  label,
  secretEnd,
  remembered,
  canGenerate,
}: ControlProps & { canGenerate: boolean }): ReactNode {
  const { word } = useWords();
  const [isShown, setIsShown] = useState(canGenerate);
  const [isReplaced, setIsReplaced] = useState(false);
  const generate = canGenerate && (
    <IconButton
      icon={IconRefresh}
      className="in-btn"
      label={word('form.generate')}
      onClick={() => onChange(generateToken())}
    />
  );
  if (isKept && value === undefined && remembered === undefined && !isReplaced)
    return (
      <div className="input">
        <span className="grow kept-secret" id={control.id} aria-label={word('form.secretKept', { label })}>
          {`•••• •••• ${secretEnd ?? '••••'}`}
        </span>
        {generate}
        <button
          type="button"
          className="btn link sm"
          aria-label={word('form.replaceLabel', { label })}
          onClick={() => setIsReplaced(true)}
        >
          {word('form.replace')}
        </button>
      </div>
    );
  const text = asText(value ?? remembered);
  return (
    <div className={`input ${isBad ? 'bad' : ''}`}>
      <input
        {...control}
        className="mono"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(orNothing(event.target.value))}
      />
      {!canGenerate && (
        <IconButton
          icon={isShown ? IconEyeOff : IconEye}
          className="in-btn"
          label={word(isShown ? 'form.hide' : 'form.show', { label })}
          onClick={() => setIsShown(!isShown)}
        />
      )}
      {canGenerate && text !== '' && (
        <IconButton
          icon={IconCopy}
          className="in-btn"
          label={word('form.copy', { label })}
          onClick={() => void copy(text)}
        />
      )}
      {generate}
    </div>
  );

  async function copy(what: string): Promise<void> {
    await navigator.clipboard.writeText(what);
    tell({ kind: 'success', title: word('form.copied', { label }) });
  }
}

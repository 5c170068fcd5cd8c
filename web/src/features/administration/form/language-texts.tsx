import { IconTrash } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { NewName } from './choosing-controls.tsx';
import { asText } from './control.ts';
import { useWords } from './words.ts';

/** What is offered; whoever speaks another writes its code. */
const COMMON = ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'tr'];

/** Texts by the codes of their languages; nothing where a value is none. */
export function asTexts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([language, text]) => [language, asText(text)]));
}

/** One text in several languages: one can be added and taken out, the first is for whoever speaks none of them. */
export function LanguageTexts({
  texts,
  onChange,
  label,
}: {
  texts: Readonly<Record<string, string>>;
  onChange: (texts: Record<string, string>) => void;
  label: string;
}): ReactNode {
  const { word } = useWords();
  const id = useId();
  const languages = Object.keys(texts);

  function remove(language: string): void {
    const { [language]: _gone, ...others } = texts;
    onChange(others);
  }

  return (
    <div role="group" aria-label={label}>
      <ul className="language-texts">
        {languages.map((language) => (
          <li key={language}>
            <span className="med">{language}</span>
            <div className="input area">
              <textarea
                rows={2}
                dir="auto"
                lang={language}
                aria-label={word('form.textIn', { label, language })}
                value={texts[language]}
                onChange={(event) => onChange({ ...texts, [language]: event.target.value })}
              />
            </div>
            <IconButton
              icon={IconTrash}
              label={word('form.remove', { name: language })}
              disabled={languages.length === 1}
              onClick={() => remove(language)}
            />
          </li>
        ))}
      </ul>
      <label className="xs muted" htmlFor={id}>
        {word('form.addLanguage')}
      </label>
      <NewName
        id={id}
        known={COMMON.filter((code) => !Object.hasOwn(texts, code))}
        isBad={false}
        onAdd={(language) => onChange({ ...texts, [language]: texts[language] ?? '' })}
      />
    </div>
  );
}

import { useTranslation } from 'react-i18next';

/** Words of administration whose keys are made of the names of kinds and fields; a test holds the catalogue to them. */
export interface Words {
  /** A text of the catalogue. */
  word: (key: string, values?: Record<string, unknown>) => string;
  /** Undefined where the catalogue has none. */
  maybe: (key: string) => string | undefined;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation('admin');
  const translate = t as unknown as (key: string, values: Record<string, unknown>) => string;
  const word = (key: string, values: Record<string, unknown> = {}): string => translate(key, values);
  return { word, maybe: (key) => (i18n.exists(`admin:${key}`) ? word(key) : undefined) };
}

import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The recovery codes, this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }): ReactNode {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  const text = `${codes.join('\n')}\n`;

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  }

  function save(): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = 'attendant-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <>
      <p className="secondary dialog-text">{t('secondFactor.codesText')}</p>
      <ul className="recovery-codes mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="dialog-foot">
        <button type="button" className="btn outline" onClick={() => void copy()}>
          {isCopied ? t('secondFactor.copied') : t('secondFactor.copyCodes')}
        </button>
        <span role="status" className="visually-hidden">
          {isCopied && t('secondFactor.copied')}
        </span>
        <button type="button" className="btn outline" onClick={save}>
          {t('secondFactor.saveCodes')}
        </button>
        <button type="button" className="btn primary end" onClick={onKept}>
          {t('secondFactor.kept')}
        </button>
      </div>
    </>
  );
}

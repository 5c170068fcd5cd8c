import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../shared/ui/field.tsx';
import { CodeField, CODE_LENGTH } from './code-field.tsx';
import { enterWith, LoginFault, type Credentials, type Fault } from './log-in.tsx';

/** The step behind the password: a code of the authenticator, or one of those for whoever has lost it. */
export function CodeCard({
  credentials,
  onLoggedIn,
  onBack,
}: {
  credentials: Credentials;
  onLoggedIn: () => Promise<void>;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [isRecovery, setIsRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [isBusy, setIsBusy] = useState(false);
  const name = credentials.username;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (isRecovery ? code.trim() === '' : code.length < CODE_LENGTH)
      return setFault({ kind: isRecovery ? 'missing-recovery' : 'missing-code' });
    setIsBusy(true);
    const found = await enterWith({ ...credentials, code });
    if (found) setFault(found);
    else await onLoggedIn();
    if (found?.kind === 'wrong-code') setCode('');
    setIsBusy(false);
  }

  function change(): void {
    setIsRecovery(!isRecovery);
    setCode('');
    setFault(undefined);
  }

  return (
    <section className="card login-card">
      <h1>{isRecovery ? t('secondFactor.loginRecoveryTitle') : t('secondFactor.loginTitle')}</h1>
      <p className="secondary">
        {isRecovery ? t('secondFactor.loginRecoveryText', { name }) : t('secondFactor.loginText', { name })}
      </p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <LoginFault fault={fault} wasEnded={false} />
        {isRecovery ? (
          <RecoveryField value={code} onChange={setCode} />
        ) : (
          <CodeField label={t('secondFactor.loginTitle')} value={code} onChange={setCode} />
        )}
        <button type="submit" className="btn primary lg" aria-disabled={isBusy}>
          {t('secondFactor.next')}
        </button>
        <button type="button" className="btn quiet" onClick={change}>
          {isRecovery ? t('secondFactor.loginUseCode') : t('secondFactor.loginUseRecovery')}
        </button>
      </form>
      {isRecovery && <p className="xs muted login-lost">{t('secondFactor.loginLost')}</p>}
      <button type="button" className="btn quiet sm login-back" onClick={onBack}>
        {t('secondFactor.back')}
      </button>
    </section>
  );
}

function RecoveryField({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Field label={t('secondFactor.loginRecoveryTitle')}>
      {(control) => (
        <div className="input lg">
          <input
            {...control}
            name="recovery-code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            placeholder="abcd-efgh-ijkl-mnop"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

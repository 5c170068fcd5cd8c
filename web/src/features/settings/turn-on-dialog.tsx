import { lazy, Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { PasswordField } from './password-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Drawn once in the life of an account: nobody else loads it. */
const QrCode = lazy(async () => ({ default: (await import('qrcode.react')).QRCodeSVG }));

type Step =
  { at: 'password' } | { at: 'key'; key: string; uri: string } | { at: 'codes'; recoveryCodes: readonly string[] };

/** Turns one's second factor on: password, key and first code, recovery codes. */
export function TurnOnDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: 'password' });
  return (
    <Dialog
      isOpen
      title={step.at === 'codes' ? t('secondFactor.codesTitle') : t('secondFactor.turnOnTitle')}
      onClose={onClose}
      width={440}
    >
      {step.at === 'password' && <PasswordStep onKey={(begun) => setStep({ at: 'key', ...begun })} onClose={onClose} />}
      {step.at === 'key' && (
        <KeyStep
          begun={step}
          onClose={onClose}
          onDone={(recoveryCodes) => {
            tell({ kind: 'success', title: t('secondFactor.turnedOn') });
            setStep({ at: 'codes', recoveryCodes });
          }}
        />
      )}
      {step.at === 'codes' && <RecoveryCodes codes={step.recoveryCodes} onKept={onClose} />}
    </Dialog>
  );
}

function PasswordStep({
  onKey,
  onClose,
}: {
  onKey: (begun: { key: string; uri: string }) => void;
  onClose: () => void;
}): ReactNode {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const { t } = useTranslation();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      onKey(unwrap(await call('POST /api/v1/users/me/second-factor', { body: { password } })));
    } catch (error) {
      setProblem(reasonOf(error));
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="factor-form">
        <PasswordField
          label={t('secondFactor.password')}
          isOwn
          isFirst
          value={password}
          error={problem}
          onChange={setPassword}
        />
      </div>
      <StepFoot label={t('secondFactor.next')} isReady={password !== ''} onClose={onClose} />
    </form>
  );
}

function KeyStep({
  begun: { key, uri },
  onDone,
  onClose,
}: {
  begun: { key: string; uri: string };
  onDone: (recoveryCodes: readonly string[]) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const groups = key.match(/.{1,4}/g)?.join(' ') ?? key;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      const { recoveryCodes } = unwrap(await call('PUT /api/v1/users/me/second-factor', { body: { code } }));
      onDone(recoveryCodes);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="factor-form">
        <p className="secondary">{t('secondFactor.scan')}</p>
        <div className="qr">
          <Suspense fallback={<span className="skel" />}>
            <QrCode value={uri} size={176} marginSize={2} title={t('secondFactor.qrLabel')} />
          </Suspense>
        </div>
        <div className="key-row">
          <span className="label">{t('secondFactor.key')}</span>
          <code className="mono">{groups}</code>
        </div>
        <Field label={t('secondFactor.code')} hint={t('secondFactor.codeHint')} error={problem}>
          {(control) => (
            <div className="input">
              <input
                {...control}
                inputMode="numeric"
                autoComplete="one-time-code"
                autoFocus
                maxLength={7}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </div>
          )}
        </Field>
      </div>
      <StepFoot label={t('secondFactor.turnOnDo')} isReady={/^\d{3} ?\d{3}$/.test(code)} onClose={onClose} />
    </form>
  );
}

function StepFoot({ label, isReady, onClose }: { label: string; isReady: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="dialog-foot">
      <button type="button" className="btn outline end" onClick={onClose}>
        {t('app.cancel')}
      </button>
      <button type="submit" className="btn primary" aria-disabled={!isReady}>
        {label}
      </button>
    </div>
  );
}

import { lazy, Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, Refusal, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { Field } from '../../shared/ui/field.tsx';
import { PasswordField } from './password-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Drawn once in the life of an account: nobody else loads it. */
const QrCode = lazy(async () => ({ default: (await import('qrcode.react')).QRCodeSVG }));

/** How far somebody is who turns their second factor on. */
export type TurnOnStep =
  { at: 'password' } | { at: 'key'; key: string; uri: string } | { at: 'codes'; recoveryCodes: readonly string[] };

/** What stands below a step: its button, and the way out. */
type StepFoot = (foot: { label: string; isReady: boolean }) => ReactNode;

async function begin(password: string): Promise<TurnOnStep> {
  return { at: 'key', ...unwrap(await call('POST /api/v1/users/me/second-factor', { body: { password } })) };
}

async function turnOn(code: string): Promise<TurnOnStep> {
  const { recoveryCodes } = unwrap(await call('PUT /api/v1/users/me/second-factor', { body: { code } }));
  return { at: 'codes', recoveryCodes };
}

/** Turns one's second factor on: password, key and first code, recovery codes. */
export function TurnOnSteps({
  step,
  onStep,
  foot,
  onKept,
  onAlreadyOn,
}: {
  step: TurnOnStep;
  onStep: (step: TurnOnStep) => void;
  foot: StepFoot;
  /** The recovery codes were seen. */
  onKept: () => void;
  /** Another window has turned it on; what is refused is told where this is absent. */
  onAlreadyOn?: () => void;
}): ReactNode {
  const [problem, setProblem] = useState<string>();

  async function tryTo(act: () => Promise<TurnOnStep>): Promise<void> {
    try {
      onStep(await act());
      setProblem(undefined);
    } catch (error) {
      if (onAlreadyOn && error instanceof Refusal && error.code === 'SECOND_FACTOR_ON') return onAlreadyOn();
      setProblem(reasonOf(error));
    }
  }

  if (step.at === 'codes') return <RecoveryCodes codes={step.recoveryCodes} onKept={onKept} />;
  if (step.at === 'key') {
    return <KeyStep begun={step} foot={foot} problem={problem} onCode={(code) => tryTo(() => turnOn(code))} />;
  }
  return <PasswordStep foot={foot} problem={problem} onPassword={(password) => tryTo(() => begin(password))} />;
}

function PasswordStep({
  foot,
  problem,
  onPassword,
}: {
  foot: StepFoot;
  problem: string | undefined;
  onPassword: (password: string) => Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password !== '') await onPassword(password);
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
      {foot({ label: t('secondFactor.next'), isReady: password !== '' })}
    </form>
  );
}

function KeyStep({
  begun: { key, uri },
  foot,
  problem,
  onCode,
}: {
  begun: { key: string; uri: string };
  foot: StepFoot;
  problem: string | undefined;
  onCode: (code: string) => Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const groups = key.match(/.{1,4}/g)?.join(' ') ?? key;
  const isReady = /^\d{3} ?\d{3}$/.test(code);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isReady) await onCode(code);
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
      {foot({ label: t('secondFactor.turnOnDo'), isReady })}
    </form>
  );
}

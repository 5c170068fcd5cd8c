import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginFrame } from '../features/login/login-frame.tsx';
import { secondFactorQuery } from '../features/settings/second-factor-group.tsx';
import { TurnOnSteps, type TurnOnStep } from '../features/settings/turn-on-steps.tsx';
import { logOut, sessionQuery } from '../shared/data/session.ts';
import { LoadFailed } from '../shared/ui/load-failed.tsx';
import { useRoleName } from '../shared/ui/use-role-name.ts';

/** Whose role requires a second factor sets it up here, before anything else, and goes on to where they wanted to be. */
export function SetUpPage(): ReactNode {
  const { t } = useTranslation();
  const { to = '/' } = useSearch({ from: '/second-factor' });
  const queryClient = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const factor = useQuery(secondFactorQuery);
  const [step, setStep] = useState<TurnOnStep>({ at: 'password' });

  /** A whole address: filters go along. Whoever lacks it still is led back here. */
  async function goOn(): Promise<void> {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(to);
  }

  async function leave(): Promise<void> {
    await logOut(queryClient);
    await navigate({ to: '/login', search: to === '/' ? {} : { to } });
  }

  if (factor.isError)
    return (
      <LoginFrame>
        <section className="card">
          <LoadFailed
            title={t('secondFactor.unknown')}
            message={factor.error.message}
            onRetry={() => void factor.refetch()}
          />
        </section>
      </LoginFrame>
    );
  const isOn = factor.data?.isOn === true && step.at === 'password';
  return (
    <LoginFrame>
      <section className="card login-card set-up-card" aria-busy={factor.isPending}>
        {isOn ? (
          <LogInAgain onLeave={leave} />
        ) : (
          <>
            <h1>{step.at === 'codes' ? t('secondFactor.codesTitle') : t('secondFactor.neededTitle')}</h1>
            {step.at === 'password' && <Why />}
            {step.at === 'codes' && <p role="status">{t('secondFactor.turnedOn')}</p>}
            {factor.data && (
              <TurnOnSteps
                step={step}
                onStep={setStep}
                onKept={() => void goOn()}
                // By this very session, in another window, or by another one: the api knows.
                onAlreadyOn={() => void factor.refetch().then(goOn)}
                foot={({ label, isReady }) => (
                  <button type="submit" className="btn primary lg" aria-disabled={!isReady}>
                    {label}
                  </button>
                )}
              />
            )}
            {step.at !== 'codes' && (
              <button type="button" className="btn quiet sm login-back" onClick={() => void leave()}>
                {t('app.logOut')}
              </button>
            )}
          </>
        )}
      </section>
    </LoginFrame>
  );
}

function Why(): ReactNode {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const me = useQuery(sessionQuery).data;
  if (!me) return null;
  const { role, roleTitle } = me;
  return <p className="secondary">{t('secondFactor.neededText', { role: roleName(role, roleTitle) })}</p>;
}

/** It is on, and this session was opened without its code. */
function LogInAgain({ onLeave }: { onLeave: () => Promise<void> }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('secondFactor.againTitle')}</h1>
      <p className="secondary">{t('secondFactor.againText')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void onLeave();
        }}
      >
        <button type="submit" className="btn primary lg" autoFocus>
          {t('secondFactor.againDo')}
        </button>
      </form>
    </>
  );
}

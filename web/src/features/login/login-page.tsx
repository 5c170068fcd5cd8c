import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionListItem } from '../../../../contracts/session-schema.ts';
import { call } from '../../shared/client/client.ts';
import { logInMethodsQuery, logOut, sessionQuery } from '../../shared/data/session.ts';
import { CodeCard } from './code-card.tsx';
import { ElsewhereCard } from './elsewhere-card.tsx';
import type { Credentials } from './log-in.tsx';
import { LoginFrame } from './login-frame.tsx';
import { LoginCard } from './login-card.tsx';

/** The door: user name and password, and what is to be decided where the desktop is open elsewhere. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { ended = false, to = '/', sso } = useSearch({ from: '/login' });
  // Until it is known, and where nobody tells, the form is there: it is what most have.
  const methods = useQuery(logInMethodsQuery).data ?? { hasPasswords: true };
  /** What was right so far, while the code is asked for. */
  const [credentials, setCredentials] = useState<Credentials>();
  const [others, setOthers] = useState<SessionListItem[]>([]);

  function enter(): void {
    queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
    // A whole address: filters go along.
    router.history.push(to);
  }

  async function onLoggedIn(): Promise<void> {
    // One's own: admins are told everybody's where they name nobody.
    const me = await call('GET /api/v1/session').catch(() => undefined);
    // They may ask for nothing else: the shell leads them to where it is set up.
    if (me?.ok && me.body.needsSecondFactor) return enter();
    const username = me?.ok ? me.body.username : undefined;
    const query = username === undefined ? {} : { username };
    const response = await call('GET /api/v1/sessions', { query }).catch(() => undefined);
    const elsewhere = response?.ok ? response.body.items.filter(({ isCurrent }) => !isCurrent) : [];
    if (elsewhere.length === 0) enter();
    else setOthers(elsewhere);
  }

  return (
    <LoginFrame foot={methods.hasPasswords && <span>{t('login.forgotten')}</span>}>
      {others.length === 0 && !credentials && (
        <LoginCard
          methods={methods}
          to={to}
          sso={sso}
          wasEnded={ended}
          onLoggedIn={onLoggedIn}
          onCodeNeeded={setCredentials}
        />
      )}
      {others.length === 0 && credentials && (
        <CodeCard credentials={credentials} onLoggedIn={onLoggedIn} onBack={() => setCredentials(undefined)} />
      )}
      {others.length > 0 && (
        <ElsewhereCard
          others={others}
          onTakeOver={enter}
          onCancel={async () => {
            await logOut(queryClient);
            setOthers([]);
            setCredentials(undefined);
          }}
        />
      )}
    </LoginFrame>
  );
}

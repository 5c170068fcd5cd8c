import './login.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionListItem } from '../../../../contracts/session-schema.ts';
import { call } from '../../shared/client/client.ts';
import { logInMethodsQuery, logOut, sessionQuery } from '../../shared/data/session.ts';
import { Mark } from '../../shared/ui/mark.tsx';
import { LanguageSelect } from '../../shared/ui/appearance.tsx';
import { CodeCard } from './code-card.tsx';
import { ElsewhereCard } from './elsewhere-card.tsx';
import type { Credentials } from './log-in.tsx';
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
    const username = me?.ok ? me.body.username : undefined;
    const query = username === undefined ? {} : { username };
    const response = await call('GET /api/v1/sessions', { query }).catch(() => undefined);
    const elsewhere = response?.ok ? response.body.items.filter(({ isCurrent }) => !isCurrent) : [];
    if (elsewhere.length === 0) enter();
    else setOthers(elsewhere);
  }

  return (
    <div className="login">
      <main className="login-box">
        <div className="login-brand">
          <Mark />
          <span>
            <b>{t('app.name')}</b>
            <span className="xs muted">{t('login.tagline')}</span>
          </span>
        </div>
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
      </main>
      <LoginFoot hasPasswords={methods.hasPasswords} />
    </div>
  );
}

function LoginFoot({ hasPasswords }: { hasPasswords: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <footer className="login-foot">
      <LanguageSelect />
      {hasPasswords && <span>{t('login.forgotten')}</span>}
    </footer>
  );
}

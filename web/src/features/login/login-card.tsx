import { IconAlertTriangle, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogInMethods } from '../../shared/data/session.ts';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { ProviderDoor, ProviderFault } from './provider-door.tsx';
import { enterWith, LoginFault, type Credentials, type Fault } from './log-in.tsx';

/** The ways in: user name and password, the company's own provider, or either. */
export function LoginCard({
  methods: { hasPasswords, provider },
  to,
  sso,
  wasEnded,
  onLoggedIn,
  onCodeNeeded,
}: {
  methods: LogInMethods;
  /** Where one wants to be afterwards. */
  to: string;
  /** Why the provider's word let nobody in. */
  sso: string | undefined;
  wasEnded: boolean;
  onLoggedIn: () => Promise<void>;
  /** The password was right, and there is a second factor. */
  onCodeNeeded: (credentials: Credentials) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="card login-card">
      <h1>{t('login.title')}</h1>
      {sso !== undefined && <ProviderFault reason={sso} />}
      {hasPasswords && <PasswordForm wasEnded={wasEnded} onLoggedIn={onLoggedIn} onCodeNeeded={onCodeNeeded} />}
      {!hasPasswords && <LoginFault fault={undefined} wasEnded={wasEnded} />}
      {provider && <ProviderDoor name={provider.name} to={to} isOnly={!hasPasswords} />}
    </section>
  );
}

/** What is wrong is said without telling which of the two. */
function PasswordForm({
  wasEnded,
  onLoggedIn,
  onCodeNeeded,
}: {
  wasEnded: boolean;
  onLoggedIn: () => Promise<void>;
  onCodeNeeded: (credentials: Credentials) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (username === '' || password === '') return setFault({ kind: 'missing' });
    setIsBusy(true);
    const credentials = { username: username.trim(), password };
    const found = await enterWith(credentials);
    if (found?.kind === 'code-needed') onCodeNeeded(credentials);
    else if (found) setFault(found);
    else await onLoggedIn();
    setIsBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <LoginFault fault={fault} wasEnded={wasEnded} />
      <Field label={t('login.username')}>
        {(control) => (
          <div className="input lg">
            <input
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              // The page has nothing else to do.
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          </div>
        )}
      </Field>
      <PasswordField value={password} onChange={setPassword} />
      <button type="submit" className="btn primary lg" aria-disabled={isBusy}>
        {isBusy ? t('login.submitting') : t('login.submit')}
      </button>
    </form>
  );
}

function PasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const [hasCapsLock, setHasCapsLock] = useState(false);
  const noteCapsLock = (event: KeyboardEvent): void => setHasCapsLock(event.getModifierState('CapsLock'));
  return (
    <Field
      label={t('login.password')}
      hint={
        hasCapsLock ? (
          <span className="row row-1 t-warn">
            <Icon of={IconAlertTriangle} size={12} />
            {t('login.capsLock')}
          </span>
        ) : undefined
      }
    >
      {(control) => (
        <div className="input lg">
          <input
            {...control}
            name="password"
            type={isShown ? 'text' : 'password'}
            autoComplete="current-password"
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onKeyUp={noteCapsLock}
            onKeyDown={noteCapsLock}
          />
          <IconButton
            icon={isShown ? IconEyeOff : IconEye}
            label={isShown ? t('login.hidePassword') : t('login.showPassword')}
            className="in-btn"
            onClick={() => setIsShown(!isShown)}
          />
        </div>
      )}
    </Field>
  );
}

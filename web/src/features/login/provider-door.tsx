import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';

/** Why the provider's word lets nobody in; the api names it in the address. */
const REASONS = ['no-username', 'no-role', 'no-user', 'other-person', 'refused', 'expired', 'unavailable'] as const;
type Reason = (typeof REASONS)[number];

const reasonOf = (text: string): Reason => REASONS.find((reason) => reason === text) ?? 'refused';

/** Leads to the log-in of the company's own provider. */
export function ProviderDoor({ name, to, isOnly }: { name: string; to: string; isOnly: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="login-provider">
      {!isOnly && <span className="login-or muted xs">{t('login.or')}</span>}
      <a className={isOnly ? 'btn primary lg' : 'btn outline lg'} href={`/api/v1/oidc?to=${encodeURIComponent(to)}`}>
        {t('login.withProvider', { name })}
      </a>
    </div>
  );
}

/** What is wrong with who came back from there, and what to do. */
export function ProviderFault({ reason }: { reason: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="alert danger" role="alert">
      <Icon of={IconAlertCircle} />
      <span>
        <span className="med">{t(`login.sso.${reasonOf(reason)}.title`)}</span>
        <p>{t(`login.sso.${reasonOf(reason)}.text`)}</p>
      </span>
    </div>
  );
}

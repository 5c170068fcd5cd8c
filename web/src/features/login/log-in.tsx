import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../shared/client/client.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** The api counts wrong tries within a minute. */
const PAUSE_MS = 60_000;

export interface Credentials {
  username: string;
  password: string;
  code?: string;
}

/** Why somebody is not let in; `code-needed`: the password was right. */
export type Fault =
  | { kind: 'wrong' | 'wrong-code' | 'unreachable' | 'missing' | 'missing-code' | 'missing-recovery' | 'code-needed' }
  | { kind: 'paused'; until: number };

/** Logs in. Undefined where it was done. */
export async function enterWith(body: Credentials): Promise<Fault | undefined> {
  const response = await call('POST /api/v1/session', { body });
  if (response.ok) return undefined;
  if (response.error.code === 'TOO_MANY_ATTEMPTS') return { kind: 'paused', until: Date.now() + PAUSE_MS };
  if (response.error.code === 'SECOND_FACTOR_REQUIRED') return { kind: 'code-needed' };
  if (response.error.code === 'SECOND_FACTOR_INVALID') return { kind: 'wrong-code' };
  return { kind: response.status >= 500 ? 'unreachable' : 'wrong' };
}

/** What is wrong, and what to do. */
export function LoginFault({ fault, wasEnded }: { fault: Fault | undefined; wasEnded: boolean }): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  if (!fault || fault.kind === 'code-needed') {
    return wasEnded ? (
      <div className="alert warn" role="status">
        <Icon of={IconAlertTriangle} />
        <span className="med">{t('login.ended')}</span>
      </div>
    ) : null;
  }
  const texts = {
    wrong: [t('login.wrong'), t('login.wrongMore')],
    'wrong-code': [t('secondFactor.loginWrong'), t('secondFactor.loginWrongMore')],
    unreachable: [t('login.unreachable'), t('login.unreachableMore')],
    missing: [t('login.missing'), ''],
    'missing-code': [t('secondFactor.loginMissing'), ''],
    'missing-recovery': [t('secondFactor.loginMissingRecovery'), ''],
    paused: [
      t('login.tooMany', { time: formatDuration(fault.kind === 'paused' ? fault.until - now : 0) }),
      t('login.tooManyMore'),
    ],
  }[fault.kind];
  return (
    <div className="alert" role="alert">
      <Icon of={IconAlertCircle} />
      <span>
        <span className="med">{texts[0]}</span>
        {texts[1] !== '' && <p>{texts[1]}</p>}
      </span>
    </div>
  );
}

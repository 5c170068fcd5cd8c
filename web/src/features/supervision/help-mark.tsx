import { IconFlagFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentLine } from '../../shared/data/overview.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** An agent asks for help in one of their chats; nothing where they do not. */
export function HelpMark({ agent: { flags } }: { agent: AgentLine }): ReactNode {
  const { t } = useTranslation();
  if (flags === 0) return null;
  return (
    <span className="t-danger" title={t('supervision.asksForHelp')}>
      <Icon of={IconFlagFilled} size={14} />
      <span className="visually-hidden">{t('supervision.asksForHelp')}</span>
    </span>
  );
}

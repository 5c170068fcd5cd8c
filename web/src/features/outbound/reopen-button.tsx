import { IconMessagePlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBegin } from '../../shared/data/outbound.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** Goes on with an ended conversation: a new one that I hold, on its Page. */
export function ReopenButton({
  conversationId,
  onBegun,
}: {
  conversationId: string;
  onBegun: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { takesChats } = useMe();
  const begin = useBegin();
  if (!takesChats) return null;
  return (
    <button
      type="button"
      className="btn sm outline"
      aria-disabled={begin.isPending}
      onClick={() =>
        begin.mutate(
          { conversationId },
          {
            onSuccess: onBegun,
            onError: (error) => tellFailure(t('outbound.refused'), error),
          },
        )
      }
    >
      <Icon of={IconMessagePlus} />
      {t('outbound.reopen')}
    </button>
  );
}

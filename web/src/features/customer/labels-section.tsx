import { Menu } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../contracts/privileges.ts';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { conversationQuery, type ConversationView } from '../../shared/data/chats.ts';
import { useMe } from '../../shared/data/session.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const labelsQuery = queryOptions({
  queryKey: ['labels'],
  queryFn: async () => unwrap(await call('GET /api/v1/labels')).items,
  staleTime: 5 * 60_000,
});

/** What agents have put on the conversation, also after it has ended. Nothing where there are no labels to put. */
export function LabelsSection({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const all = useQuery(labelsQuery).data ?? [];
  const change = useChangeLabels(conversation);
  const { labels = [] } = conversation;
  const others = all.filter(({ name, hidden }) => !hidden && !labels.includes(name));
  const mayChange = mayDo(me, 'answer-chats');
  if (all.length === 0 && labels.length === 0) return null;
  return (
    <section className="sect">
      <h3>{t('labels.title')}</h3>
      <div className="tags">
        {labels.map((label) => (
          <span key={label} className="chip">
            <LabelDot colour={all.find(({ name }) => name === label)?.colour} />
            {label}
            {mayChange && (
              <button
                type="button"
                aria-label={t('labels.remove', { label })}
                title={t('labels.remove', { label })}
                onClick={() => void change({ remove: [label] })}
              >
                <Icon of={IconX} size={12} />
              </button>
            )}
          </span>
        ))}
        {labels.length === 0 && <span className="xs muted">{t('labels.none')}</span>}
        {mayChange && others.length > 0 && (
          <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <button type="button" className="chip outline" aria-label={t('labels.add')}>
                <Icon of={IconPlus} size={12} />
                {t('labels.label')}
              </button>
            </Menu.Target>
            <Menu.Dropdown aria-label={t('labels.add')}>
              {others.map(({ name, colour }) => (
                <Menu.Item
                  key={name}
                  leftSection={<LabelDot colour={colour} />}
                  onClick={() => void change({ add: [name] })}
                >
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </section>
  );
}

/** A label is told by its word; the dot only helps to find it. */
function LabelDot({ colour = 'grey' }: { colour?: string | undefined }): ReactNode {
  return <span className={`label-dot label-${colour}`} aria-hidden="true" />;
}

function useChangeLabels({ id }: ConversationView): (changes: { add?: string[]; remove?: string[] }) => Promise<void> {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return async (changes) => {
    try {
      const body = { clientId: newClientId(), add: [], remove: [], ...changes };
      const { labels } = unwrap(await call('POST /api/v1/conversations/:id/labels', { params: { id }, body }));
      queryClient.setQueryData(conversationQuery(id).queryKey, (known) => known && { ...known, labels });
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      tell({ kind: 'danger', title: t('labels.failed', { reason }) });
    }
  };
}

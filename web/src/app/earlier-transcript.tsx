import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Transcript } from '../features/conversation/transcript.tsx';
import { useEvents } from '../features/conversation/use-events.ts';
import { ReopenButton } from '../features/outbound/reopen-button.tsx';
import type { ConversationView } from '../shared/data/chats.ts';
import { useFormats } from '../shared/i18n/i18n.ts';
import { IconButton } from '../shared/ui/icon-button.tsx';

/** An earlier conversation to read, and a way to go on with it. */
export function EarlierTranscript({
  conversation,
  onBack,
}: {
  conversation: ConversationView;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const events = useEvents(conversation.id);
  return (
    <div className="hist-transcript">
      <header>
        <IconButton icon={IconArrowLeft} label={t('history.back')} onClick={onBack} />
        <span className="med grow">{t('history.transcript', { day: formats.day(conversation.startedAt) })}</span>
        {conversation.state === 'ended' && (
          <ReopenButton
            conversationId={conversation.id}
            onBegun={(id) => void navigate({ to: '/chats/$id', params: { id } })}
          />
        )}
      </header>
      <Transcript conversation={conversation} events={events} isReadOnly />
    </div>
  );
}

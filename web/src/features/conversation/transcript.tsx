import { IconArrowDown, IconChevronUp } from '@tabler/icons-react';
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useMessages } from '../../shared/data/messages.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { notYetTold, useOutbox } from '../../shared/data/outbox.ts';
import { useMe } from '../../shared/data/session.ts';
import { useSettings } from '../../shared/data/settings.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { groupMessages, type TranscriptEvent } from './group-messages.ts';
import { OutgoingRun } from './outgoing-run.tsx';
import { MessagesContext, TranscriptContext } from './transcript-context.ts';
import { TranscriptRow } from './transcript-row.tsx';
import { TypingRow } from './typing-row.tsx';
import { useScroll } from './use-scroll.ts';

/** Everything that was said, and what happened in between. */
export function Transcript({
  conversation,
  events,
  isReadOnly,
  onQuote,
  onAtEnd,
}: {
  conversation: ConversationView;
  events: readonly TranscriptEvent[];
  isReadOnly: boolean;
  onQuote?: (text: string) => void;
  /** The newest message is in view. */
  onAtEnd?: (isAtEnd: boolean) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { id } = conversation;
  const formats = useFormats();
  const nameOf = useCustomerName();
  const announces = useSettings((settings) => settings.announcesMessages);
  const { messages, isLoading, hasEarlier, isLoadingEarlier, loadEarlier } = useMessages(id);
  const { username } = useMe();
  const outgoing = useOutbox((store) => store.outgoing).filter(
    (each) => each.conversationId === id && each.username === username,
  );
  const items = useMemo(() => groupMessages(messages, events, formats.dayKey), [messages, events, formats]);
  const scroll = useScroll({ key: id, messages, sent: outgoing.at(-1)?.clientId, onAtEnd });
  const context = useMemo(
    () => ({
      customer: nameOf(conversation),
      service: conversation.service,
      conversationId: id,
      isReadOnly,
      onQuote,
    }),
    [nameOf, conversation, id, isReadOnly, onQuote],
  );

  async function loadMore(): Promise<void> {
    scroll.holdPlace();
    await loadEarlier();
  }

  return (
    <TranscriptContext.Provider value={context}>
      <div
        className="conv-scroll"
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        onKeyDown={stepThroughMessages}
        role="log"
        aria-label={t('conversation.log')}
        aria-live={announces && !isReadOnly && !isLoading ? 'polite' : 'off'}
        tabIndex={0}
      >
        <div className="log">
          {hasEarlier && (
            <div className="conv-earlier">
              <button
                type="button"
                className="btn sm quiet"
                aria-disabled={isLoadingEarlier}
                onClick={() => void loadMore()}
              >
                <Icon of={IconChevronUp} size={14} />
                {t('conversation.earlier')}
              </button>
            </div>
          )}
          {isLoading && <TranscriptSkeleton />}
          <MessagesContext.Provider value={messages}>
            {items.map((item) => (
              <TranscriptRow key={item.key} item={item} />
            ))}
          </MessagesContext.Provider>
          {notYetTold(outgoing, messages).map((each) => (
            <OutgoingRun key={each.clientId} outgoing={each} />
          ))}
          <TypingRow conversationId={id} />
        </div>
      </div>
      {scroll.newCount > 0 || !scroll.isAtEnd ? <ToNewest count={scroll.newCount} onClick={scroll.toEnd} /> : null}
    </TranscriptContext.Provider>
  );
}

function ToNewest({ count, onClick }: { count: number; onClick: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="newest-place">
      <button type="button" className="btn sm outline newest" onClick={onClick}>
        <Icon of={IconArrowDown} size={14} />
        {count > 0 ? t('conversation.newMessages', { count }) : t('conversation.toNewest')}
      </button>
    </div>
  );
}

function TranscriptSkeleton(): ReactNode {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className="col">
      {(['w46', 'w60', 'w38'] as const).map((width) => (
        <div key={width} className="run">
          <span className="skel av s28" />
          <div className="stack grow">
            <span className={`skel ${width}`} />
            <span className="skel w30" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Arrow keys go from message to message; each has what can be done with it behind Tab. */
function stepThroughMessages(event: KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
  const at = (event.target as HTMLElement).closest('[data-message]');
  if (by === undefined || !isPlain || (!at && by === 1)) return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')];
  const index = at ? places.indexOf(at as HTMLElement) + by : places.length - 1;
  const next = places[index];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { useTyping } from '../../shared/live/typing.ts';
import { TypingBubble } from '../../shared/ui/typing-bubble.tsx';

/** Colleagues who are writing; Messenger does not tell when a customer is. */
export function TypingRow({ conversationId }: { conversationId: string }): ReactNode {
  const { t } = useTranslation();
  const typing = useTyping((store) => store.typing[conversationId]) ?? NOBODY;
  const nameOf = useColleagueName();
  return typing.map((username) => (
    <div key={username} className="run out">
      <div className="stack">
        <span className="who">
          <b>{nameOf(username)}</b>
        </span>
        <TypingBubble label={t('conversation.typing', { name: nameOf(username) })} />
      </div>
    </div>
  ));
}

const NOBODY: string[] = [];

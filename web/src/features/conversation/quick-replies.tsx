import { IconCheck } from '@tabler/icons-react';
import { useContext, type ReactNode } from 'react';
import type { MessageView } from '../../shared/data/messages.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { MessagesContext } from './transcript-context.ts';

/** The answers that were offered, and the one that was chosen. */
export function QuickReplies({ message }: { message: MessageView }): ReactNode {
  const messages = useContext(MessagesContext);
  const answer = messages
    .slice(messages.findIndex(({ id }) => id === message.id) + 1)
    .find(({ direction }) => direction === 'in');
  return (
    <div className="quick">
      {message.quickReplies?.map(({ title, payload }) => {
        const isPicked = answer?.payload === payload;
        return (
          <span key={`${title} ${payload}`} className={isPicked ? 'picked' : ''}>
            {isPicked && <Icon of={IconCheck} size={12} />}
            {title}
          </span>
        );
      })}
    </div>
  );
}

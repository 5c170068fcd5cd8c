import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useDrafts } from '../../shared/data/drafts.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { KEY_NAMES } from '../../shared/lib/commands.ts';

/** What stands in the place of the text while Messenger's window is closed: what may still be done, and until when. */
export function ClosedWindow({
  conversation,
  canAnswer,
  onAnswer,
}: {
  conversation: ConversationView;
  canAnswer: boolean;
  onAnswer: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useCustomerName();
  const name = firstNameOf(nameOf(conversation));
  const day = formats.moment(conversation.window?.humanUntil ?? Date.now());
  return (
    <>
      <p className="closed">
        {canAnswer ? t('composer.closedText', { day, name }) : t('composer.closedForAll', { name })}
      </p>
      <div className="tools">
        {canAnswer && (
          <button type="button" className="btn sm outline" onClick={onAnswer}>
            {t('composer.asPerson')}
          </button>
        )}
        <button
          type="button"
          className="btn sm quiet"
          title={KEY_NAMES.note}
          onClick={() => useDrafts.getState().write(conversation.id, { mode: 'note' })}
        >
          {t('conversation.writeNote')}
        </button>
      </div>
    </>
  );
}

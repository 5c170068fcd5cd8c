import { useTranslation } from 'react-i18next';
import type { MessageView } from './messages.ts';

/** The last thing that was said, in one line; what is no text is named. */
export function useLastWords(messages: readonly MessageView[]): string {
  const { t } = useTranslation();
  const last = messages.findLast(({ direction }) => direction !== 'internal');
  if (!last) return '';
  if (last.isDeleted) return t('chats.removed');
  if (last.text) return last.text;
  const names: Readonly<Record<string, string>> = {
    image: t('chats.photo'),
    video: t('chats.video'),
    audio: t('chats.audio'),
    file: t('chats.file'),
    location: t('chats.location'),
    fallback: t('chats.link'),
  };
  const [attachment] = last.attachments;
  if (attachment?.stickerId !== undefined) return t('chats.sticker');
  return names[attachment?.type ?? ''] ?? t('chats.unknown');
}

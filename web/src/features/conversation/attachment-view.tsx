import {
  IconCopy,
  IconDownload,
  IconExternalLink,
  IconFile,
  IconLink,
  IconMapPin,
  IconMicrophone,
  IconPhoto,
  IconVideo,
  type TablerIcon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isCopied } from '../../../../contracts/customer-event.ts';
import type { MessageView } from '../../shared/data/messages.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Photo } from './photo.tsx';
import { useTranscript } from './transcript-context.ts';
import { Voice } from './voice.tsx';

type Attachment = MessageView['attachments'][number];

interface Props {
  attachment: Attachment;
  message: MessageView;
  isFirst: boolean;
}

/** Our copy of what is attached: Meta's own address expires, and tells a stranger who looks. */
const fileUrl = (fileId: string): string => `/api/v1/files/${fileId}`;

/** Something attached, in the way of its kind. */
export function AttachmentView({ attachment, message, isFirst }: Props): ReactNode {
  const { t } = useTranslation();
  const { customer } = useTranscript();
  const { type, fileId, stickerId } = attachment;
  if (attachment.coordinates || type === 'location') return <PlaceCard attachment={attachment} />;
  if (type === 'fallback' || type === 'share' || (fileId === undefined && !isCopied(attachment)))
    return <LinkCard attachment={attachment} />;
  if (fileId === undefined) return <MissingCopy attachment={attachment} />;
  const url = fileUrl(fileId);
  if (stickerId !== undefined)
    return <img className="sticker" src={url} alt={t('conversation.sticker')} loading="lazy" />;
  switch (type) {
    case 'image': {
      const alt =
        message.direction === 'in' ? t('conversation.photoFrom', { name: customer }) : t('conversation.photoSent');
      return <Photo url={url} alt={alt} />;
    }
    case 'video':
    case 'reel':
    case 'ig_reel':
      // Customers' videos come without subtitles.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      return <video className="video" src={url} controls preload="metadata" aria-label={t('conversation.videoFrom')} />;
    case 'audio':
      return <Voice url={url} isFirst={isFirst} />;
    default:
      return <FileCard attachment={attachment} url={url} />;
  }
}

/** A card: a tile, a title, a line, and what can be done. */
function Card({
  tile,
  title,
  line,
  children,
}: {
  tile: TablerIcon | string;
  title: string;
  line?: string | undefined;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="attach">
      <span className="tile">{typeof tile === 'string' ? tile : <Icon of={tile} size={18} />}</span>
      <span className="grow">
        <span className="clip med" title={title} dir="auto">
          {title}
        </span>
        {line !== undefined && (
          <span className="clip xs muted num" title={line}>
            {line}
          </span>
        )}
      </span>
      {children}
    </div>
  );
}

function FileCard({ attachment, url }: { attachment: Attachment; url: string }): ReactNode {
  const { t } = useTranslation();
  const name = attachment.title ?? t('conversation.file');
  const ending = /\.(\w{1,4})$/.exec(name)?.[1]?.toUpperCase() ?? 'FILE';
  return (
    <Card tile={ending} title={name} line={t('conversation.file')}>
      <a
        className="icon-btn"
        href={url}
        download
        aria-label={t('conversation.download', { name })}
        title={t('conversation.download', { name })}
      >
        <Icon of={IconDownload} />
      </a>
    </Card>
  );
}

/** When it is looked whether there is a copy by now: nothing tells of it. */
const LOOKED_AFTER_MS = [1000, 2000, 4000, 8000, 16_000];
/** After that it is told that there is none: an account may keep no copies, and a host may be away for long. */
const LOOKED_FOR_MS = 20_000;

/** There is no copy yet, or there will be none. */
function MissingCopy({ attachment: { noCopy, title, type, url } }: { attachment: Attachment }): ReactNode {
  const { t } = useTranslation();
  const { conversationId } = useTranscript();
  const queryClient = useQueryClient();
  const [hasWaited, setHasWaited] = useState(false);
  const isComing = noCopy === undefined;
  useEffect(() => {
    if (!isComing) return undefined;
    const look = (): void => void queryClient.invalidateQueries({ queryKey: ['messages', conversationId] });
    const timers = [
      ...LOOKED_AFTER_MS.map((ms) => setTimeout(look, ms)),
      setTimeout(() => setHasWaited(true), LOOKED_FOR_MS),
    ];
    return () => timers.forEach(clearTimeout);
  }, [isComing, conversationId, queryClient]);
  const names: Readonly<Record<string, string>> = {
    image: t('chats.photo'),
    video: t('chats.video'),
    audio: t('chats.audio'),
    file: t('chats.file'),
  };
  const icons: Readonly<Record<string, TablerIcon>> = { image: IconPhoto, video: IconVideo, audio: IconMicrophone };
  const words = hasWaited ? t('conversation.noCopyYet') : t('conversation.copying');
  const line = isComing ? words : t('conversation.noCopy', { reason: noCopy });
  return (
    <Card tile={icons[type] ?? IconFile} title={title ?? names[type] ?? type} line={line}>
      {(hasWaited || !isComing) && isWeb(url) && <OutwardLink href={url} label={t('conversation.openAtMessenger')} />}
    </Card>
  );
}

function PlaceCard({ attachment: { coordinates, title } }: { attachment: Attachment }): ReactNode {
  const { t } = useTranslation();
  if (!coordinates) return <Card tile={IconMapPin} title={title ?? t('conversation.location')} />;
  const place = `${coordinates.lat.toFixed(4)}, ${coordinates.long.toFixed(4)}`;
  const { lat, long } = coordinates;
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(place);
    tell({ kind: 'success', title: t('conversation.copied') });
  }
  return (
    <Card tile={IconMapPin} title={title ?? t('conversation.location')} line={place}>
      <IconButton icon={IconCopy} label={t('conversation.copyPlace')} onClick={() => void copy()} />
      <OutwardLink
        href={`https://www.openstreetmap.org/?mlat=${lat}&mlon=${long}#map=16/${lat}/${long}`}
        label={t('conversation.openMap')}
      />
    </Card>
  );
}

function LinkCard({ attachment: { url = '', title, type } }: { attachment: Attachment }): ReactNode {
  const { t } = useTranslation();
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isLink = type === 'fallback' || type === 'share';
  // Meta's own word for what the console has none for: a reel, a story.
  const plain = isLink ? (target?.host ?? t('chats.link')) : type.replaceAll('_', ' ');
  return (
    <Card tile={IconLink} title={title ?? plain} line={target ? `${target.host}${target.pathname}` : url}>
      {isWeb(url) && <OutwardLink href={url} label={t('conversation.openLink')} />}
    </Card>
  );
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** A way out of the house: the other side learns nothing of where it came from. */
function OutwardLink({ href, label }: { href: string; label: string }): ReactNode {
  return (
    <a className="icon-btn" href={href} target="_blank" rel="noopener noreferrer" aria-label={label} title={label}>
      <Icon of={IconExternalLink} />
    </a>
  );
}

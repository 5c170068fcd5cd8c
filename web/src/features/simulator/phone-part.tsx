import {
  IconDownload,
  IconExternalLink,
  IconFile,
  IconLink,
  IconMapPin,
  IconPhoto,
  IconQuestionMark,
  IconVideo,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';
import { useParts } from './parts-context.ts';
import { TapButton } from './tap-button.tsx';
import { ownPath, type Attachment, type Parties } from './simulator-api.ts';

/** Something attached, in the way of its kind; of what lies elsewhere only the address is shown. */
export function PhonePart({ attachment, parties }: { attachment: Attachment; parties: Parties }): ReactNode {
  const { t } = useTranslation('simulator');
  const { Voice } = useParts();
  const { type, url, title, coordinates, stickerId, buttons } = attachment;
  const path = ownPath(url);
  if (type === 'template' || buttons !== undefined) return <CardPart attachment={attachment} parties={parties} />;
  if (coordinates) {
    const place = `${coordinates.lat.toFixed(4)}, ${coordinates.long.toFixed(4)}`;
    return <Line icon={IconMapPin} title={title ?? t('part.location')} line={place} />;
  }
  if (path === undefined) return <ElsewherePart attachment={attachment} />;
  if (stickerId !== undefined) return <img className="ph-sticker" src={path} alt={t('part.sticker')} />;
  if (type === 'image') {
    return (
      <a className="ph-photo" href={path} target="_blank" rel="noreferrer" aria-label={t('part.openPhoto')}>
        <img src={path} alt={t('part.photo')} loading="lazy" />
      </a>
    );
  }
  if (type === 'video') {
    return (
      // What customers film has no captions.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video className="ph-video" src={path} controls preload="metadata" aria-label={t('part.video')} />
    );
  }
  if (type === 'audio') return <Voice url={path} isFirst={false} />;
  const name = title ?? decodeURIComponent(path.split('/').at(-1) ?? '');
  return (
    <Line icon={IconFile} title={name} line={t('part.file')}>
      <Way href={path} label={t('part.download', { name })} icon={IconDownload} />
    </Line>
  );
}

/** What this page does not load: its address, or that nobody knows the kind. */
function ElsewherePart({ attachment: { type, url, title } }: { attachment: Attachment }): ReactNode {
  const { t } = useTranslation('simulator');

  const icons: Readonly<Record<string, TablerIcon>> = { image: IconPhoto, video: IconVideo, file: IconFile };
  const isLink = type === 'fallback';
  const isKnown = isLink || type in icons || type === 'audio';
  if (!isKnown) return <Line icon={IconQuestionMark} title={t('part.unsupported', { type })} />;
  const name = title ?? (isLink ? t('part.link') : type);
  return (
    <Line icon={icons[type] ?? IconLink} title={name} line={url ?? t('part.elsewhere')}>
      {url !== undefined && <Way href={url} label={t('part.follow', { name })} icon={IconExternalLink} />}
    </Line>
  );
}

function Line({
  icon,
  title,
  line,
  children,
}: {
  icon: TablerIcon;
  title: string;
  line?: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="attach">
      <span className="tile">
        <Icon of={icon} size={18} />
      </span>
      <span className="grow">
        <span className="med ph-line">{title}</span>
        {line !== undefined && <span className="xs muted ph-line num">{line}</span>}
      </span>
      {children}
    </div>
  );
}

function Way({ href, label, icon }: { href: string; label: string; icon: TablerIcon }): ReactNode {
  return (
    <a className="icon-btn" href={href} target="_blank" rel="noopener noreferrer" aria-label={label} title={label}>
      <Icon of={icon} />
    </a>
  );
}

/** A card of the Page, with buttons to tap. */
function CardPart({ attachment, parties }: { attachment: Attachment; parties: Parties }): ReactNode {
  const { t } = useTranslation('simulator');
  const { title, subtitle, url, buttons = [] } = attachment;
  const path = ownPath(url);
  return (
    <div className="ph-card">
      {path !== undefined && <img src={path} alt={title ?? t('part.photo')} loading="lazy" />}
      <div className="ph-card-text" dir="auto">
        <div>{title}</div>
        {subtitle !== undefined && <div className="xs muted">{subtitle}</div>}
      </div>
      {buttons.map((button) => (
        <TapButton key={button.title} button={button} parties={parties} />
      ))}
    </div>
  );
}

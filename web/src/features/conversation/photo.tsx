import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';

/** A photo in the transcript; it opens in its full size. */
export function Photo({ url, alt }: { url: string; alt: string }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [isZoomed, setIsZoomed] = useState(false);
  return (
    <>
      <button
        type="button"
        className="photo"
        aria-label={`${alt}. ${t('conversation.openPhoto')}`}
        onClick={() => setIsOpen(true)}
      >
        <img src={url} alt={alt} loading="lazy" />
      </button>
      <Dialog
        isOpen={isOpen}
        title={alt}
        onClose={() => setIsOpen(false)}
        width={960}
        foot={
          <>
            <button type="button" className="btn outline" onClick={() => setIsZoomed(!isZoomed)}>
              {isZoomed ? t('conversation.zoomOut') : t('conversation.zoomIn')}
            </button>
            <a className="btn outline end" href={url} download>
              <Icon of={IconDownload} />
              {t('conversation.download', { name: alt })}
            </a>
          </>
        }
      >
        <div className={`lightbox ${isZoomed ? 'zoomed' : ''}`} tabIndex={0} role="group" aria-label={alt}>
          <img src={url} alt={alt} />
        </div>
      </Dialog>
    </>
  );
}

import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { attempt } from './attempt.ts';
import { FormDialog } from './form-dialog.tsx';
import { drawPhoto, drawSticker, THUMBS_UP_STICKER } from './sample-files.ts';
import { phoneOf, putFile, type Parties } from './simulator-api.ts';

type FileKind = 'image' | 'video' | 'audio' | 'file';

/** Sends a file as what it is. */
export async function sendFile(parties: Parties, file: File, kind?: FileKind): Promise<void> {
  const [family = ''] = file.type.split('/');
  const type = kind ?? (['image', 'video', 'audio'].includes(family) ? family : 'file');
  await phoneOf(parties).attach({ type, url: await putFile(file, file.name) });
}

/** Everything a customer can send beside words. */
export function AttachMenu({ parties }: { parties: Parties }): ReactNode {
  const { t } = useTranslation('simulator');
  const file = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<FileKind>('file');
  const [dialog, setDialog] = useState<'location' | 'link'>();
  const acts = phoneOf(parties);

  function pick(what: FileKind): void {
    setKind(what);
    if (!file.current) return;
    file.current.accept = what === 'file' ? '' : `${what}/*`;
    file.current.click();
  }
  const samplePhoto = async (): Promise<unknown> =>
    acts.attach({ type: 'image', url: await putFile(await drawPhoto(), 'lamp.png') });
  const sticker = async (): Promise<unknown> => {
    const url = await putFile(await drawSticker(), 'thumbs-up.png');
    return acts.attach({ type: 'image', url, stickerId: THUMBS_UP_STICKER });
  };

  return (
    <>
      <Menu position="top-start" width={216} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <IconButton icon={IconPlus} size={20} label={t('say.attach')} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => pick('image')}>{t('say.photo')}</Menu.Item>
          <Menu.Item onClick={() => attempt(samplePhoto)}>{t('say.samplePhoto')}</Menu.Item>
          <Menu.Item onClick={() => pick('video')}>{t('say.video')}</Menu.Item>
          <Menu.Item onClick={() => pick('audio')}>{t('say.audio')}</Menu.Item>
          <Menu.Item onClick={() => pick('file')}>{t('say.file')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => attempt(sticker)}>{t('say.sticker')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('location')}>{t('say.location')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('link')}>{t('say.link')}</Menu.Item>
          <Menu.Item onClick={() => attempt(() => acts.attach({ type: 'reel' }))}>{t('say.unsupported')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={file}
        type="file"
        hidden
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) attempt(() => sendFile(parties, chosen, kind));
          target.value = '';
        }}
      />
      {dialog === 'location' && (
        <FormDialog
          title={t('say.locationTitle')}
          action={t('say.send')}
          fields={[
            { name: 'title', label: t('say.place'), value: 'Alexanderplatz, Berlin' },
            { name: 'lat', label: t('say.latitude'), type: 'number', value: '52.5219' },
            { name: 'long', label: t('say.longitude'), type: 'number', value: '13.4132' },
          ]}
          onClose={() => setDialog(undefined)}
          onSubmit={({ title = '', lat, long }) =>
            attempt(() =>
              acts.attach({ type: 'location', title, coordinates: { lat: Number(lat), long: Number(long) } }),
            )
          }
        />
      )}
      {dialog === 'link' && (
        <FormDialog
          title={t('say.linkTitle')}
          action={t('say.send')}
          fields={[
            { name: 'url', label: t('say.address'), type: 'url', value: 'https://example.com/lamp' },
            { name: 'title', label: t('say.name'), value: 'Floor lamp' },
          ]}
          onClose={() => setDialog(undefined)}
          onSubmit={({ url = '', title = '' }) => attempt(() => acts.attach({ type: 'fallback', url, title }))}
        />
      )}
    </>
  );
}

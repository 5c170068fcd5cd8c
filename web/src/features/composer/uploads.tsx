import { IconAlertCircle, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MESSENGER_LIMITS } from '../../../../contracts/messenger-limits.ts';
import { uploadFile } from '../../shared/client/upload.ts';
import type { OutgoingFile } from '../../shared/data/outbox.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';

interface Upload {
  key: string;
  file: File;
  /** Bytes that have left. */
  sent: number;
  error?: string;
  uploaded?: OutgoingFile;
  cancel: () => void;
}

export interface UploadList {
  uploads: Upload[];
  /** What can be sent. */
  ready: OutgoingFile[];
  isBusy: boolean;
  add: (files: File[]) => void;
  remove: (key: string) => void;
  clear: () => void;
}

let nextKey = 1;

/** Files on their way to the server, for the message that is being written. */
export function useUploads(conversationId: string): UploadList {
  const [uploads, setUploads] = useState<Upload[]>([]);

  function change(key: string, changes: Partial<Upload>): void {
    setUploads((before) => before.map((each) => (each.key === key ? { ...each, ...changes } : each)));
  }

  function begin(file: File): Upload {
    const key = String(nextKey++);
    const refusal = refuse(file);
    if (refusal !== undefined) return { key, file, sent: 0, error: refusal, cancel: () => undefined };
    const { done, cancel } = uploadFile({ conversationId, file }, (sent) => change(key, { sent }));
    done.then(
      ({ id: fileId, fileName, type }) => change(key, { sent: file.size, uploaded: { fileId, fileName, type } }),
      (error: Error) => change(key, { error: t('composer.uploadFailed', { reason: error.message }) }),
    );
    return { key, file, sent: 0, cancel };
  }

  return {
    uploads,
    ready: uploads.flatMap(({ uploaded }) => uploaded ?? []),
    isBusy: uploads.some(({ uploaded, error }) => uploaded === undefined && error === undefined),
    add: (files) => {
      const begun = files.map(begin);
      setUploads((before) => [...before, ...begun]);
    },
    remove: (key) => {
      uploads.find((each) => each.key === key)?.cancel();
      setUploads((before) => before.filter((each) => each.key !== key));
    },
    clear: () => setUploads([]),
  };
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;

/** Why Messenger would not take a file; told before it is uploaded. */
function refuse(file: File): string | undefined {
  if (file.size === 0) return t('composer.empty');
  const limit = file.type.startsWith('image/') ? MESSENGER_LIMITS.imageBytes : MESSENGER_LIMITS.attachmentBytes;
  if (file.size <= limit) return undefined;
  return t('composer.tooLarge', { size: megabytes(file.size), limit: megabytes(limit) });
}

/** The files of the message that is being written. */
export function Uploads({ of: list }: { of: UploadList }): ReactNode {
  if (list.uploads.length === 0) return null;
  return (
    <ul className="ups">
      {list.uploads.map((upload) => (
        <UploadRow key={upload.key} upload={upload} onRemove={() => list.remove(upload.key)} />
      ))}
    </ul>
  );
}

function UploadRow({ upload, onRemove }: { upload: Upload; onRemove: () => void }): ReactNode {
  const { t: translate } = useTranslation();
  const formats = useFormats();
  const { file, sent, error, uploaded } = upload;
  const ending = /\.(\w{1,4})$/.exec(file.name)?.[1]?.toUpperCase() ?? 'FILE';
  const isDone = uploaded !== undefined || error !== undefined;
  return (
    <li className={`up ${error === undefined ? '' : 'bad'}`}>
      <span className="tile">{error === undefined ? ending : <Icon of={IconAlertCircle} size={18} />}</span>
      <span className="grow">
        <span className="clip med name">{file.name}</span>
        {!isDone && <progress value={sent} max={file.size} aria-label={file.name} />}
        <span className="xs num" role="status">
          {error ??
            (uploaded
              ? `${formats.bytes(file.size)} · ${translate('composer.ready')}`
              : translate('composer.uploading', { done: formats.bytes(sent), all: formats.bytes(file.size) }))}
        </span>
      </span>
      <IconButton
        icon={IconX}
        size={14}
        label={
          isDone
            ? translate('composer.removeFile', { name: file.name })
            : translate('composer.cancelUpload', { name: file.name })
        }
        onClick={onRemove}
      />
    </li>
  );
}

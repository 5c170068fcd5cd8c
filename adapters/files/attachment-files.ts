import type { FilesRepository } from '../mongo/files-repository.ts';
import type { MediaRepository } from '../mongo/media-repository.ts';
import type { FileStore } from './file-store.ts';

/** Files by their id, with name and type. */
interface AttachmentFiles {
  /** Undefined where the file is gone. */
  read(fileId: string): Promise<{ bytes: Uint8Array; contentType: string; fileName: string } | undefined>;
}

/** Where files are described: those of our own, and copies of customers' attachments. */
interface FileSources {
  media: Pick<MediaRepository, 'find'>;
  files: Pick<FilesRepository, 'find'>;
}

/** Creates the reader of stored files, our own and copies alike. */
export function createAttachmentFiles({ media, files }: FileSources, store: FileStore): AttachmentFiles {
  return {
    async read(fileId) {
      const file = (await media.find(fileId)) ?? (await findCopy(files, fileId));
      if (!file) return undefined;
      const bytes = await store.get(fileId);
      const { contentType = 'application/octet-stream', fileName = fileId } = file;
      return bytes && { bytes, contentType, fileName };
    },
  };
}

async function findCopy(
  files: FileSources['files'],
  fileId: string,
): Promise<{ contentType?: string; fileName?: string } | undefined> {
  const copy = await files.find(fileId);
  return copy?.state === 'stored' ? copy : undefined;
}

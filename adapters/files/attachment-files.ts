import type { FilesRepository } from '../mongo/files-repository.ts';
import type { FileStore } from './file-store.ts';

/** Files by their id, with name and type. */
interface AttachmentFiles {
  /** Undefined where the file is gone. */
  read(fileId: string): Promise<{ bytes: Uint8Array; contentType: string; fileName: string } | undefined>;
}

/** Creates the reader of stored attachments. */
export function createAttachmentFiles(files: FilesRepository, store: FileStore): AttachmentFiles {
  return {
    async read(fileId) {
      const file = await files.find(fileId);
      if (file?.state !== 'stored') return undefined;
      const bytes = await store.get(fileId);
      const { contentType = 'application/octet-stream', fileName = fileId } = file;
      return bytes && { bytes, contentType, fileName };
    },
  };
}

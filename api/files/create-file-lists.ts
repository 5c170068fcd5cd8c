import type { Db } from 'mongodb';
import type { FileStore } from '../../adapters/files/file-store.ts';
import { createFilesRepository } from '../../adapters/mongo/files-repository.ts';
import { createMediaRepository } from '../../adapters/mongo/media-repository.ts';
import { createExportPieces } from '../../adapters/mongo/records/export-pieces.ts';
import { createRecordExports } from '../../adapters/mongo/records/record-exports.ts';
import type { AppDependencies } from '../dependencies.ts';

/** What lies in the file store, and what is known of it: customers' attachments, files of our own, exports of records. */
export function createFileLists(parts: {
  db: Db;
  fileStore: FileStore;
}): Pick<AppDependencies, 'files' | 'media' | 'recordExports' | 'exportPieces' | 'fileStore'> {
  const { db, fileStore } = parts;
  return {
    files: createFilesRepository(db),
    media: createMediaRepository(db),
    recordExports: createRecordExports(db),
    exportPieces: createExportPieces(parts),
    fileStore,
  };
}

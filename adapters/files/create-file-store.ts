import type { Config } from '../config.ts';
import type { FileStore } from './file-store.ts';
import { createFolderStore } from './folder-store.ts';
import { createS3Store } from './s3-store.ts';

/** The file store that the configuration names: the bucket where there is one, else the folder. */
export function createFileStore({ s3, filesDir }: Pick<Config, 's3' | 'filesDir'>): FileStore {
  return s3 ? createS3Store(s3) : createFolderStore(filesDir);
}

import type { Db } from 'mongodb';
import type { MediaFile } from '../../contracts/media-file.ts';
import {
  createNaturalKeyRepository,
  plainCodec,
  type NaturalKeyRepository,
} from './configuration/natural-key-repository.ts';

/** Files of our own, one document each; the bytes are in a FileStore under the same id. */
export interface MediaRepository extends NaturalKeyRepository<MediaFile> {
  find(id: string): Promise<MediaFile | undefined>;
}

/** Creates the repository over collection `media`. */
export function createMediaRepository(db: Db): MediaRepository {
  const collection = db.collection<MediaFile & { _id: string }>('media');
  const codec = plainCodec<MediaFile>(({ id }) => id);
  return {
    ...createNaturalKeyRepository(collection, codec),
    async find(id) {
      const found = await collection.findOne({ _id: id });
      return found ? codec.toItem(found) : undefined;
    },
  };
}

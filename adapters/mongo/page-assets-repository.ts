import type { Db } from 'mongodb';
import { customerKey } from '../../contracts/message-key.ts';

interface StoredUpload {
  _id: string;
  attachmentId: string;
  uploadedAt: Date;
}

interface StoredPersona {
  _id: string;
  /** Absent where Meta made none: not asked for again before `retryAt`. */
  personaId?: string;
  retryAt: Date;
}

/** What Meta keeps for a Page and knows by an id: uploaded files and personas. */
export interface PageAssetsRepository {
  findUpload(pageId: string, fileId: string): Promise<StoredUpload | undefined>;
  rememberUpload(pageId: string, fileId: string, upload: { attachmentId: string; at: number }): Promise<void>;
  /** Undefined where the persona has to be made. */
  findPersona(pageId: string, key: string): Promise<{ personaId?: string } | undefined>;
  rememberPersona(pageId: string, key: string, made: { personaId: string | undefined; at: number }): Promise<void>;
}

/** Personas are read for each message: kept in memory so long. */
const PERSONA_CACHE_MS = 60_000;
/** A persona that Meta did not make is asked for again after this. */
const PERSONA_RETRY_MS = 60 * 60 * 1000;

/** Creates the repository over collections `uploads` and `personas`. `now`: epoch milliseconds. */
export function createPageAssetsRepository(db: Db, now: () => number): PageAssetsRepository {
  const uploads = db.collection<StoredUpload>('uploads');
  const personas = db.collection<StoredPersona>('personas');
  const cache = new Map<string, { found: StoredPersona; readAt: number }>();
  return {
    async findUpload(pageId, fileId) {
      return (await uploads.findOne({ _id: customerKey(pageId, fileId) })) ?? undefined;
    },
    async rememberUpload(pageId, fileId, { attachmentId, at }) {
      const fields = { attachmentId, uploadedAt: new Date(at) };
      await uploads.updateOne({ _id: customerKey(pageId, fileId) }, { $set: fields }, { upsert: true });
    },
    async findPersona(pageId, key) {
      const _id = customerKey(pageId, key);
      const cached = cache.get(_id);
      const isFresh = cached && now() - cached.readAt < PERSONA_CACHE_MS;
      const found = isFresh ? cached.found : await personas.findOne({ _id });
      if (!found) return undefined;
      cache.set(_id, { found, readAt: isFresh ? cached.readAt : now() });
      const isLasting = found.personaId !== undefined || now() < found.retryAt.getTime();
      return isLasting ? found : undefined;
    },
    async rememberPersona(pageId, key, { personaId, at }) {
      const _id = customerKey(pageId, key);
      cache.delete(_id);
      const fields = { retryAt: new Date(at + PERSONA_RETRY_MS), ...(personaId !== undefined && { personaId }) };
      await personas.updateOne({ _id }, { $set: fields }, { upsert: true });
    },
  };
}

import type { Db } from 'mongodb';

interface StoredPage {
  _id: string;
  /** When an event of this Page last came in, to half a minute. */
  lastEventAt?: Date;
  /** When one of our own parts last came back as an echo. */
  lastEchoAt?: Date;
  /** The latest `sendingSince` among the parts that came back: an earlier part without echo was probably not sent. */
  lastEchoedSendAt?: Date;
  /** App id on our own echoes. */
  appId?: string;
}

export type PageEvidence = Omit<StoredPage, '_id'>;

/** What is known of a Page from its events. */
export interface PagesRepository {
  find(pageId: string): Promise<PageEvidence>;
  recordEvent(pageId: string, at: number): Promise<void>;
  recordOwnEcho(pageId: string, echo: { at: number; sendingSince?: Date; appId?: string }): Promise<void>;
}

/** Creates the repository over collection `pages`. */
export function createPagesRepository(db: Db): PagesRepository {
  const collection = db.collection<StoredPage>('pages');
  return {
    async find(pageId) {
      return (await collection.findOne({ _id: pageId })) ?? {};
    },
    async recordEvent(pageId, at) {
      await collection.updateOne({ _id: pageId }, { $max: { lastEventAt: new Date(at) } }, { upsert: true });
    },
    async recordOwnEcho(pageId, { at, sendingSince, appId }) {
      await collection.updateOne(
        { _id: pageId },
        {
          $max: { lastEchoAt: new Date(at), ...(sendingSince && { lastEchoedSendAt: sendingSince }) },
          ...(appId !== undefined && { $set: { appId } }),
        },
        { upsert: true },
      );
    },
  };
}

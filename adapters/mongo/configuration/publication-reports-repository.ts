import type { Collection } from 'mongodb';
import type { PublicationReport } from '../../../contracts/publication-report.ts';
import { insertIfAbsent } from './natural-key-repository.ts';

/** A report at rest: `_id` is `scenario:number:version`, since two authors may be after the same number at the same moment. */
export type StoredReport = PublicationReport & { _id: string };

type Key = Pick<PublicationReport, 'scenario' | 'number' | 'version'>;

/** What was known of each publication as it was made; kept as long as the version itself. */
export interface PublicationReportsRepository {
  /** Keeps a report; one that is there already stays as it is. Of a publication that does not come to be, it is found nowhere. */
  add(report: PublicationReport): Promise<void>;
  find(key: Key): Promise<PublicationReport | undefined>;
  /** Writes how a canary stands; again it writes the same. */
  recordCanary(key: Key, canary: NonNullable<PublicationReport['canary']>): Promise<void>;
}

/** Reports over one collection. */
export function createPublicationReportsRepository(collection: Collection<StoredReport>): PublicationReportsRepository {
  return {
    add: (report) => insertIfAbsent(collection, { ...report, _id: idOf(report) }),
    async find(key) {
      const stored = await collection.findOne({ _id: idOf(key) });
      if (!stored) return undefined;
      const { _id, ...report } = stored;
      return report;
    },
    async recordCanary(key, { guardrails, steps, end }) {
      await collection.updateOne({ _id: idOf(key) }, { $set: { canary: { guardrails, steps, ...(end && { end }) } } });
    },
  };
}

function idOf({ scenario, number, version }: Key): string {
  return `${scenario}:${number}:${version}`;
}

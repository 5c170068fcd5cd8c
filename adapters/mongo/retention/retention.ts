/** What the api needs to keep data no longer than its days. */
import { createLeasesRepository, type LeasesRepository } from '../leases-repository.ts';
import { createRetentionData, type RetentionData } from './retention-data.ts';
import {
  createRetentionProgressRepository,
  type RetentionProgressRepository,
} from './retention-progress-repository.ts';

export interface Retention {
  data: RetentionData;
  progress: RetentionProgressRepository;
  /** Which process looks after which kind, and when again. */
  leases: LeasesRepository;
}

/** Creates it over one database and file store. */
export function createRetention(parts: Parameters<typeof createRetentionData>[0]): Retention {
  const { db } = parts;
  return {
    data: createRetentionData(parts),
    progress: createRetentionProgressRepository(db),
    leases: createLeasesRepository(db, 'retention-leases'),
  };
}

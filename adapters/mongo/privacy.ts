/** What is kept of customers, and what ends it: one repository for each noun, made once for a process. */
import type { Db } from 'mongodb';
import type { FileStore } from '../files/file-store.ts';
import type { SecretBox } from '../secrets.ts';
import { createAuditRepository, ensureAuditIndexes, type AuditRepository } from './audit-repository.ts';
import { createCustomerData, type CustomerData } from './customer-data.ts';
import { createErasuresRepository, ensureErasureIndexes, type ErasuresRepository } from './erasures-repository.ts';
import { createContactsRepository } from './people/contacts-repository.ts';
import {
  createLegalHoldsRepository,
  ensureLegalHoldIndexes,
  type LegalHoldsRepository,
} from './retention/legal-holds-repository.ts';
import { createRetention, type Retention } from './retention/retention.ts';
import { ensureRetentionIndexes } from './retention/retention-data.ts';

interface Privacy {
  customerData: CustomerData;
  erasures: ErasuresRepository;
  legalHolds: LegalHoldsRepository;
  retention: Retention;
  audit: AuditRepository;
}

/** Creates the repositories over one database and file store. `now`: epoch milliseconds. */
export function createPrivacy(parts: { db: Db; secrets: SecretBox; fileStore: FileStore; now: () => number }): Privacy {
  const { db, secrets } = parts;
  const legalHolds = createLegalHoldsRepository(db);
  return {
    customerData: createCustomerData(parts),
    erasures: createErasuresRepository(db, secrets),
    legalHolds,
    retention: createRetention({ ...parts, legalHolds, contacts: createContactsRepository(db) }),
    audit: createAuditRepository(db),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensurePrivacyIndexes(db: Db): Promise<void> {
  await ensureErasureIndexes(db);
  await ensureLegalHoldIndexes(db);
  await ensureRetentionIndexes(db);
  await ensureAuditIndexes(db);
}

/** Conversations found by what was said in them and what became of them: docs/records.md. */
import type { Db } from 'mongodb';
import type { ConversationsRepository } from '../conversations-repository.ts';
import type { EvaluationsRepository } from '../evaluations-repository.ts';
import type { WrapUpsRepository } from '../wrap-ups-repository.ts';
import { ensureExportPieceIndexes } from './export-pieces.ts';
import { createRecordIndexer, type RecordIndexer } from './index-records.ts';
import { createRecordIndex, ensureRecordIndexes } from './record-index.ts';
import { ensureRecordExportIndexes } from './record-exports.ts';
import { ensureRecordMarkIndexes, type RecordMarks } from './record-marks.ts';
import { createRecordSearch, type RecordSearch } from './search-records.ts';

export interface Records {
  search: RecordSearch;
  indexer: RecordIndexer;
}

/** Creates search and indexer over one database. */
export function createRecords(parts: {
  db: Db;
  marks: RecordMarks;
  conversations: Pick<ConversationsRepository, 'findMany'>;
  wrapUps: Pick<WrapUpsRepository, 'listOfConversation'>;
  evaluations: Pick<EvaluationsRepository, 'listOfConversation'>;
  now: () => number;
}): Records {
  const { db } = parts;
  return {
    search: createRecordSearch(db),
    indexer: createRecordIndexer({ ...parts, index: createRecordIndex(db) }),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensureRecordsIndexes(db: Db): Promise<void> {
  await ensureRecordMarkIndexes(db);
  await ensureRecordIndexes(db);
  await ensureRecordExportIndexes(db);
  await ensureExportPieceIndexes(db);
}

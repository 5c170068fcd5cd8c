/** What MongoDB holds for the desks of agents and supervisors beside configuration: one repository for each noun. */
import type { Db } from 'mongodb';
import { createChatMarks, ensureChatMarkIndexes, type ChatMarks } from './chat-marks.ts';
import { createChatSummaries, type ChatSummaries } from './chat-summaries.ts';
import { createOpenConversations, type OpenConversations } from './open-conversations.ts';
import { createReportReader, ensureReportIndexes, type ReportReader } from './report-reader.ts';
import { createOwnCannedResponses, ensureOwnCannedIndexes, type OwnCannedResponses } from './own-canned-responses.ts';
import {
  createSavedSearchesRepository,
  ensureSavedSearchIndexes,
  type SavedSearchesRepository,
} from './saved-searches-repository.ts';
import {
  createSuggestionsRepository,
  ensureSuggestionIndexes,
  type SuggestionsRepository,
} from './suggestions-repository.ts';

export interface DeskRepositories {
  ownCannedResponses: OwnCannedResponses;
  chatMarks: ChatMarks;
  chatSummaries: ChatSummaries;
  openConversations: OpenConversations;
  reportReader: ReportReader;
  savedSearches: SavedSearchesRepository;
  suggestions: SuggestionsRepository;
}

/** Creates the repositories over one database. */
export function createDeskRepositories(db: Db): DeskRepositories {
  return {
    ownCannedResponses: createOwnCannedResponses(db),
    chatMarks: createChatMarks(db),
    chatSummaries: createChatSummaries(db),
    openConversations: createOpenConversations(db),
    reportReader: createReportReader(db),
    savedSearches: createSavedSearchesRepository(db),
    suggestions: createSuggestionsRepository(db),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensureDeskIndexes(db: Db): Promise<void> {
  await ensureOwnCannedIndexes(db);
  await ensureChatMarkIndexes(db);
  await ensureReportIndexes(db);
  await ensureSavedSearchIndexes(db);
  await ensureSuggestionIndexes(db);
}

/** What MongoDB holds of people beside their conversations: one repository for each noun. */
import type { Db } from 'mongodb';
import { createCasesRepository, ensureCaseIndexes, type CasesRepository } from './cases-repository.ts';
import { createContactsRepository, ensureContactIndexes, type ContactsRepository } from './contacts-repository.ts';
import {
  createInternalMessagesRepository,
  ensureInternalMessageIndexes,
  type InternalMessagesRepository,
} from './internal-messages-repository.ts';
import { createSentMailsRepository, ensureSentMailIndexes, type SentMailsRepository } from './sent-mails-repository.ts';

export interface People {
  contacts: ContactsRepository;
  cases: CasesRepository;
  internalMessages: InternalMessagesRepository;
  sentMails: SentMailsRepository;
}

/** Creates the repositories over one database. */
export function createPeople(db: Db): People {
  return {
    contacts: createContactsRepository(db),
    cases: createCasesRepository(db),
    internalMessages: createInternalMessagesRepository(db),
    sentMails: createSentMailsRepository(db),
  };
}

/** Creates what is missing; done again at every start of every process. */
export async function ensurePeopleIndexes(db: Db): Promise<void> {
  await ensureContactIndexes(db);
  await ensureCaseIndexes(db);
  await ensureInternalMessageIndexes(db);
  await ensureSentMailIndexes(db);
}

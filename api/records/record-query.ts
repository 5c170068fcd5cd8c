import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { recordTerms } from '../../adapters/mongo/records/record-terms.ts';
import type { RecordClause, RecordQuery } from '../../adapters/mongo/records/search-records.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';
import type { KnownContact } from '../../contracts/contact.ts';
import type { RecordFilter } from '../../contracts/record-schema.ts';
import { askedWordsOf } from '../../contracts/search-words.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';

type Deps = Pick<AppDependencies, 'configuration' | 'people' | 'now'>;

/** More people than one name is meant for. */
const MAX_PEOPLE = 50;

/**
 * What the index is asked for a filter, within what the caller may see.
 * @throws AppError REQUEST_INVALID for what names nothing: a team, a case, words without a letter
 */
export async function toRecordQuery(
  deps: Deps,
  filter: RecordFilter,
  { visibleTo }: Pick<ConversationFilter, 'visibleTo'>,
): Promise<RecordQuery> {
  const configuration = await deps.configuration.get();
  const { pageId } = await findPageFilter(deps, filter);
  const clauses = [
    ...wordClauses(filter.words),
    ...plainTerms(filter).map((term) => ({ terms: [term] })),
    ...(pageId === undefined ? [] : [{ terms: [recordTerms.page(pageId)] }]),
    ...scoreClauses(filter),
    ...teamClauses(configuration, filter.team),
    ...(filter.contact === undefined ? [] : [await contactClause(deps, filter.contact)]),
    ...(filter.customer === undefined ? [] : [await customerClause(deps, filter.customer)]),
    ...(filter.case === undefined ? [] : [await caseClause(deps, filter.case)]),
    ...(visibleTo ? [visibleClause(visibleTo)] : []),
  ];
  return { clauses, from: momentOf(filter.from), to: momentOf(filter.to) };
}

/** Milliseconds of a moment as queries write it. */
function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Scores are whole, so that a range of them is a list. */
function rangeClause(range: string | undefined, termOf: (score: number) => string): RecordClause[] {
  if (range === undefined) return [];
  const [least = 0, most = 100] = range.split('-').map(Number);
  return [{ terms: Array.from({ length: most - least + 1 }, (_each, index) => termOf(least + index)) }];
}

function scoreClauses({ evaluated, evaluationScore, surveyScore }: RecordFilter): RecordClause[] {
  return [
    ...(evaluated === undefined ? [] : [{ terms: [recordTerms.evaluated(evaluated)] }]),
    ...rangeClause(evaluationScore, recordTerms.evaluationScore),
    ...rangeClause(surveyScore, recordTerms.surveyScore),
  ];
}

function plainTerms({ service, entry, agent, disposition, ended, label, scenario, version }: RecordFilter): string[] {
  const given = { service, entry, agent, disposition, ended, label, scenario, version };
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [recordTerms[name as keyof typeof given](value)],
  );
}

function wordClauses(words: string | undefined): RecordClause[] {
  if (words === undefined) return [];
  const asked = askedWordsOf(words);
  if (asked.length === 0) throw refusal('words', 'holds no letter and no digit', 'Give a word.');
  return asked.map((word) => ({ terms: [recordTerms.word(word)] }));
}

function teamClauses(configuration: ConfigurationSnapshot, name: string | undefined): RecordClause[] {
  if (name === undefined) return [];
  const team = configuration.teams().find((each) => each.name === name);
  if (!team) throw refusal('team', 'is the name of no team', 'Give one that GET /api/v1/records/choices lists.');
  return [{ terms: team.members.map(recordTerms.agent) }];
}

async function contactClause(deps: Deps, id: string): Promise<RecordClause> {
  const contact = await deps.people.contacts.find(id, deps.now());
  return contact ? clauseOfPeople(deps, [contact]) : { terms: [] };
}

async function customerClause(deps: Deps, query: string): Promise<RecordClause> {
  const { items, next } = await deps.people.contacts.list({ query }, { limit: MAX_PEOPLE });
  if (next !== null) throw refusal('customer', `fits more than ${MAX_PEOPLE} people`, 'Give more of the name.');
  const people = await Promise.all(items.map(({ id }) => deps.people.contacts.find(id, deps.now())));
  return clauseOfPeople(
    deps,
    people.flatMap((person) => person ?? []),
  );
}

async function clauseOfPeople({ people }: Deps, contacts: readonly KnownContact[]): Promise<RecordClause> {
  const identities = contacts.flatMap((contact) => contact.identities);
  const parts = await Promise.all(contacts.map(({ id }) => people.contacts.listPartIds(id)));
  return {
    terms: identities.map(({ pageId, psid }) => recordTerms.customer(pageId, psid)),
    conversationIds: parts.length > 0 ? await people.contacts.listIdentifiedIn(parts.flat()) : [],
  };
}

async function caseClause({ people }: Deps, name: string): Promise<RecordClause> {
  const found = /^\d+$/.test(name) ? await people.cases.findByNumber(Number(name)) : await people.cases.find(name);
  if (!found) throw refusal('case', 'is no case', 'Give the number of one.');
  return { terms: [], conversationIds: found.conversationIds };
}

/** As `visible-conversation.ts` judges each: what is found is judged once more. */
function visibleClause({ username, team }: NonNullable<ConversationFilter['visibleTo']>): RecordClause {
  const { members = [], services = [] } = team ?? {};
  return {
    terms: [
      ...services.map(recordTerms.service),
      ...[...members, username].map(recordTerms.agent),
      ...members.map(recordTerms.holder),
    ],
  };
}

function refusal(name: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path: `querystring.${name}`, message, remedy }] });
}

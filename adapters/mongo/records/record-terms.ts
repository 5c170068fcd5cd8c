import type { ConversationRecord } from '../../../contracts/conversation-record.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import { outcomeOf } from '../../../contracts/record-outcome.ts';
import { indexWordsOf } from '../../../contracts/search-words.ts';
import type { MessageDocument } from '../message-document.ts';
import type { SaidText } from './record-index.ts';
import { isPublished, type Evaluation } from '../../../contracts/evaluation.ts';
import type { WrapUp } from '../wrap-ups-repository.ts';

/** A message as far as it says something. */
export type SpokenMessage = Pick<MessageDocument, 'text' | 'attachments' | 'isDeleted' | 'author' | 'at'>;

/** What a conversation is found by is made from this. */
export interface RecordSource {
  conversation: ConversationRecord;
  messages: readonly SpokenMessage[];
  wrapUps: readonly Pick<WrapUp, 'disposition' | 'note'>[];
  evaluations?: readonly Pick<Evaluation, 'state' | 'score'>[];
}

/** More words than anybody says in a conversation: the rest is not found. */
const MAX_WORDS = 5000;
const VERSION_DIGITS = 12;

/** How each thing that a conversation is found by is written in the index. */
export const recordTerms = {
  all: 'all',
  word: (word: string) => `word ${word}`,
  page: (pageId: string) => `page ${pageId}`,
  customer: (pageId: string, psid: string) => `customer ${customerKey(pageId, psid)}`,
  service: (name: string) => `service ${name}`,
  entry: (name: string) => `entry ${name}`,
  /** Somebody whom it was connected to. */
  agent: (username: string) => `agent ${username}`,
  /** Somebody who holds it now, or is offered it. */
  holder: (username: string) => `holder ${username}`,
  label: (name: string) => `label ${name}`,
  disposition: (name: string) => `disposition ${name}`,
  scenario: (name: string) => `scenario ${name}`,
  version: (version: string) => `version ${version.slice(0, VERSION_DIGITS)}`,
  /** An outcome, or the reason of an end. */
  ended: (how: string) => `ended ${how}`,
  /** Of what an agent had: whether somebody has graded a stretch of it. */
  evaluated: (is: 'yes' | 'no') => `evaluated ${is}`,
  evaluationScore: (score: number) => `evaluation ${score}`,
  surveyScore: (score: number) => `survey ${score}`,
} as const;

/** Whether a term is one of the transcript's words: these are the rare ones. */
export const isWordTerm = (term: string): boolean => term.startsWith('word ');

/** Everything that a conversation is found by. */
export function termsOfRecord(source: RecordSource): Set<string> {
  return new Set([...factTermsOf(source), ...wordsOf(source).map(recordTerms.word)]);
}

/** Of a message, and of all of a conversation, what is kept to be quoted. */
const QUOTED_CHARACTERS = 300;
const QUOTED_MESSAGES = 30;

/** What lists can quote: the beginning of each message, until there are enough. */
export function quotableOf({ messages }: Pick<RecordSource, 'messages'>): SaidText[] {
  return messages
    .flatMap(({ text, isDeleted, author, at }) =>
      text === undefined || isDeleted
        ? []
        : [{ by: author.kind, text: Array.from(text).slice(0, QUOTED_CHARACTERS).join(''), at: at.getTime() }],
    )
    .slice(0, QUOTED_MESSAGES);
}

/** What it was graded, and what the customer gave it, as far as either is known. */
export function scoresOf({ conversation, evaluations = [] }: Omit<RecordSource, 'messages' | 'wrapUps'>): {
  evaluationScores?: number[];
  surveyScore?: number;
} {
  const graded = evaluations.filter(isPublished).flatMap(({ score }) => score ?? []);
  const surveyScore = conversation.annotations?.surveyResponse?.score;
  return {
    ...(graded.length > 0 && { evaluationScores: graded }),
    ...(surveyScore !== undefined && { surveyScore }),
  };
}

/** What the agents and the scenario said that it came to, each once. */
export function dispositionsOf({ conversation, wrapUps }: Pick<RecordSource, 'conversation' | 'wrapUps'>): string[] {
  const noted = [...wrapUps.map(({ disposition }) => disposition), conversation.annotations?.disposition?.name];
  return [...new Set(noted.flatMap((name) => (name === undefined ? [] : [name])))];
}

function factTermsOf(source: RecordSource): string[] {
  const { conversation } = source;
  const { pageId, psid, service, entry, scenario, endReason, servedBy, labels = [] } = conversation;
  const named = [
    service !== undefined && recordTerms.service(service),
    entry !== undefined && recordTerms.entry(entry),
    scenario && recordTerms.scenario(scenario.name),
    scenario && recordTerms.version(scenario.version),
    endReason !== undefined && recordTerms.ended(endReason),
  ];
  return [
    recordTerms.all,
    recordTerms.page(pageId),
    recordTerms.customer(pageId, psid),
    recordTerms.ended(outcomeOf(conversation)),
    ...named.filter((term) => typeof term === 'string'),
    ...servedBy.map(recordTerms.agent),
    ...holdersOf(conversation).map(recordTerms.holder),
    ...labels.map(recordTerms.label),
    ...dispositionsOf(source).map(recordTerms.disposition),
    ...scoreTermsOf(source),
  ];
}

function scoreTermsOf(source: RecordSource): string[] {
  const { evaluationScores = [], surveyScore } = scoresOf(source);
  const isGraded = source.evaluations?.some(isPublished) === true;
  return [
    ...(isGraded || source.conversation.servedBy.length > 0 ? [recordTerms.evaluated(isGraded ? 'yes' : 'no')] : []),
    ...evaluationScores.map(recordTerms.evaluationScore),
    ...(surveyScore === undefined ? [] : [recordTerms.surveyScore(surveyScore)]),
  ];
}

function holdersOf({ heldAgents = [], offer, agent, state }: ConversationRecord): string[] {
  if (state === 'ended') return [];
  return [...heldAgents, offer?.agent, agent?.username].flatMap((username) => username ?? []);
}

function wordsOf({ conversation: { annotations }, messages, wrapUps }: RecordSource): string[] {
  const said = messages.flatMap(({ text, attachments, isDeleted }) =>
    isDeleted ? [] : [text, ...attachments.map(({ title }) => title)],
  );
  const noted = [
    ...wrapUps.map(({ note }) => note),
    annotations?.disposition?.comment,
    annotations?.survey?.comment,
    ...(annotations?.reportingFields ?? []).map(({ value }) => value),
  ];
  const words = new Set<string>();
  for (const text of [...said, ...noted]) {
    if (text === undefined) continue;
    for (const word of indexWordsOf(text)) if (words.size < MAX_WORDS) words.add(word);
  }
  return [...words];
}

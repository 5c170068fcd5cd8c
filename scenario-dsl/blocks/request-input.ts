import { getDurationMs } from '../../contracts/duration.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { firstSaid } from '../expression/said-text.ts';
import type { BlockState } from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockExit, SentText } from './block-behaviour.ts';
import { isEachList } from './list-items.ts';
import { listMoreTexts, listTapTexts, sentTexts } from './message-parts.ts';
import { emptyListWay, NO_DATA, offeringState } from './offered-lists.ts';
import { getGatherMs, promptStates } from './prompt-states.ts';
import {
  beginQuestions,
  chooseText,
  compileQuestion,
  decideAnswer,
  emitQuestion,
  countAsks,
  hasNoChoice,
  isOfList,
  listOptions,
  listSets,
  type NamedQuestion,
} from './question.ts';
import type { RequestInputFields } from './request-input-schema.ts';

const DEFAULT_TIMEOUT = '10m';

/** Exits of a block that asks questions. */
export const questionExits: BlockExit[] = [
  { name: 'timeout', kind: 'outcome', when: 'No reply came in time.' },
  { name: 'invalid', kind: 'outcome', when: 'The reply was not of the type, and it has been asked often enough.' },
  { name: 'send-error', kind: 'failure', when: 'A question could not be sent.' },
];

const emptyListExit: BlockExit = {
  name: NO_DATA,
  kind: 'outcome',
  when: 'The list to choose from is empty, so that nothing is asked. Not wired, it leads where `invalid` does.',
  needs: 'choices: { each: <variable> }',
  unwired: { as: 'invalid' },
};

/**
 * Asks for something of a type, or for several things one after the other, again where a reply is not of the type, and
 * keeps the normal form in a variable.
 * Source: Bright Pattern guide, Request Input (text message and form), exit Timeout; types, asking again and Invalid are ours.
 */
export const requestInput: BlockBehaviour<RequestInputFields> = {
  exits: (fields) => [...questionExits, ...(offersList(fields) ? [emptyListExit] : [])],
  ways: (fields) => {
    const timeoutMs = getTimeoutMs(fields);
    const questions = listQuestions(fields);
    const asks = questions.reduce((sum, question) => sum + countAsks(question), 0);
    const maxMs = (timeoutMs + getGatherMs(fields.gather)) * asks;
    return [
      { way: 'next', by: 'customer', maxMs, sets: questions.flatMap(listSets) },
      { way: 'invalid', by: 'customer', maxMs },
      // Since the customer last wrote, which is what silence is measured from: each reply starts the time anew.
      { way: 'timeout', by: 'clock', minMs: timeoutMs, maxMs: timeoutMs },
      { way: 'send-error', by: 'failed-send' },
      ...(offersList(fields) ? [emptyListWay] : []),
    ];
  },
  says: (fields) => firstSaid(listQuestions(fields)[0].text),
  texts: (fields) =>
    fields.form
      ? fields.form.flatMap((field, index) => listQuestionTexts(['form', index], { ...field, into: field.name }))
      : listQuestionTexts([], listQuestions(fields)[0]),
  state: (fields, wiring) => {
    const [first, ...others] = listQuestions(fields);
    const questions = [compileQuestion(first), ...others.map(compileQuestion)] as const;
    const begins = offersList(fields) ? 'offering' : 'sending';
    const prompt = promptStates({
      entry: emitQuestion(questions),
      timeoutMs: getTimeoutMs(fields),
      ...(fields.gather ? { gather: fields.gather } : {}),
      textOf: (context, message) => chooseText(questions, context, message),
      decisions: decideAnswer(questions, { wiring, goesOnAt: begins }),
      timeout: wiring.exit('timeout'),
      sendError: wiring.exit('send-error'),
    });
    const offering = (): BlockState => offeringState((context) => hasNoChoice(questions, context), wiring);
    return {
      entry: beginQuestions(questions),
      initial: begins,
      states: begins === 'offering' ? { offering: offering(), ...prompt } : prompt,
    };
  },
};

function offersList(fields: RequestInputFields): boolean {
  return listQuestions(fields).some(isOfList);
}

/** The one question, or those of the form, each with the variable that its reply becomes. */
export function listQuestions({
  form,
  text = '',
  into = '',
  ...rest
}: RequestInputFields): [NamedQuestion, ...NamedQuestion[]] {
  const { timeout: _timeout, gather: _gather, ...question } = rest;
  const [first, ...others] = (form ?? []).map(({ name, ...field }) => ({
    ...field,
    into: field.into ?? `item.externalChatData.${name}`,
  }));
  return first ? [first, ...others] : [{ ...question, text, into }];
}

const retryTexts = ['text', 'belowMin', 'aboveMax', 'notOn'] as const;

/** The texts of a question; `path` leads to it. */
export function listQuestionTexts(path: SentText['path'], question: NamedQuestion): SentText[] {
  const { text, retry, type, choices = [] } = question;
  const limit = MESSENGER_LIMITS.text;
  return [
    ...sentTexts([...path, 'text'], text, { what: 'text', limit }),
    ...retryTexts.flatMap((name) => sentTexts([...path, 'retry', name], retry?.[name], { what: 'text', limit })),
    ...listChoiceTexts([...path, 'choices'], choices),
    ...(type === 'rating'
      ? listOptions(question).map(({ title }): SentText => ({
          path: [...path, 'type'],
          source: title,
          what: 'title',
          limit: MESSENGER_LIMITS.quickReplyTitle,
          isTapped: true,
        }))
      : []),
  ];
}

function listChoiceTexts(path: SentText['path'], choices: NonNullable<NamedQuestion['choices']>): SentText[] {
  if (!isEachList(choices)) {
    return choices.flatMap(({ title, value = '' }, index) => listTapTexts([...path, index], { title, value }));
  }
  const { title, value = '', more } = choices;
  return [...listTapTexts(path, { title, value }), ...listMoreTexts(path, more)];
}

function getTimeoutMs({ timeout }: RequestInputFields): number {
  return getDurationMs(timeout ?? DEFAULT_TIMEOUT);
}

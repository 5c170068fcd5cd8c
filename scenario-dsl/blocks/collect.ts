import { getDurationMs } from '../../contracts/duration.ts';
import { firstSaid } from '../expression/said-text.ts';
import { findVariable } from '../expression/variables.ts';
import { runSetup, toState, type BlockState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import type { Collectable, CollectFields } from './collect-schema.ts';
import { getGatherMs, promptStates } from './prompt-states.ts';
import {
  chooseText,
  compileQuestion,
  countAsks,
  decideAnswer,
  emitQuestion,
  type NamedQuestion,
  type Questions,
} from './question.ts';
import { listQuestionTexts, questionExits } from './request-input.ts';

const DEFAULT_TIMEOUT = '10m';
const defaultFields: readonly Collectable[] = ['name', 'email', 'question'];

const questions: Record<Collectable, NamedQuestion> = {
  name: { text: 'What is your name?', into: 'customer.name' },
  email: { text: 'Your e-mail address?', type: 'email', into: 'customer.email', fromProfile: true },
  phone: { text: 'Your phone number?', type: 'phone', into: 'customer.phone', fromProfile: true },
  question: { text: 'What can we do for you?', into: 'question' },
};

/**
 * Asks for what an agent wants to know first, one thing after the other; what is known already is left out, unless
 * `askKnown`. A block of ours for what elsewhere is a form before the chat.
 */
export const collect: BlockBehaviour<CollectFields> = {
  exits: () => questionExits,
  ways: (fields) => {
    const timeoutMs = getTimeoutMs(fields);
    const asked = listAsked(fields);
    const asks = asked.reduce((sum, question) => sum + countAsks(question), 0);
    const maxMs = (timeoutMs + getGatherMs(fields.gather)) * asks;
    return [
      { way: 'next', by: 'customer', maxMs, sets: asked.map(({ into }) => into) },
      // At once, where all of it is known.
      ...(fields.askKnown ? [] : [{ way: 'next', by: 'scenario', sets: asked.map(({ into }) => into) } as const]),
      { way: 'invalid', by: 'customer', maxMs },
      { way: 'timeout', by: 'clock', minMs: timeoutMs, maxMs: timeoutMs },
      { way: 'send-error', by: 'failed-send' },
    ];
  },
  says: (fields) => firstSaid(listAsked(fields)[0].text),
  texts: (fields) =>
    listFields(fields).flatMap((name) =>
      listQuestionTexts([], questionOf(fields, name)).map((text) => ({
        ...text,
        path: ['texts', name, ...text.path.slice(1)],
      })),
    ),
  state: collectState,
};

function collectState(fields: CollectFields, wiring: BlockWiring): BlockState {
  const [first, ...others] = listAsked(fields);
  const asked: Questions = [compileQuestion(first), ...others.map(compileQuestion)];
  const isOpen = (context: RunContext, index: number): boolean =>
    index < asked.length && (fields.askKnown === true || !isKnown(context, asked[index]?.into ?? []));
  const nextOpen = (context: RunContext): number =>
    asked.findIndex((_question, index) => index >= (context.questionAt ?? 0) && isOpen(context, index));
  return {
    entry: runSetup.assign({ asksAgain: 0, questionAt: 0 }),
    initial: 'choosing',
    states: {
      choosing: {
        always: [
          { ...toState(wiring.next), guard: ({ context }) => nextOpen(context) < 0 },
          { target: 'sending', actions: runSetup.assign({ questionAt: ({ context }) => nextOpen(context) }) },
        ],
      },
      ...promptStates({
        entry: emitQuestion(asked),
        timeoutMs: getTimeoutMs(fields),
        ...(fields.gather ? { gather: fields.gather } : {}),
        textOf: (context, message) => chooseText(asked, context, message),
        decisions: decideAnswer(asked, { wiring, goesOnAt: 'choosing' }),
        timeout: wiring.exit('timeout'),
        sendError: wiring.exit('send-error'),
      }),
    },
  };
}

/** A name is known from the profile as well. */
function isKnown({ variables }: RunContext, path: readonly string[]): boolean {
  const paths = path.join('.') === questions.name.into ? [path, ['customer', 'firstName']] : [path];
  return paths.some((each) => ![undefined, null, ''].includes(findVariable(variables, each) as string));
}

function listFields({ fields }: CollectFields): readonly Collectable[] {
  return [...new Set(fields ?? defaultFields)];
}

/** The questions, in their order. */
export function listAsked(fields: CollectFields): [NamedQuestion, ...NamedQuestion[]] {
  const [first, ...others] = listFields(fields).map((name) => questionOf(fields, name));
  return [first ?? questions.question, ...others];
}

function questionOf({ texts }: CollectFields, name: Collectable): NamedQuestion {
  return { ...questions[name], ...(texts?.[name] !== undefined && { text: texts[name] }) };
}

function getTimeoutMs({ timeout }: CollectFields): number {
  return getDurationMs(timeout ?? DEFAULT_TIMEOUT);
}

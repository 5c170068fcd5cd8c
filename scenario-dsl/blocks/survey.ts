import { getDurationMs } from '../../contracts/duration.ts';
import type { AskedSurvey } from '../../contracts/survey.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { findLocale } from '../expression/place.ts';
import { compileSaid } from '../expression/said-text.ts';
import { getVariablePath, withVariable } from '../expression/variables.ts';
import {
  emitEffect,
  emitOperation,
  getEffectId,
  isAnswer,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
} from '../machine/run-setup.ts';
import type { SurveyRun } from '../machine/survey-state.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import { compileTexts } from './compile-texts.ts';
import { sentTexts } from './message-parts.ts';
import { askAnew, promptStates, type Decision } from './prompt-states.ts';
import {
  beginSurvey,
  currentQuestion,
  isSurveyOver,
  mostSurveyAsks,
  readSurveyReply,
  surveyOutcome,
  surveyProgress,
  surveyQuickReplies,
  takeSurveyReply,
} from './survey-run.ts';
import type { SurveyFields } from './survey-schema.ts';

const DEFAULT_TIMEOUT = '10m';
const DEFAULT_INTO = 'survey';
const READ_MS = 10_000;

/** Asks the questions of a survey of the configuration; each answer is told to the world when it is given. A block of ours. */
export const survey: BlockBehaviour<SurveyFields> = {
  exits: () => [
    { name: 'partly', kind: 'outcome', when: 'The customer stopped after an answer at least.' },
    { name: 'no-answer', kind: 'outcome', when: 'The customer answered nothing.' },
    { name: 'failed', kind: 'failure', when: 'There is no such survey, or the service has none.' },
    { name: 'send-error', kind: 'failure', when: 'A question could not be sent.' },
  ],
  ways: (fields) => {
    const timeoutMs = getTimeoutMs(fields);
    const maxMs = READ_MS + timeoutMs * mostSurveyAsks;
    const sets = ['score', 'outcome', 'answers', 'answers.*'].map((name) => `${intoOf(fields)}.${name}`);
    return [
      { way: 'next', by: 'customer', maxMs, sets },
      { way: 'partly', by: 'clock', minMs: timeoutMs, maxMs, sets },
      { way: 'no-answer', by: 'clock', maxMs, sets },
      { way: 'failed', by: 'failed-operation', maxMs: READ_MS },
      { way: 'send-error', by: 'failed-send', maxMs, sets },
    ];
  },
  says: () => '(the first question of the survey)',
  texts: ({ retry, skip }) => [
    ...(retry === undefined ? [] : sentTexts(['retry'], retry, { what: 'text', limit: MESSENGER_LIMITS.text })),
    ...(skip === undefined
      ? []
      : sentTexts(['skip'], skip, { what: 'title', limit: MESSENGER_LIMITS.quickReplyTitle, isTapped: true })),
  ],
  state: compileSurvey,
};

function compileSurvey(fields: SurveyFields, wiring: BlockWiring): BlockState {
  const path = getVariablePath(intoOf(fields));
  const keep = runSetup.assign(({ context }: { context: RunContext }) => ({
    variables: withVariable(context.variables, path, resultOf(context)),
  }));
  return {
    exit: runSetup.assign({ survey: null }),
    initial: 'reading',
    states: {
      reading: readingState(fields, wiring),
      ...promptStates({
        entry: [emitProgress(false), emitSurveyQuestion(fields)],
        timeoutMs: getTimeoutMs(fields),
        decisions: decisionsOf(fields, wiring),
        timeout: `${wiring.block}.finishing`,
        sendError: `${wiring.block}.unsent`,
      }),
      finishing: {
        entry: [emitProgress(true), keep],
        always: [
          { ...toState(wiring.next), guard: ({ context }) => outcomeOf(context) === 'completed' },
          { ...toState(wiring.exit('partly')), guard: ({ context }) => outcomeOf(context) === 'partly' },
          toState(wiring.exit('no-answer')),
        ],
      },
      unsent: { entry: [emitProgress(true), keep], always: [toState(wiring.exit('send-error'))] },
    },
  };
}

function getTimeoutMs({ timeout }: SurveyFields): number {
  return getDurationMs(timeout ?? DEFAULT_TIMEOUT);
}

const intoOf = ({ into = DEFAULT_INTO }: SurveyFields): string => into;
const outcomeOf = ({ survey: run }: RunContext): string => (run ? surveyOutcome(run) : 'no-answer');

function readingState(fields: SurveyFields, wiring: BlockWiring): BlockState {
  const fill = compileTexts(fields.survey === undefined ? {} : { survey: fields.survey });
  const readSurvey = emitOperation(({ variables }) => {
    const language = findLocale(variables);
    return { name: 'get-survey', ...fill(variables), ...(language !== undefined && { language }) };
  }, READ_MS);
  return {
    entry: readSurvey,
    on: {
      'operation.completed': [
        {
          target: 'sending',
          guard: (args) => isAnswer(args) && args.event.type === 'operation.completed' && args.event.outcome === 'done',
          actions: runSetup.assign(({ context, event }) =>
            event.type === 'operation.completed'
              ? {
                  ...askAnew(context),
                  survey: beginSurvey(getEffectId(context), event.values['survey'] as unknown as AskedSurvey),
                }
              : {},
          ),
        },
        { ...toState(wiring.exit('failed')), guard: isAnswer },
      ],
    },
    after: { [READ_MS]: toState(wiring.exit('failed')) },
  };
}

/** What is known of it so far; nothing where that has been told already. */
function emitProgress(isEnd: boolean): ReturnType<typeof emitEffect> {
  return emitEffect((context) => {
    const run = context.survey;
    if (!run || (!isEnd && !run.isNews)) return undefined;
    const id = `${getEffectId(context)}:${isEnd ? 'end' : 'survey'}`;
    return { kind: 'annotate', id, annotation: { name: 'survey', ...surveyProgress(run, isEnd) } };
  });
}

function emitSurveyQuestion({ retry, skip }: SurveyFields): ReturnType<typeof emitEffect> {
  const before = retry === undefined ? undefined : compileSaid(retry);
  const skipTitle = skip === undefined ? undefined : compileSaid(skip);
  return emitEffect((context) => {
    const run = context.survey;
    const question = run && currentQuestion(run);
    if (!run || !question) return undefined;
    const { variables } = context;
    const again = run.isRetry && before ? `${before(variables)}\n\n` : '';
    return {
      kind: 'send-message',
      id: getEffectId(context),
      text: `${again}${question.text}`,
      quickReplies: surveyQuickReplies(question, skipTitle?.(variables)),
    };
  });
}

function decisionsOf({ skip }: SurveyFields, wiring: BlockWiring): Decision[] {
  const skipTitle = skip === undefined ? undefined : compileSaid(skip);
  const take = (context: RunContext, text: string): SurveyRun | null => {
    const run = context.survey;
    if (!run) return null;
    return takeSurveyReply(run, readSurveyReply(run, text, skipTitle?.(context.variables)));
  };
  return [
    {
      transition: { target: `#${wiring.block}.finishing`, reenter: true },
      when: (context, { text }) => isSurveyOver(take(context, text)),
      change: (context, { text }) => ({ ...askAnew(context), survey: take(context, text) }),
    },
    {
      transition: { target: `#${wiring.block}.sending`, reenter: true },
      change: (context, { text }) => ({ ...askAnew(context), survey: take(context, text) }),
    },
  ];
}

function resultOf(context: RunContext): { [name: string]: never } {
  const run = context.survey;
  const { answers = [], score = null } = run ? surveyProgress(run, true) : {};
  const named = Object.fromEntries(answers.map(({ question, value }) => [question, value]));
  return { score, outcome: outcomeOf(context), answers: named } as unknown as { [name: string]: never };
}

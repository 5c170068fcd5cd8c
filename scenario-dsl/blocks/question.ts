import { truncateText } from '../../contracts/split-text.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { compileSaid, listSaid, type SaidText } from '../expression/said-text.ts';
import { foldReply } from '../expression/plain-text.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import { emitEffect, getEffectId, messageText, runSetup, toState, type RunContext } from '../machine/run-setup.ts';
import type { CustomerMessage } from '../machine/scenario-event.ts';
import type { BlockWiring } from './block-behaviour.ts';
import { asText, compileTexts, type Fill } from './compile-texts.ts';
import { compileItems, countMostPages, isEachList, MORE, showPage } from './list-items.ts';
import { askAnew, type Decision, type Reply } from './prompt-states.ts';
import { createReader, toReading, type Reading, type Refusal } from './read-input.ts';
import type { QuestionFields } from './request-input-schema.ts';

const DEFAULT_RETRIES = 2;

/** A question as a run needs it. */
export interface Question {
  text: Fill<string>;
  /** What is said after a reply that was not taken, by why it was not. */
  retryTexts: Readonly<Record<Refusal, Fill<string>>>;
  options: Fill<Option[]>;
  /** Title of the quick reply that shows the next page of them. */
  more: Fill<string> | undefined;
  /** Messenger offers the customer's own address or number as a quick reply. */
  offers: 'user_phone_number' | 'user_email' | undefined;
  hasChoices: boolean;
  /** Its choices are the items of a list. */
  isOfList: boolean;
  into: string[];
  retries: number;
  read: (reply: Reply, variables: Variables) => Reading;
}

/** A question whose variable is named. */
export type NamedQuestion = QuestionFields & { into: string };

/** Parses what a question says, and how its reply is read, once. */
export function compileQuestion(fields: NamedQuestion): Question {
  const { type, fromProfile } = fields;
  const offers = type === 'phone' ? 'user_phone_number' : 'user_email';
  return {
    text: compileSaid(fields.text),
    retryTexts: compileRetryTexts(fields),
    options: compileOptions(fields),
    more:
      fields.choices && isEachList(fields.choices) && fields.choices.more
        ? compileSaid(fields.choices.more)
        : undefined,
    offers: fromProfile ? offers : undefined,
    hasChoices: type === 'choice',
    isOfList: isOfList(fields),
    into: getVariablePath(fields.into),
    retries: getRetries(fields),
    read: createReader(fields),
  };
}

function compileRetryTexts({ text, retry = {} }: NamedQuestion): Question['retryTexts'] {
  const unclear = compileSaid(retry.text ?? text);
  const own = (said: SaidText | undefined): Fill<string> => (said === undefined ? unclear : compileSaid(said));
  return {
    unclear,
    belowMin: own(retry.belowMin),
    aboveMax: own(retry.aboveMax),
    notOn: own(retry.notOn),
  };
}

function getRetries({ retry }: QuestionFields): number {
  return retry?.count ?? DEFAULT_RETRIES;
}

export function isOfList({ choices = [] }: QuestionFields): boolean {
  return isEachList(choices);
}

/** Whether the question that is next has a list to choose from, and nothing in it. */
export function hasNoChoice(questions: Questions, context: RunContext): boolean {
  const { isOfList: isList, options } = current(questions, context);
  return isList && options(context.variables).length === 0;
}

/** How often a question can be asked: again after replies that are not of the type, and once for each page of a list. */
export function countAsks(question: QuestionFields): number {
  const { choices = [] } = question;
  const pages =
    isEachList(choices) && choices.more !== undefined ? countMostPages(MESSENGER_LIMITS.quickReplies - 1) : 1;
  return getRetries(question) + pages;
}

/** The choices as they stand in a run; those of a list without those that have no title. */
function compileOptions(fields: QuestionFields): Fill<Option[]> {
  const { choices } = fields;
  if (!choices || !isEachList(choices)) return compileTexts(listOptions(fields));
  const fill = compileItems(choices.each, compileTexts(toOption(choices)));
  return (variables) => fill(variables).filter((option) => option.title.trim() !== '');
}

/** What is offered as quick replies: the choices that are written one by one, or every mark of a rating. */
export function listOptions({ type, choices = [], ...bounds }: QuestionFields): Option[] {
  if (isEachList(choices)) return [];
  if (type === 'choice') return choices.map(toOption);
  if (type !== 'rating') return [];
  const { min, max } = getScale(bounds);
  return Array.from({ length: max - min + 1 }, (_, index) => String(min + index)).map((mark) => {
    return { title: mark, value: mark, also: [] };
  });
}

/** Of a rating: the least and the greatest mark. */
function getScale({ min = 1, max = 5 }: Pick<QuestionFields, 'min' | 'max'>): { min: number; max: number } {
  return { min: Number(min), max: Number(max) };
}

interface Option {
  title: string;
  value: string;
  /** Other words for it, which are not shown. */
  also: string[];
}

type ChoiceFields = Pick<Extract<QuestionFields['choices'], { each: string }>, 'title' | 'value' | 'also'>;

function toOption({ title, value, also = [] }: ChoiceFields): Option {
  return { title: asText(title), value: valueOfChoice({ title, value }), also: also.map(String) };
}

/** What the variable becomes; a title in several languages has a value, so that it is the same in each. */
export function valueOfChoice({ title, value }: Pick<ChoiceFields, 'title' | 'value'>): string {
  return value ?? listSaid(title)[0]?.source ?? '';
}

/** The variables that a question sets. */
export function listSets({ type, into }: NamedQuestion): string[] {
  if (type === 'file') return [into, `${into}.*`];
  return type === 'location' ? [into, `${into}.lat`, `${into}.long`] : [into];
}

export type Questions = readonly [Question, ...Question[]];

/** What to do with the reply to one of several questions: the next question, asking again, or an end. */
export function decideAnswer(
  questions: Questions,
  { wiring, goesOnAt = 'sending' }: { wiring: BlockWiring; goesOnAt?: string },
): Decision[] {
  const sending = { target: `#${wiring.block}.sending`, reenter: true } as const;
  const isLast = (context: RunContext): boolean => indexOf(context) === questions.length - 1;
  const keep: NonNullable<Decision['change']> = (context, reply) => {
    const question = current(questions, context);
    const reading = readReply(question, context, reply);
    return 'value' in reading ? { variables: withVariable(context.variables, question.into, reading.value) } : {};
  };
  const isGood = (context: RunContext, reply: Reply): boolean =>
    'value' in readReply(current(questions, context), context, reply);
  const goOn: Decision = {
    transition: { target: `#${wiring.block}.${goesOnAt}`, reenter: true },
    when: (context, reply) => !isLast(context) && isGood(context, reply),
    change: (context, reply) => ({
      ...keep(context, reply),
      ...askAnew(context),
      asksAgain: 0,
      pageAt: 0,
      questionAt: indexOf(context) + 1,
    }),
  };
  const turnPage: Decision = {
    transition: sending,
    when: (context, reply) => isMore(current(questions, context), context, reply),
    change: (context) => ({ ...askAnew(context), pageAt: (context.pageAt ?? 0) + 1 }),
  };
  return [
    ...(questions.some(({ more }) => more) ? [turnPage] : []),
    ...(questions.length > 1 ? [goOn] : []),
    { transition: toState(wiring.next), when: isGood, change: keep },
    {
      transition: sending,
      when: (context) => (context.asksAgain ?? 0) < current(questions, context).retries,
      change: (context, reply) => {
        const reading = readReply(current(questions, context), context, reply);
        const refusal = 'refusal' in reading ? reading.refusal : 'unclear';
        return { ...askAnew(context), asksAgain: (context.asksAgain ?? 0) + 1, refusal };
      },
    },
    { transition: toState(wiring.exit('invalid')) },
  ];
}

/** Begins with the first question. */
export function beginQuestions(questions: Questions): ReturnType<typeof runSetup.assign> {
  return runSetup.assign({
    asksAgain: 0,
    ...(questions.length > 1 && { questionAt: 0 }),
    ...(questions.some(({ more }) => more) && { pageAt: 0 }),
  });
}

/** The reply in a message: what was tapped, where that is one of the choices, else what was written. */
export function chooseText(questions: Questions, context: RunContext, message: CustomerMessage): string {
  const { payload } = message;
  const { options } = current(questions, context);
  const isTapped = payload === MORE || options(context.variables).some(({ value }) => payload === value);
  return payload !== undefined && isTapped ? payload : messageText(message);
}

export function emitQuestion(questions: Questions): ReturnType<typeof emitEffect> {
  return emitEffect((context) => {
    const { text, retryTexts, options, more, offers } = current(questions, context);
    const all = options(context.variables).map(({ title, value }) => ({ title, payload: value }));
    const replies = showPage(all, { page: context.pageAt ?? 0, more: more?.(context.variables) });
    return {
      kind: 'send-message',
      id: getEffectId(context),
      text: (context.asksAgain ? chooseRetryText(retryTexts, context) : text)(context.variables),
      quickReplies: offers ? [...replies, { title: '', payload: '', contentType: offers }] : replies,
    };
  });
}

function chooseRetryText(texts: Question['retryTexts'], { refusal = 'unclear' }: RunContext): Fill<string> {
  return Object.hasOwn(texts, refusal) ? texts[refusal as Refusal] : texts.unclear;
}

function current(questions: Questions, context: RunContext): Question {
  return questions[indexOf(context)] ?? questions[0];
}

/** A single question leaves the place of an earlier block's alone. */
function indexOf({ questionAt = 0 }: RunContext): number {
  return questionAt;
}

function readReply(question: Question, { variables }: RunContext, reply: Reply): Reading {
  return question.hasChoices ? toReading(readChoice(question, variables, reply.text)) : question.read(reply, variables);
}

/** A value exactly, else a title, another word for it or a value as people write it; Messenger shows long titles cut. */
function readChoice({ options }: Question, variables: Variables, reply: string): string | undefined {
  const filled = options(variables).map(({ title, value, also }) => ({ title: foldReply(title), value, also }));
  const wanted = foldReply(reply);
  const match =
    filled.find(({ value }) => value === reply) ??
    filled.find(({ title }) => title === wanted) ??
    filled.find(({ also }) => wanted !== '' && also.some((word) => foldReply(word) === wanted)) ??
    filled.find(
      ({ title, value }) =>
        foldReply(truncateText(title, MESSENGER_LIMITS.quickReplyTitle)) === wanted || foldReply(value) === wanted,
    );
  return match?.value;
}

function isMore({ more, options }: Question, { variables }: RunContext, { text }: Reply): boolean {
  if (!more || options(variables).length <= MESSENGER_LIMITS.quickReplies) return false;
  return text === MORE || foldReply(text) === foldReply(more(variables));
}

/** Counts evaluations and surveys again, from what is kept, with code of its own. */
import type { GeneratedConversation } from './generate-history.ts';
import type { RecountSettings } from './recount-time.ts';

type Book = (at: number, keys: string[][], sums: Record<string, number>) => void;
type Counter = (conversation: GeneratedConversation, book: Book, settings: RecountSettings) => void;

const one = (is: boolean): number => (is ? 1 : 0);

/** In thousandths; undefined for what gives no points. */
function thousandths(
  type: string,
  value: string | number | undefined,
  { top = 5, choices = [] as string[] },
): number | undefined {
  if (type === 'yes-no') return value === 'yes' ? 1000 : value === 'no' ? 0 : undefined;
  if (type === 'scale') return typeof value === 'number' ? Math.round((1000 * (value - 1)) / (top - 1)) : undefined;
  if (type !== 'choice' || !choices.includes(String(value))) return undefined;
  return Math.round((1000 * (choices.length - 1 - choices.indexOf(String(value)))) / (choices.length - 1));
}

interface FoundSurvey {
  at: number;
  survey: string;
  last: { answers: { question: string; value: string | number }[]; outcome?: string; score?: number };
  agent: string;
  service: string;
}

/** By its id: when it was first told of, and what was told of it last. The agent is the last who was connected by then. */
function surveysOf(
  conversation: GeneratedConversation,
  { serviceAt }: { serviceAt: (conversation: GeneratedConversation, at: number) => { agent: string; service: string } },
): FoundSurvey[] {
  const told = conversation.events.flatMap((event) => (event.type === 'survey-asked' ? [event] : []));
  return [...new Set(told.map(({ data }) => data.surveyId))].flatMap((id) => {
    const own = told.filter(({ data }) => data.surveyId === id);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return [{ at: first.at, survey: first.data.survey, last: last.data, ...serviceAt(conversation, first.at) }];
  });
}

/** Makes the counters; `serviceAt`: who had the chat last by a moment, and for which service. */
export function createQualityCounters(
  serviceAt: (conversation: GeneratedConversation, at: number) => { agent: string; service: string },
): Record<string, Counter> {
  return {
    evaluations: ({ evaluations }, book) => {
      for (const { agent, form, to, from, score, isFailed, steps } of evaluations) {
        const has = (did: string): number => one(steps.some((step) => step.did === did));
        book(to ?? from, [[agent], [form.name]], {
          graded: 1,
          scored: one(score !== null),
          score: score ?? 0,
          failed: one(isFailed),
          confirmed: has('confirmed'),
          disputed: has('disputed'),
          changed: has('changed'),
        });
      }
    },
    'evaluation-questions': ({ evaluations }, book) => {
      for (const { form, to, from, answers } of evaluations) {
        for (const { question, type, ...rest } of form.questions) {
          const given = answers.find((answer) => answer.question === question);
          if (!given || (!given.isNa && given.value === undefined)) continue;
          const points = given.isNa ? undefined : thousandths(type, given.value, rest);
          book(to ?? from, [[form.name], [question]], {
            answers: one(!given.isNa),
            left: one(given.isNa === true),
            given: points ?? 0,
            possible: points === undefined ? 0 : 1000,
          });
        }
      }
    },
    surveys: (conversation, book) => {
      for (const { at, survey, last, agent, service } of surveysOf(conversation, { serviceAt })) {
        book(at, [[survey], [service], [agent]], {
          begun: 1,
          answered: one(last.answers.length > 0),
          completed: one(last.outcome === 'completed'),
          scored: one(last.score !== undefined),
          score: last.score ?? 0,
        });
      }
    },
    'survey-questions': (conversation, book) => {
      for (const { at, survey, last } of surveysOf(conversation, { serviceAt })) {
        for (const { question, value } of last.answers) {
          const isNumber = typeof value === 'number';
          book(at, [[survey], [question]], { answers: 1, numbers: one(isNumber), sum: isNumber ? value : 0 });
        }
      }
    },
  };
}

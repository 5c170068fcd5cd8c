import type { ConversationEvent } from '../../contracts/history-event.ts';
import {
  labelsOfWork,
  yes,
  type Fact,
  type FactLabels,
  type ReadConversation,
  type ReportContext,
  type ReportDefinition,
} from '../definition.ts';

/** One survey that was put to a customer, with the last word of it. */
interface AskedSurvey {
  at: number;
  data: ConversationEvent<'survey-asked'>['data'];
}

/** Each survey is told of with every answer: what was told last says all. */
function surveysOf({ story }: ReadConversation): AskedSurvey[] {
  const asked = new Map<string, AskedSurvey>();
  for (const event of story.events) {
    if (event.type !== 'survey-asked') continue;
    const { at } = asked.get(event.data.surveyId) ?? event;
    asked.set(event.data.surveyId, { at, data: event.data });
  }
  return [...asked.values()];
}

function labelsOf({ chronicle }: ReadConversation, { at, data }: AskedSurvey, context: ReportContext): FactLabels {
  const before = chronicle.stretches.filter(({ from }) => from <= at);
  const last = before.reduce((one, each) => (each.from >= (one?.from ?? 0) ? each : one), before[0]);
  const service = last?.service ?? chronicle.service;
  return { ...labelsOfWork(chronicle, { service, agent: last?.agent }, context), survey: data.survey };
}

const edgeCases = [
  'The agent is the last who talked with the customer before the first question; there may be none.',
  'A survey that still goes on counts as far as it has been answered.',
  'A scenario that asks by other blocks and keeps the answers with Save Survey Response is not counted here.',
];

export const surveys: ReportDefinition = {
  name: 'surveys',
  version: 1,
  title: 'Surveys',
  about: 'How many customers answer, and what they give.',
  bookedAt: 'when the first question was put',
  dimensions: ['survey', 'service', 'agent'],
  figures: ['surveysBegun', 'surveysAnswered', 'surveysCompleted', 'responsePercent', 'averageSurveyScore'],
  drawn: 'averageSurveyScore',
  scope: 'service',
  edgeCases,
  ofConversation: (read, context) =>
    surveysOf(read).map((asked): Fact => {
      const { answers, outcome, score } = asked.data;
      return {
        at: asked.at,
        conversationId: read.chronicle.conversationId,
        labels: labelsOf(read, asked, context),
        values: {
          surveysBegun: 1,
          surveysAnswered: yes(answers.length > 0),
          surveysCompleted: yes(outcome === 'completed'),
          surveyScored: yes(score !== undefined),
          surveyScores: score ?? 0,
        },
      };
    }),
};

export const surveyQuestions: ReportDefinition = {
  name: 'survey-questions',
  version: 1,
  title: 'Surveys by question',
  about: 'What customers answered to each question.',
  bookedAt: 'when the first question of the survey was put',
  dimensions: ['survey', 'question'],
  figures: ['answers', 'averageValue'],
  drawn: 'averageValue',
  scope: 'service',
  edgeCases: [...edgeCases, 'Words and choices are counted; an average is of scales alone.'],
  ofConversation: (read, context) =>
    surveysOf(read).flatMap((asked) =>
      asked.data.answers.map(({ question, value }): Fact => ({
        at: asked.at,
        conversationId: read.chronicle.conversationId,
        labels: { ...labelsOf(read, asked, context), question },
        values: {
          answers: 1,
          scaleAnswers: yes(typeof value === 'number'),
          scaleValues: typeof value === 'number' ? value : 0,
        },
      })),
    ),
};

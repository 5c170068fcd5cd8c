import { shareOf } from '../../contracts/evaluation-form.ts';
import {
  labelsOfWork,
  yes,
  type Fact,
  type FactLabels,
  type ReadConversation,
  type ReportContext,
  type ReportDefinition,
} from '../definition.ts';
import type { GradedStretch } from '../story/conversation-story.ts';

const edgeCases = [
  'Drafts count nowhere. What is finished later counts for the day on which the stretch ended: figures of a day may still rise.',
  'Of a dispute that was decided with other answers the last answers count, and no others.',
  'Each stretch counts for the agent who had it; a conversation with two agents may count twice, graded by two forms four times.',
  'An erasure of the customer takes their evaluations with the conversation.',
];

function labelsOf({ chronicle }: ReadConversation, graded: GradedStretch, context: ReportContext): FactLabels {
  const { service, agent, form } = graded;
  return { ...labelsOfWork(chronicle, { service, agent }, context), form: form.name };
}

export const evaluations: ReportDefinition = {
  name: 'evaluations',
  version: 1,
  title: 'Evaluations',
  about: 'How agents’ chats were graded, and what agents said of it.',
  bookedAt: 'when the agent’s stretch of the chat ended',
  dimensions: ['agent', 'form'],
  figures: ['graded', 'averageScore', 'failedAll', 'confirmed', 'disputed', 'regraded'],
  drawn: 'averageScore',
  scope: 'agent',
  edgeCases: [
    ...edgeCases,
    'An evaluation of which nothing counts (every question left out) is graded and has no score.',
  ],
  needs: { evaluations: true },
  ofConversation: (read, context) =>
    (read.story.evaluations ?? []).map((graded): Fact => {
      const { from, to = from, score, isFailed, steps } = graded;
      const did = new Set(steps.map((step) => step.did));
      return {
        at: to,
        conversationId: read.chronicle.conversationId,
        labels: labelsOf(read, graded, context),
        values: {
          graded: 1,
          scored: yes(score !== null),
          scores: score ?? 0,
          failedAll: yes(isFailed),
          confirmed: yes(did.has('confirmed')),
          disputed: yes(did.has('disputed')),
          regraded: yes(did.has('changed')),
        },
      };
    }),
};

/** Of an answer's points in thousandths, so that sums are whole. */
const WHOLE = 1000;

export const evaluationQuestions: ReportDefinition = {
  name: 'evaluation-questions',
  version: 1,
  title: 'Evaluations by question',
  about: 'Which questions of a form cost points.',
  bookedAt: 'when the agent’s stretch of the chat ended',
  dimensions: ['form', 'question'],
  figures: ['answers', 'pointsPercent', 'notApplicable'],
  drawn: 'pointsPercent',
  scope: 'agent',
  edgeCases: [
    ...edgeCases,
    'Questions answered with a text are counted and give no points. Every version of a form counts for its name.',
  ],
  needs: { evaluations: true },
  ofConversation: (read, context) =>
    (read.story.evaluations ?? []).flatMap((graded) =>
      graded.answers.flatMap((answer): Fact[] => {
        const question = graded.form.questions.find((each) => each.question === answer.question);
        if (!question || (answer.isNa !== true && answer.value === undefined)) return [];
        const isNa = answer.isNa === true;
        const share = isNa ? undefined : shareOf(question, answer.value);
        return [
          {
            at: graded.to ?? graded.from,
            conversationId: read.chronicle.conversationId,
            labels: { ...labelsOf(read, graded, context), question: question.question },
            values: {
              answers: yes(!isNa),
              notApplicable: yes(isNa),
              pointsPossible: share === undefined ? 0 : WHOLE,
              pointsGiven: Math.round(WHOLE * (share ?? 0)),
            },
          },
        ];
      }),
    ),
};

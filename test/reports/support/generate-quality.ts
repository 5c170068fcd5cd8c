import type { SurveyProgress } from '../../../contracts/history-event.ts';
import type { SurveyAnswer } from '../../../contracts/survey.ts';
import type { GradedStretch } from '../../../reports/story/conversation-story.ts';

/** What this needs of a story that is being made. */
interface Told {
  now: number;
  readonly id: string;
  readonly service: string;
  pick: <Item>(items: readonly Item[]) => Item;
  is: (share: number) => boolean;
  pass: (least: number, most: number) => void;
}

const QUESTIONS = [
  { area: 'Opening', question: 'Greets', type: 'yes-no' as const, weight: 20, autoFail: true },
  { area: 'Solving', question: 'Understands', type: 'scale' as const, weight: 30, top: 7 },
  { area: 'Solving', question: 'Way', type: 'choice' as const, choices: ['good', 'fair', 'poor'] },
  { area: 'Solving', question: 'Words', type: 'text' as const },
];

/** A grade of a stretch that has just ended: the score is nobody's sum, because reports take it as it is kept. */
export function gradeBy(story: Told, agent: string): GradedStretch {
  const value = {
    Greets: story.pick(['yes', 'no', undefined]),
    Understands: story.pick([1, 2, 4, 6, 7]),
    Way: story.pick(['good', 'fair', 'poor', 'of an earlier version']),
    Words: story.pick(['warm', undefined]),
  };
  const answers = Object.entries(value).map(([question, given]) => ({
    question,
    ...(story.is(0.1) ? { isNa: true } : given !== undefined && { value: given }),
  }));
  const score = story.is(0.05) ? null : Math.floor(story.pick([0, 17, 50, 86, 100]));
  const did = [
    'finished' as const,
    ...story.pick([[], ['confirmed' as const], ['disputed' as const], ['disputed' as const, 'changed' as const]]),
  ];
  return {
    agent,
    from: story.now - 60_000,
    ...(story.is(0.9) && { to: story.now }),
    ...(story.is(0.9) && { service: story.service }),
    form: { name: story.pick(['Chat quality', 'Tone']), version: 1, questions: QUESTIONS },
    answers: [...answers, { question: 'Of another form', value: 'yes' }],
    score,
    isFailed: story.is(0.1),
    steps: did.map((each) => ({ did: each, at: story.now, by: 'sue', score })),
  };
}

/** Tells of a survey as its block does: as it begins, with every answer, and at its end where it comes to one. */
export function playSurvey(story: Told & { tell: (type: 'survey-asked', data: SurveyProgress) => void }): void {
  const surveyId = `${story.id}-s${story.now}`;
  const survey = story.pick(['after-chat', 'short']);
  const answers: SurveyAnswer[] = [];
  const score = (): { score?: number } => {
    const content = answers.find(({ question }) => question === 'content')?.value;
    return typeof content === 'number' ? { score: 25 * (content - 1) } : {};
  };
  story.tell('survey-asked', { surveyId, survey, answers: [] });
  for (const [question, values] of [
    ['content', [1, 2, 3, 4, 5]],
    ['solved', ['Yes', 'No']],
    ['words', ['Thanks']],
  ] as const) {
    story.pass(1000, 60_000);
    if (story.is(0.2)) break;
    if (story.is(0.2)) continue;
    answers.push({ question, value: story.pick<string | number>(values) });
    story.tell('survey-asked', { surveyId, survey, answers: [...answers], ...score() });
  }
  if (story.is(0.05)) return;
  const outcome = answers.length === 0 ? 'no-answer' : story.is(0.7) ? 'completed' : 'partly';
  story.tell('survey-asked', { surveyId, survey, answers: [...answers], outcome, ...score() });
}

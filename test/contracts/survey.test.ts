import { describe, expect, it } from 'vitest';
import { findSurveyProblem, surveyDocumentSchema } from '../../contracts/quality-configuration-schema.ts';
import { inLanguage, nextQuestion, scoreSurvey, type Survey, type SurveyAnswer } from '../../contracts/survey.ts';

const survey: Survey = {
  name: 'after-chat',
  questions: [
    { name: 'content', type: 'scale', text: 'How content are you?' },
    { name: 'why', type: 'choice', text: 'Why?', choices: ['Slow', 'Wrong'], when: { question: 'content', atMost: 2 } },
    { name: 'what', type: 'text', text: 'What was wrong?', when: { question: 'why', is: ['Wrong'] } },
    { name: 'recommend', type: 'scale', text: 'Would you recommend us?', from: 0, to: 10 },
  ],
  translations: [
    { language: 'de', question: 'why', text: 'Warum?', choices: ['Langsam', 'Falsch'] },
    { language: 'pt-BR', question: 'content', text: 'Está contente?' },
  ],
};

/** Names in the order in which they are asked of somebody who answers so. */
function asked(replies: Record<string, string | number | undefined>): string[] {
  const names: string[] = [];
  const answers: SurveyAnswer[] = [];
  let at = 0;
  for (let next = nextQuestion(survey, at, answers); next; next = nextQuestion(survey, at, answers)) {
    const { name } = next.question;
    names.push(name);
    const value = replies[name];
    if (value !== undefined) answers.push({ question: name, value });
    at = next.index + 1;
  }
  return names;
}

const text = (index: number, language?: string) => inLanguage(survey, survey.questions[index]!, language);

describe('a survey', () => {
  it('skips what a condition leaves out, and whatever hangs on what was skipped or not answered', () => {
    expect(asked({ content: 5 })).toEqual(['content', 'recommend']);
    expect(asked({ content: 2, why: 'Slow' })).toEqual(['content', 'why', 'recommend']);
    expect(asked({ content: 1, why: 'Wrong' })).toEqual(['content', 'why', 'what', 'recommend']);
    expect(asked({})).toEqual(['content', 'recommend']);
  });

  it('asks in the language of the customer where somebody wrote it, and in its own else', () => {
    expect(text(1, 'de_AT')).toEqual({ text: 'Warum?', choices: ['Langsam', 'Falsch'] });
    expect(text(0, 'pt_BR').text).toBe('Está contente?');
    expect(text(0, 'pt').text).toBe('How content are you?');
    expect(text(1).choices).toEqual(['Slow', 'Wrong']);
  });

  it('scores the scales that were answered, each as much as the others', () => {
    expect(scoreSurvey(survey, [{ question: 'content', value: 4 }])).toBe(75);
    const both = [
      { question: 'content', value: 5 },
      { question: 'recommend', value: 0 },
    ];
    expect(scoreSurvey(survey, both)).toBe(50);
    expect(scoreSurvey(survey, [{ question: 'why', value: 'Slow' }])).toBeUndefined();
  });

  it('is refused where its parts do not fit together, with the place', () => {
    const problem = (changes: object) =>
      findSurveyProblem(surveyDocumentSchema.parse({ kind: 'survey', ...survey, ...changes }))?.path;
    expect(problem({})).toBeUndefined();
    expect(problem({ questions: survey.questions.toReversed() })).toBe('questions.1.when.question');
    expect(problem({ translations: [{ language: 'de', question: 'gone', text: 'Weg' }] })).toBe(
      'translations.0.question',
    );
    expect(problem({ translations: [{ language: 'de', question: 'why', text: 'Warum?' }] })).toBe(
      'translations.0.choices',
    );
  });
});

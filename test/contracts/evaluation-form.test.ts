import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listUnanswered,
  scoreEvaluation,
  type EvaluationAnswer,
  type EvaluationForm,
} from '../../contracts/evaluation-form.ts';
import { answersOf, arbitraryForm, arbitraryGrade } from '../support/arbitrary-quality.ts';

const form: EvaluationForm = {
  name: 'Chat quality',
  questions: [
    { area: 'Opening', question: 'Greets by name', type: 'yes-no', weight: 20 },
    { area: 'Solving', question: 'Understands', type: 'scale', weight: 40 },
    { area: 'Solving', question: 'Tone', type: 'choice', choices: ['warm', 'plain', 'cold'], weight: 20 },
    {
      area: 'Rules',
      question: 'No personal data repeated',
      type: 'yes-no',
      weight: 20,
      autoFail: true,
      canBeNa: false,
    },
    { area: 'Rules', question: 'Remarks', type: 'text' },
  ],
};
const graded = (values: Record<string, string | number | undefined>): EvaluationAnswer[] =>
  Object.entries(values).map(([question, value]) =>
    value === undefined ? { question, isNa: true } : { question, value },
  );
const good = { 'Greets by name': 'yes', Understands: 5, Tone: 'warm', 'No personal data repeated': 'yes' };
const asked = (answers: EvaluationAnswer[]) => listUnanswered(form, answers).map(({ question }) => question);

describe('the score of an evaluation', () => {
  it('adds up the points of its areas, of a hundred', () => {
    const { score, areas } = scoreEvaluation(form, graded({ ...good, Understands: 3, Tone: 'plain' }));
    expect(areas).toEqual([
      { area: 'Opening', points: 20, possible: 20 },
      { area: 'Solving', points: 30, possible: 60 },
      { area: 'Rules', points: 20, possible: 20 },
    ]);
    expect(score).toBe(70);
  });

  it('is 0 where one answer fails all, and counts what does not apply neither way', () => {
    const failed = scoreEvaluation(form, graded({ ...good, 'No personal data repeated': 'no' }));
    expect([failed.score, failed.isFailed]).toEqual([0, true]);
    expect(scoreEvaluation(form, graded({ ...good, 'Greets by name': 'no', Tone: undefined })).score).toBe(75);
    expect(scoreEvaluation(form, graded({ 'Greets by name': undefined, Remarks: 'well done' })).score).toBeNull();
  });

  it('asks for every question but texts, and lets nothing be left out that cannot be', () => {
    expect(asked([])).toEqual(['Greets by name', 'Understands', 'Tone', 'No personal data repeated']);
    expect(asked(graded({ ...good, 'No personal data repeated': undefined }))).toEqual(['No personal data repeated']);
    expect(asked(graded({ ...good, Understands: 6 }))).toEqual(['Understands']);
    expect(asked(graded({ ...good, Tone: 'lukewarm' }))).toEqual(['Tone']);
  });

  it('lies between 0 and 100, and its areas have no more points than they can', () => {
    fc.assert(
      fc.property(arbitraryGrade, (grade) => {
        const { score, areas } = scoreEvaluation(grade.form, grade.answers);
        if (score !== null) expect(score).toBeGreaterThanOrEqual(0);
        if (score !== null) expect(score).toBeLessThanOrEqual(100);
        for (const { points, possible } of areas) expect(points).toBeLessThanOrEqual(possible + 1e-9);
      }),
    );
  });

  it('never falls when one answer gets better', () => {
    fc.assert(
      fc.property(arbitraryGrade, fc.nat(), ({ form: any, answers }, pick) => {
        const better = answers.map((answer, index) => {
          const question = any.questions.find((each) => each.question === answer.question);
          if (index !== pick % answers.length || answer.value === undefined || !question) return answer;
          if (question.type === 'text') return answer;
          const all = answersOf(question);
          return { ...answer, value: all[Math.min(all.indexOf(answer.value) + 1, all.length - 1)]! };
        });
        expect(scoreEvaluation(any, better).score ?? 0).toBeGreaterThanOrEqual(
          scoreEvaluation(any, answers).score ?? 0,
        );
      }),
    );
  });

  it('is 100 with the best answers, 0 with the worst, where anything counts', () => {
    fc.assert(
      fc.property(arbitraryForm, (any) => {
        const all = (best: boolean): EvaluationAnswer[] =>
          any.questions
            .filter(({ type }) => type !== 'text')
            .map((question) => ({ question: question.question, value: answersOf(question).at(best ? -1 : 0)! }));
        const counts = any.questions.some(({ type, weight = 1 }) => type !== 'text' && weight > 0);
        expect(scoreEvaluation(any, all(true)).score).toBe(counts ? 100 : null);
        const worst = scoreEvaluation(any, all(false));
        if (counts || worst.isFailed) expect(worst.score).toBe(0);
      }),
    );
  });

  it('is that of the form without the questions that do not apply', () => {
    fc.assert(
      fc.property(arbitraryGrade, ({ form: any, answers }) => {
        const left = new Set(answers.flatMap(({ question, isNa }) => (isNa === true ? [question] : [])));
        const shorter = { ...any, questions: any.questions.filter(({ question }) => !left.has(question)) };
        expect(scoreEvaluation(any, answers).score).toBe(scoreEvaluation(shorter, answers).score);
      }),
    );
  });
});

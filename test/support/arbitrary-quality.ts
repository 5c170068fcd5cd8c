import * as fc from 'fast-check';
import type { EvaluationAnswer, EvaluationForm, EvaluationQuestion } from '../../contracts/evaluation-form.ts';
import { shareOf, topOf } from '../../contracts/evaluation-form.ts';
import type { Survey } from '../../contracts/survey.ts';

const word = fc.constantFrom('Greeting', 'yes', '007', 'a: b', '- x', '${HOME}', '#no', 'Früh gelöst', '~');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const choices = fc.uniqueArray(word, { minLength: 2, maxLength: 4 });

const question = (index: number): fc.Arbitrary<EvaluationQuestion> =>
  fc
    .record({
      area: fc.constantFrom('Opening', 'Solving', 'Rules'),
      text: word,
      kind: fc.oneof(
        fc.record({ type: fc.constant('yes-no' as const) }),
        fc.record({ type: fc.constant('scale' as const), top: optional(fc.integer({ min: 2, max: 10 })) }),
        fc.record({ type: fc.constant('choice' as const), choices }),
      ),
      weight: optional(fc.integer({ min: 0, max: 100 })),
      autoFail: optional(fc.boolean()),
      canBeNa: optional(fc.boolean()),
    })
    .map(({ text, kind, ...rest }) => withoutNothing({ ...rest, ...kind, question: `${text} ${index}` }));

/** As JSON says it: what is undefined is absent. */
function withoutNothing(value: object): EvaluationQuestion {
  return JSON.parse(JSON.stringify(value)) as EvaluationQuestion;
}

/** A form of one to six questions, texts among them. */
export const arbitraryForm: fc.Arbitrary<EvaluationForm> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.boolean(), fc.boolean())
  .chain(([count, hasText, hidden]) =>
    fc.tuple(...Array.from({ length: count }, (_each, index) => question(index))).map((questions) => ({
      name: 'Chat quality',
      ...(hidden && { hidden }),
      questions: [
        ...questions,
        ...(hasText ? [{ area: 'Rules', question: 'Anything else', type: 'text' as const }] : []),
      ],
    })),
  );

/** Every answer that a question takes, the worst first. */
export function answersOf(asked: EvaluationQuestion): (string | number)[] {
  const { type, choices: given = [] } = asked;
  const all =
    type === 'yes-no'
      ? ['yes', 'no']
      : type === 'scale'
        ? Array.from({ length: topOf(asked) }, (_each, index) => index + 1)
        : given;
  return all.toSorted((one, other) => (shareOf(asked, one) ?? 0) - (shareOf(asked, other) ?? 0));
}

/** A form with answers to some of its questions, some of them not applicable. */
export const arbitraryGrade: fc.Arbitrary<{ form: EvaluationForm; answers: EvaluationAnswer[] }> = arbitraryForm.chain(
  (form) =>
    fc
      .tuple(
        ...form.questions.map((asked) =>
          fc.oneof(
            fc.constant(undefined),
            fc.constant({ question: asked.question, isNa: true }),
            ...(asked.type === 'text'
              ? [fc.constant({ question: asked.question, value: 'A warm hand-over' })]
              : [fc.constantFrom(...answersOf(asked)).map((value) => ({ question: asked.question, value }))]),
          ),
        ),
      )
      .map((answers) => ({ form, answers: answers.flatMap((answer) => answer ?? []) })),
);

/** A survey whose conditions and translations fit together. */
export const arbitrarySurvey: fc.Arbitrary<Survey> = fc
  .record({
    name: word,
    to: fc.integer({ min: 2, max: 10 }),
    choices,
    language: fc.constantFrom('de', 'pt-BR'),
    text: word,
    isShort: fc.boolean(),
  })
  .map(({ name, to, choices: given, language, text, isShort }) => ({
    name,
    questions: [
      { name: 'content', type: 'scale' as const, text, to },
      ...(isShort
        ? []
        : [
            { name: 'why', type: 'choice' as const, text, choices: given, when: { question: 'content', atMost: 1 } },
            { name: 'more', type: 'text' as const, text, when: { question: 'why', is: given.slice(0, 1) } },
          ]),
    ],
    translations: [{ language, question: 'content', text }],
  }));

interface DrawnAssignment {
  perAgent: number;
  dueDays: number | undefined;
  timeZone: string | undefined;
  paused: boolean | undefined;
  isOfSome: boolean;
}

/** What a rule of evaluations says for itself; `isOfSome`: it names whose chats. */
export const arbitraryAssignment: fc.Arbitrary<DrawnAssignment> = fc.record({
  perAgent: fc.integer({ min: 1, max: 20 }),
  dueDays: optional(fc.integer({ min: 1, max: 90 })),
  timeZone: optional(fc.constantFrom('Europe/Berlin', 'UTC')),
  paused: optional(fc.boolean()),
  isOfSome: fc.boolean(),
});

/** Its document, among others that it names. */
export function assignmentOf(
  { isOfSome, ...drawn }: DrawnAssignment,
  { form, service, team }: { form: string; service: string; team: string },
): object {
  const whose = isOfSome ? { services: [service], teams: [team] } : {};
  return { kind: 'evaluation-assignment', name: 'each week', form, ...drawn, evaluators: ['grader'], ...whose };
}

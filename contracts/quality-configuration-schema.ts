/** What an admin writes down for quality: forms by which chats are graded, and surveys that customers are asked. */
import { z } from 'zod';
import { EVALUATION_QUESTION_TYPES } from './evaluation-form.ts';
import { nameSchema, timeZoneSchema, usernameSchema } from './identifiers-schema.ts';
import { MAX_SURVEY_QUESTIONS, SURVEY_QUESTION_TYPES } from './survey.ts';

const MAX_QUESTIONS = 60;
const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, { error: 'is no language like de or pt-BR' });
const questionTextSchema = z.string().trim().min(1).max(300);
const choiceSchema = z.string().trim().min(1).max(100);
const isEachOnce = (names: readonly string[]): boolean => new Set(names).size === names.length;
const choicesSchema = z.array(choiceSchema).min(2).max(11).refine(isEachOnce, { error: 'names one twice' });

const evaluationQuestionSchema = z
  .strictObject({
    /** Questions of one area are added up. */
    area: nameSchema,
    question: questionTextSchema,
    type: z.enum(EVALUATION_QUESTION_TYPES),
    /** Points of the best answer; 1 where absent, 0: counts for nothing. */
    weight: z.int().min(0).max(1000).optional(),
    /** Of a scale from 1 on; 5 where absent. */
    top: z.int().min(2).max(10).optional(),
    /** From the best to the worst. */
    choices: choicesSchema.optional(),
    /** The worst answer makes the whole evaluation 0. */
    autoFail: z.boolean().optional(),
    /** False: it cannot be left out as not applicable. */
    canBeNa: z.boolean().optional(),
  })
  .refine(({ type, choices }) => (type === 'choice') === (choices !== undefined), {
    path: ['choices'],
    error: 'belong to a question of type choice, and to no other',
  })
  .refine(({ type, top }) => type === 'scale' || top === undefined, {
    path: ['top'],
    error: 'belongs to a scale',
  })
  .refine(({ type, autoFail, weight }) => type !== 'text' || (autoFail !== true && weight === undefined), {
    path: ['type'],
    error: 'is text, which has neither points nor a worst answer',
  });

export const evaluationFormDocumentSchema = z.strictObject({
  kind: z.literal('evaluation-form'),
  name: nameSchema,
  /** Whose chats are graded by it; all where absent. */
  services: z.array(nameSchema).min(1).max(100).refine(isEachOnce, { error: 'names one twice' }).optional(),
  /** True: nothing new is graded by it; what was stays. */
  hidden: z.boolean().optional(),
  questions: z
    .array(evaluationQuestionSchema)
    .min(1)
    .max(MAX_QUESTIONS)
    .refine((questions) => isEachOnce(questions.map(({ question }) => question)), { error: 'asks the same twice' }),
});

const namedOnce = <Name extends z.ZodType<string>>(name: Name): z.ZodArray<Name> =>
  z.array(name).min(1).max(100).refine(isEachOnce, { error: 'names one twice' });

export const evaluationAssignmentDocumentSchema = z.strictObject({
  kind: z.literal('evaluation-assignment'),
  name: nameSchema,
  /** By which form the drawn stretches are graded. */
  form: nameSchema,
  /** Whose chats are drawn from; all where absent. */
  services: namedOnce(nameSchema).optional(),
  /** Whose members' chats are drawn from; everybody's where absent. */
  teams: namedOnce(nameSchema).optional(),
  /** Stretches of each agent and week. */
  perAgent: z.int().min(1).max(20),
  /** Among whom the stretches are divided. */
  evaluators: namedOnce(usernameSchema),
  /** Days from the draw until they are to be graded; 7 where absent. */
  dueDays: z.int().min(1).max(90).optional(),
  /** IANA zone of whose weeks, from Monday, there is a draw; UTC where absent. */
  timeZone: timeZoneSchema.optional(),
  /** True: nothing is drawn; what was stays. */
  paused: z.boolean().optional(),
});

const conditionSchema = z
  .strictObject({
    /** Name of an earlier question. */
    question: nameSchema,
    atMost: z.int().optional(),
    atLeast: z.int().optional(),
    is: z.array(choiceSchema).min(1).max(11).optional(),
  })
  .refine(({ atMost, atLeast, is }) => [atMost, atLeast, is].some((each) => each !== undefined), {
    error: 'needs atMost, atLeast or is',
  });

/** Messenger shows thirteen quick replies; one of them says "skip". */
const MAX_CHOICES = 11;

const surveyQuestionSchema = z
  .strictObject({
    /** What reports and records call it. */
    name: nameSchema,
    type: z.enum(SURVEY_QUESTION_TYPES),
    text: z.string().trim().min(1).max(600),
    /** Ends of a scale; 1 to 5 where absent. */
    from: z.int().min(0).max(1).optional(),
    to: z.int().min(2).max(10).optional(),
    choices: choicesSchema.max(MAX_CHOICES).optional(),
    when: conditionSchema.optional(),
  })
  .refine(({ type, choices }) => (type === 'choice') === (choices !== undefined), {
    path: ['choices'],
    error: 'belong to a question of type choice, and to no other',
  });

const translationSchema = z.strictObject({
  language: languageSchema,
  question: nameSchema,
  text: z.string().trim().min(1).max(600),
  /** In the order of the question's own. */
  choices: choicesSchema.optional(),
});

type SurveyShape = Pick<z.infer<typeof surveyDocumentSchema>, 'questions' | 'translations'>;

export const surveyDocumentSchema = z.strictObject({
  kind: z.literal('survey'),
  name: nameSchema,
  questions: z
    .array(surveyQuestionSchema)
    .min(1)
    .max(MAX_SURVEY_QUESTIONS)
    .refine((questions) => isEachOnce(questions.map(({ name }) => name)), { error: 'names one twice' }),
  translations: z.array(translationSchema).max(400).optional(),
});

interface SurveyProblem {
  path: string;
  message: string;
}

/** The first that does not fit together, with its place. */
export function findSurveyProblem({ questions, translations = [] }: SurveyShape): SurveyProblem | undefined {
  const conditions = questions.map((question, index) =>
    findConditionProblem(question, questions.slice(0, index), `questions.${index}.when`),
  );
  const others = translations.map((translation, index) =>
    findTranslationProblem(translation, questions, `translations.${index}`),
  );
  return [...conditions, ...others].find((problem) => problem !== undefined);
}

type QuestionShape = SurveyShape['questions'][number];

function findConditionProblem(
  { when }: QuestionShape,
  earlier: readonly QuestionShape[],
  path: string,
): SurveyProblem | undefined {
  if (!when) return undefined;
  const asked = earlier.find(({ name }) => name === when.question);
  if (!asked) return { path: `${path}.question`, message: `"${when.question}" is no earlier question` };
  if (!when.is) return undefined;
  const { choices = [] } = asked;
  const unknown = when.is.find((choice) => !choices.includes(choice));
  if (unknown === undefined) return undefined;
  return { path: `${path}.is`, message: `"${unknown}" is no choice of "${when.question}"` };
}

function findTranslationProblem(
  { question, choices = [] }: NonNullable<SurveyShape['translations']>[number],
  questions: readonly QuestionShape[],
  path: string,
): SurveyProblem | undefined {
  const of = questions.find(({ name }) => name === question);
  if (!of) return { path: `${path}.question`, message: `there is no question "${question}"` };
  const { choices: own = [] } = of;
  if (choices.length === own.length) return undefined;
  return { path: `${path}.choices`, message: `are not as many as those of "${question}"` };
}

const plainQuestion = { area: z.string(), question: z.string(), type: z.enum(EVALUATION_QUESTION_TYPES) };

/** A question of a form as the API shows it. */
export const evaluationQuestionViewSchema = z.object({
  ...plainQuestion,
  weight: z.int().optional(),
  top: z.int().optional(),
  choices: z.array(z.string()).optional(),
  autoFail: z.boolean().optional(),
  canBeNa: z.boolean().optional(),
});

export const evaluationFormViewSchema = z
  .object({
    name: z.string(),
    services: z.array(z.string()).optional(),
    hidden: z.boolean().optional(),
    questions: z.array(evaluationQuestionViewSchema),
  })
  .meta({ id: 'EvaluationForm' });

export const evaluationAssignmentViewSchema = z
  .object({
    name: z.string(),
    form: z.string(),
    services: z.array(z.string()).optional(),
    teams: z.array(z.string()).optional(),
    perAgent: z.int(),
    evaluators: z.array(z.string()),
    dueDays: z.int().optional(),
    timeZone: z.string().optional(),
    paused: z.boolean().optional(),
  })
  .meta({ id: 'EvaluationAssignmentRule' });

export const surveyViewSchema = z
  .object({
    name: z.string(),
    questions: z.array(
      z.object({
        name: z.string(),
        type: z.enum(SURVEY_QUESTION_TYPES),
        text: z.string(),
        from: z.int().optional(),
        to: z.int().optional(),
        choices: z.array(z.string()).optional(),
        when: z
          .object({
            question: z.string(),
            atMost: z.int().optional(),
            atLeast: z.int().optional(),
            is: z.array(z.string()).optional(),
          })
          .optional(),
      }),
    ),
    translations: z
      .array(
        z.object({
          language: z.string(),
          question: z.string(),
          text: z.string(),
          choices: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Survey' });

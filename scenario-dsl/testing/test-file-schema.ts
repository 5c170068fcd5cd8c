import { z } from 'zod';
import { DISCONNECT_CAUSES } from '../../contracts/conversation.ts';
import { settingTextSchema } from '../../contracts/setting-text-schema.ts';
import { variableName, type IssueParams } from '../blocks/common-schema.ts';
import { readMoment } from '../expression/calendar.ts';
import { parseTimeSpan } from './parse-time-span.ts';

/** Takes anything first, so that a plain number is told its unit rather than its type. */
const timeSpan = z
  .unknown()
  .superRefine((value, context) => {
    if (typeof value === 'string' && parseTimeSpan(value) !== undefined) return;
    const remedy =
      typeof value === 'number'
        ? `Write it with its unit: ${value}s, or ${value}m for minutes.`
        : 'Write numbers and units: 10m, 23h59m, 1d.';
    const params: IssueParams = { code: 'bad-duration', remedy };
    const message = `${(JSON.stringify(value) ?? 'Nothing').slice(0, 60)} is not a time.`;
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .pipe(z.string())
  .meta({ type: 'string', description: 'How long: 10m, 23h59m, 1d.' });

/** When a chat begins. */
const moment = z
  .string()
  .superRefine((text, context) => {
    if (readMoment(text)) return;
    const params: IssueParams = { code: 'bad-date', remedy: 'Write it as 2026-12-23T22:00, or the day alone.' };
    context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is no moment.`, params: { ...params } });
  })
  .describe(
    'When the chat begins: 2026-12-23T22:00 by the scenario’s time zone, or with an offset: 2026-12-23T22:00+01:00.',
  );

const attachmentTypes = ['image', 'video', 'audio', 'file', 'location', 'sticker'] as const;

const attachmentShape = z.strictObject({
  type: z.string(),
  url: z.string().optional(),
  coordinates: z.strictObject({ lat: z.number(), long: z.number() }).optional().describe('Of a location.'),
  stickerId: z
    .union([z.string(), z.number()])
    .transform(String)
    .optional()
    .describe('Of a sticker, which is an image.'),
});

const attachment = z.union([z.enum(attachmentTypes), attachmentShape], {
  error: `${attachmentTypes.join(', ')}, or a map with type, url, coordinates or stickerId`,
});

const writtenError = { error: 'a text, or a map with text, payload, attachments or referral' };
const writtenSchema = z.union(
  [
    z.string(),
    z.strictObject({
      text: z.string().optional(),
      payload: z.string().optional(),
      attachments: z.array(attachment).optional(),
      referral: z.record(z.string(), z.unknown()).optional(),
    }),
  ],
  writtenError,
);

const customerSchema = z.union([writtenSchema, z.array(writtenSchema).min(1).max(100)], {
  error: `${writtenError.error}, or a list of these`,
});

const messageShape = z.strictObject({
  text: z.string().optional(),
  contains: z.string().optional(),
  quickReplies: z.array(z.string()).optional(),
  buttons: z.array(z.string()).optional(),
  cards: z.array(z.string()).optional().describe('Titles of the cards, all of them.'),
  attachments: z.array(z.record(z.string(), z.unknown())).optional(),
  typing: timeSpan.optional(),
});

const messageError = {
  error: 'a text, or a map with text, contains, quickReplies, buttons, cards, attachments or typing',
};

const botSchema = z.union([z.string(), messageShape, z.array(z.union([z.string(), messageShape], messageError))], {
  error: `${messageError.error}, or a list of these`,
});

const statuses = ['work', 'fail', 'window-closed', 'blocked', 'rate-limit', 'timeout', 'unknown', 'hold'] as const;
const status = z.enum(statuses);

const answerShape = z.strictObject({
  /** The answer is for this only: of a map and a text in it (`*` for any characters) what is named has to be so. */
  asked: z.record(z.string(), z.unknown()).optional(),
  outcome: z.enum(['done', 'no-data', 'failed', 'timeout', 'open', 'closed']).optional(),
  reason: z.string().optional(),
  values: z.record(z.string(), z.unknown()).optional(),
  after: timeSpan.optional(),
});

const answerSchema = z.union([
  answerShape,
  z.enum(['done', 'no-data', 'failed', 'timeout', 'open', 'closed']),
  z.number(),
]);

const answersSchema = z.record(
  z.string(),
  z.union([answerSchema, z.array(answerSchema).min(1)], {
    error:
      'done, no-data, failed, timeout, open, closed, a number, a map with asked, outcome (one of the words before), reason, values or after, or a list of these',
  }),
);

const queueSchema = z.union(
  [
    z.enum(['full', 'open']),
    z.strictObject({
      position: z.int().min(1),
      waiting: z.int().min(1).optional(),
      ewt: timeSpan.optional(),
    }),
  ],
  { error: 'full, open, or a map with position, waiting or ewt' },
);

const searchSchema = z.strictObject({
  skills: z.array(z.string()).optional(),
  service: z.string().optional(),
  priority: z.number().optional(),
});

/** Of something larger: what is not named here may be anything. */
const partial = z.record(z.string(), z.unknown());

const expectSchema = z.strictObject({
  block: z.string().optional(),
  path: z.array(z.string()).optional(),
  exits: z.array(z.string()).optional(),
  variables: z.record(variableName, z.unknown()).optional(),
  timers: z.array(timeSpan).optional(),
  ended: z.boolean().optional(),
  searching: z
    .union([z.boolean(), searchSchema], { error: 'true, false, or a map with skills, service or priority' })
    .optional(),
  asked: z.union([partial, z.array(partial)]).optional(),
  annotations: z.array(partial).optional(),
  offered: z.string().nullable().optional(),
  talking: z.string().nullable().optional(),
});

const AGENT_DEEDS = ['accept', 'ignore', 'reject', 'leave', 'end', 'log-in', 'log-out', 'ready', 'not-ready'] as const;

const stepShape = z.strictObject({
  customer: customerSchema.optional(),
  delivered: z.enum(['twice', 'in-reverse']).optional(),
  tap: z.string().optional(),
  leaves: z.string().optional(),
  bot: botSchema.optional(),
  agent: z.string().optional(),
  does: z.enum(AGENT_DEEDS).optional(),
  says: z.string().min(1).optional(),
  cause: z.enum(DISCONNECT_CAUSES).optional(),
  after: timeSpan.optional(),
  sends: z.union([status, z.array(status)], { error: `${statuses.join(', ')}, or a list of these` }).optional(),
  outcome: z.enum(['sent', 'failed', 'unknown']).optional(),
  queue: queueSchema.optional(),
  answers: answersSchema.optional(),
  window: z.enum(['open', 'closed']).optional(),
  page: z.enum(['open', 'closed']).optional(),
  thread: z.enum(['ours', 'other-app']).optional(),
  expect: expectSchema.optional(),
});

/** What a step can be; the rest are its details. */
const stepKinds = [
  'customer',
  'tap',
  'leaves',
  'bot',
  'agent',
  'after',
  'sends',
  'outcome',
  'queue',
  'answers',
  'window',
  'page',
  'thread',
  'expect',
] as const;

const stepSchema = stepShape.superRefine((step, context) => {
  const kinds = stepKinds.filter((kind) => step[kind] !== undefined);
  const fail = (message: string, remedy: string): void => {
    const params: IssueParams = { code: 'bad-step', remedy };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  };
  if (kinds.length !== 1) fail('A step does one thing.', `Write one of: ${stepKinds.join(', ')}.`);
  const deeds = [step.does, step.says].filter((deed) => deed !== undefined).length;
  if ((step.agent === undefined ? 0 : 1) !== deeds) fail('A step of an agent says who and what.', agentRemedy(step));
  if (step.delivered !== undefined && step.customer === undefined) {
    fail('Only what a customer writes is delivered.', 'Write { customer: Hello, delivered: twice }.');
  }
  if (step.cause !== undefined && step.does !== 'leave') fail('Only leaving has a cause.', 'Remove "cause".');
});

/** `agent: bob accepts` holds all that belongs there. */
function agentRemedy({ agent = 'bob' }: z.infer<typeof stepShape>): string {
  const [who = 'bob', ...said] = agent.split(/\s+/);
  const deed = AGENT_DEEDS.find((known) => said.join('-').startsWith(known)) ?? 'accept';
  return `Write { agent: ${who}, does: ${deed} } or { agent: ${who}, says: Hello }.`;
}

const agentSchema = z.strictObject({
  name: z.string().optional(),
  skills: z.record(z.string(), z.number().min(0).max(100)).optional(),
  state: z.enum(['ready', 'not-ready', 'logged-out']).optional(),
});

/** The entry's: how long a customer in a chat may be silent, and what they are told at half the time and at the end. */
const inactivitySchema = z.strictObject({
  timeout: timeSpan.optional(),
  warning: settingTextSchema.optional(),
  closing: settingTextSchema.optional(),
});

const settingShape = {
  variables: z.record(variableName, z.unknown()).optional(),
  onError: settingTextSchema.optional(),
  agents: z.record(z.string(), agentSchema).optional(),
  inactivity: inactivitySchema.optional(),
  answers: answersSchema.optional(),
  now: moment.optional(),
  /** Who last talked with the customer, and how long ago the conversation begins. */
  lastAgent: z.strictObject({ agent: z.string(), ago: timeSpan }).optional(),
  /** Names of scenarios that are started and are not there. */
  missing: z.array(z.string()).optional(),
};

/** A `*.test.yaml`: its settings hold for every test that has none of its own. */
export const testFileSchema = z.strictObject({
  scenario: z.string().optional(),
  ...settingShape,
  tests: z
    .array(z.strictObject({ name: z.string().min(1), ...settingShape, steps: z.array(stepSchema).min(1) }))
    .min(1),
});

export type TestFile = z.infer<typeof testFileSchema>;
export type ScenarioTest = TestFile['tests'][number];
export type TestStep = ScenarioTest['steps'][number];
export type TestAgent = z.infer<typeof agentSchema>;
export type SendStatus = z.infer<typeof status>;
export type Expectation = z.infer<typeof expectSchema>;
export type TestResponse = z.infer<typeof answerSchema>;
export type TestAnswers = z.infer<typeof answersSchema>;
export type QueueTarget = Exclude<TestStep['queue'], string | undefined>;
export type WrittenMessage = z.infer<typeof writtenSchema>;
export type TestInactivity = z.infer<typeof inactivitySchema>;
export type ExpectedMessage = string | z.infer<typeof messageShape>;

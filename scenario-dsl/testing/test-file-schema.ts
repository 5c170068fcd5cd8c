import { z } from 'zod';
import { variableName, type IssueParams } from '../blocks/common-schema.ts';
import { parseTimeSpan } from './parse-time-span.ts';

const timeSpan = z.string().superRefine((text, context) => {
  if (parseTimeSpan(text) !== undefined) return;
  const params: IssueParams = { code: 'bad-duration', remedy: 'Write numbers and units: 10m, 23h59m, 1d.' };
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is not a time.`, params: { ...params } });
});

const attachment = z.strictObject({ type: z.string(), url: z.string().optional() });

const customerSchema = z.union(
  [
    z.string(),
    z.strictObject({
      text: z.string().optional(),
      payload: z.string().optional(),
      attachments: z.array(attachment).optional(),
    }),
  ],
  { error: 'a text, or a map with text, payload or attachments' },
);

const messageShape = z.strictObject({
  text: z.string().optional(),
  contains: z.string().optional(),
  quickReplies: z.array(z.string()).optional(),
});

const messageError = { error: 'a text, or a map with text, contains or quickReplies' };

const botSchema = z.union([z.string(), messageShape, z.array(z.union([z.string(), messageShape], messageError))], {
  error: 'a text, a map with text, contains or quickReplies, or a list of these',
});

const fate = z.enum(['work', 'fail', 'unknown', 'hold']);

const searchSchema = z.strictObject({
  skills: z.array(z.string()).optional(),
  service: z.string().optional(),
  priority: z.number().optional(),
});

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
  offered: z.string().nullable().optional(),
  talking: z.string().nullable().optional(),
});

const stepShape = z.strictObject({
  customer: customerSchema.optional(),
  tap: z.string().optional(),
  leaves: z.string().optional(),
  bot: botSchema.optional(),
  agent: z.string().optional(),
  does: z.enum(['accept', 'ignore', 'reject', 'leave', 'log-in', 'log-out', 'ready', 'not-ready']).optional(),
  cause: z.enum(['UserHangup', 'SystemHangup', 'UserLogout', 'Failure']).optional(),
  after: timeSpan.optional(),
  sends: z.union([fate, z.array(fate)], { error: 'work, fail, unknown or hold, or a list of these' }).optional(),
  settle: z.enum(['sent', 'failed', 'unknown']).optional(),
  queue: z.enum(['full', 'open']).optional(),
  expect: expectSchema.optional(),
});

/** What a step can be; the rest are its details. */
const stepKinds = ['customer', 'tap', 'leaves', 'bot', 'agent', 'after', 'sends', 'settle', 'queue', 'expect'] as const;

const stepSchema = stepShape.superRefine((step, context) => {
  const kinds = stepKinds.filter((kind) => step[kind] !== undefined);
  const fail = (message: string, remedy: string): void => {
    const params: IssueParams = { code: 'bad-step', remedy };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  };
  if (kinds.length !== 1) fail('A step does one thing.', `Write one of: ${stepKinds.join(', ')}.`);
  if ((step.agent === undefined) !== (step.does === undefined)) {
    fail('A step of an agent says who and what.', 'Write { agent: bob, does: accept }.');
  }
  if (step.cause !== undefined && step.does !== 'leave') fail('Only leaving has a cause.', 'Remove "cause".');
});

const agentSchema = z.strictObject({
  name: z.string().optional(),
  skills: z.record(z.string(), z.number().min(0).max(100)).optional(),
  state: z.enum(['ready', 'not-ready', 'logged-out']).optional(),
});

const settingShape = {
  variables: z.record(variableName, z.unknown()).optional(),
  onError: z.string().optional(),
  agents: z.record(z.string(), agentSchema).optional(),
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
export type SendFate = z.infer<typeof fate>;
export type Expectation = z.infer<typeof expectSchema>;
export type ExpectedMessage = string | z.infer<typeof messageShape>;
export type DisconnectCause = NonNullable<TestStep['cause']>;

import type { ScenarioDocument } from '../document.ts';
import type { Agent } from '../scenario-event.ts';
import { meetExpectation } from './meet-expectation.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import type { SimulatedChat } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { ExpectedMessage, TestStep } from './test-file-schema.ts';

/** A test as it is being run. */
export interface RunningTest {
  chat: SimulatedChat;
  document: ScenarioDocument;
  /** Since the last thing that happened the test has said what the scenario answers; then it has to say all of it. */
  hasReadMessages: boolean;
}

/**
 * Carries out one step of a test.
 * @throws StepMismatch when it does not go as the test says
 */
export function takeStep(test: RunningTest, step: TestStep): void {
  if (step.bot !== undefined) return readMessages(test, Array.isArray(step.bot) ? step.bot : [step.bot]);
  if (step.expect !== undefined) return meetExpectation(step.expect, test.chat, test.document);
  finishReading(test);
  if (step.sends !== undefined) return setFates(test.chat, step.sends);
  if (step.queue !== undefined) {
    test.chat.isQueueFull = step.queue === 'full';
    return;
  }
  actOnStep(test.chat, step);
}

/** Holds a test to what it has not said: once it reads an answer of the scenario, it has to read all of it. */
export function finishReading(test: RunningTest): void {
  const { chat, hasReadMessages } = test;
  const rest = chat.unread;
  chat.unread = [];
  test.hasReadMessages = false;
  if (!hasReadMessages || rest.length === 0) return;
  throw new StepMismatch('The scenario says more than the test expects.', {
    actual: rest.map(({ text }) => said(text)),
  });
}

function actOnStep(chat: SimulatedChat, step: TestStep): void {
  if (step.agent !== undefined) return letAgentAct(chat, step, step.agent);
  if (step.customer !== undefined) return write(chat, step.customer);
  if (!chat.result) throw new StepMismatch('The conversation has not begun: a customer’s message opens it.');
  if (step.tap !== undefined) return tap(chat, step.tap);
  if (step.after !== undefined) return chat.wait(parseTimeSpan(step.after) ?? 0);
  if (step.leaves !== undefined) return chat.leave(step.leaves);
  if (step.settle === undefined) return;
  if (!chat.heldSend) throw new StepMismatch('No message is held back: write { sends: hold } before it.');
  chat.settleHeld(step.settle);
}

function setFates(chat: SimulatedChat, sends: NonNullable<TestStep['sends']>): void {
  if (Array.isArray(sends)) chat.nextFates = [...sends];
  else chat.fate = sends;
}

function write(chat: SimulatedChat, message: NonNullable<TestStep['customer']>): void {
  if (chat.isEnded) throw new StepMismatch('The conversation has ended: this message would begin another one.');
  const { text, payload, attachments = [] } = typeof message === 'string' ? { text: message } : message;
  chat.write({
    ...(text === undefined ? {} : { text }),
    ...(payload === undefined ? {} : { payload }),
    attachments: attachments.map(({ type, url }) => (url === undefined ? { type } : { type, url })),
  });
}

function tap(chat: SimulatedChat, title: string): void {
  const replies = chat.lastMessage?.quickReplies ?? [];
  const reply = replies.find((candidate) => candidate.title === title);
  if (!reply) {
    throw new StepMismatch('The last message has no such quick reply.', {
      expected: [`quick reply: ${title}`],
      actual: replies.length === 0 ? ['(no quick replies)'] : replies.map((other) => `quick reply: ${other.title}`),
    });
  }
  write(chat, { text: reply.title, payload: reply.payload });
}

type Deed = (chat: SimulatedChat, agent: Agent, step: TestStep) => void;

const deeds: Record<NonNullable<TestStep['does']>, Deed> = {
  accept: (chat, agent) => chat.accept(mustBe(chat, 'offered', agent)),
  reject: (chat, agent) => chat.reject(mustBe(chat, 'offered', agent)),
  // The time to answer is the only timer of an offer.
  ignore: (chat, agent) => {
    mustBe(chat, 'offered', agent);
    chat.wait(chat.timers[0] ?? 0);
  },
  leave: (chat, agent, { cause }) => chat.endTalk(mustBe(chat, 'talking', agent), cause ?? 'UserHangup'),
  'log-in': (chat, { username }) => chat.setAgentState(username, 'ready'),
  ready: (chat, { username }) => chat.setAgentState(username, 'ready'),
  'not-ready': (chat, { username }) => chat.setAgentState(username, 'not-ready'),
  'log-out': (chat, agent) => {
    if (chat.talking?.username === agent.username) return chat.endTalk(agent, 'UserLogout');
    const isOffered = chat.offered?.username === agent.username;
    chat.setAgentState(agent.username, 'logged-out');
    if (isOffered) chat.reject(agent);
  },
};

function letAgentAct(chat: SimulatedChat, step: TestStep, username: string): void {
  const agent = chat.agents.find(username);
  if (!agent || step.does === undefined) {
    const known = chat.agents.usernames.join(', ') || 'none';
    throw new StepMismatch(`There is no agent ${username} in "agents"; known are: ${known}.`);
  }
  deeds[step.does](chat, { username, name: agent.name }, step);
}

function mustBe(chat: SimulatedChat, state: 'offered' | 'talking', agent: Agent): Agent {
  if (chat[state]?.username === agent.username) return agent;
  const what = state === 'offered' ? 'is offered no chat' : 'is in no chat';
  throw new StepMismatch(`${agent.username} ${what}.`, {
    expected: [`${state}: ${agent.username}`],
    actual: [`${state}: ${chat[state]?.username ?? 'nobody'}`],
  });
}

function readMessages(test: RunningTest, expected: readonly ExpectedMessage[]): void {
  test.hasReadMessages = true;
  for (const [index, message] of expected.entries()) {
    const actual = test.chat.unread.shift();
    if (actual && isExpected(message, actual)) continue;
    const rest = actual ? [actual, ...test.chat.unread] : [];
    throw new StepMismatch('The scenario does not say what the test expects.', {
      expected: expected.slice(index).map((line) => said(describeMessage(line))),
      actual:
        rest.length === 0
          ? ['(nothing)']
          : rest.map(({ text, quickReplies }) => said(`${text}${describeReplies(quickReplies)}`)),
    });
  }
  if (expected.length === 0) finishReading(test);
}

function isExpected(expected: ExpectedMessage, { text, quickReplies }: SimulatedChat['unread'][number]): boolean {
  if (typeof expected === 'string') return expected === text;
  if (expected.text !== undefined && expected.text !== text) return false;
  if (expected.contains !== undefined && !text.includes(expected.contains)) return false;
  return (
    expected.quickReplies === undefined ||
    expected.quickReplies.join('\n') === quickReplies.map(({ title }) => title).join('\n')
  );
}

function describeMessage(expected: ExpectedMessage): string {
  if (typeof expected === 'string') return expected;
  const { text = '', contains, quickReplies = [] } = expected;
  const words = contains === undefined ? text : `… ${contains} …`;
  return `${words}${describeReplies(quickReplies.map((title) => ({ title })))}`;
}

function describeReplies(replies: readonly { title: string }[]): string {
  return replies.map(({ title }) => ` [${title}]`).join('');
}

function said(text: string): string {
  return `scenario: ${text}`;
}

import type { Agent } from '../scenario-event.ts';
import type { SimulatedChat } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { TestStep } from './test-file-schema.ts';

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
  end: (chat, agent) => chat.endTalk(mustBe(chat, 'talking', agent), 'UserHangup'),
  'log-in': (chat, { username }) => chat.setAgentState(username, 'ready'),
  ready: (chat, { username }) => chat.setAgentState(username, 'ready'),
  'not-ready': (chat, { username }) => chat.setAgentState(username, 'not-ready'),
  'log-out': (chat, agent) => {
    if (chat.desk.talking?.username === agent.username) return chat.endTalk(agent, 'UserLogout');
    const isOffered = chat.desk.offered?.username === agent.username;
    chat.setAgentState(agent.username, 'logged-out');
    if (isOffered) chat.reject(agent);
  },
};

/**
 * Lets an agent of the test do or say something.
 * @throws StepMismatch where there is no such agent, or the chat is not theirs to act in
 */
export function letAgentAct(chat: SimulatedChat, step: TestStep, username: string): void {
  const known = chat.desk.agents.find(username);
  if (!known) {
    const names = chat.desk.agents.usernames.join(', ') || 'none';
    throw new StepMismatch(`There is no agent ${username} in "agents"; known are: ${names}.`);
  }
  const agent = { username, name: known.name };
  if (step.says !== undefined) return chat.say(mustBe(chat, 'talking', agent), step.says);
  if (step.does !== undefined) deeds[step.does](chat, agent, step);
}

function mustBe(chat: SimulatedChat, state: 'offered' | 'talking', agent: Agent): Agent {
  const current = chat.desk[state]?.username;
  if (current === agent.username) return agent;
  const what = state === 'offered' ? 'is offered no chat' : 'is in no chat';
  throw new StepMismatch(`${agent.username} ${what}.`, {
    expected: [`${state}: ${agent.username}`],
    actual: [`${state}: ${current ?? 'nobody'}`],
  });
}

import { formatDuration } from '../../../contracts/duration.ts';
import { VARIABLE_NAME_PATTERN } from '../../../contracts/variable-name.ts';
import { findVariable } from '../../../scenario-dsl/expression/variables.ts';
import type { SimulatedChat } from '../../../scenario-dsl/testing/simulated-chat.ts';
import { listButtons } from '../../../scenario-dsl/testing/said-message.ts';
import { formatLine } from '../../../scenario-dsl/testing/transcript.ts';
import type { View } from './read-line.ts';

/** What happened since a line of the transcript, then the buttons there are and what the conversation waits for. */
export function showNewLines(chat: SimulatedChat, since: number): string[] {
  const newLines = chat.lines.slice(since);
  const choices = newLines.some(({ who }) => who === 'scenario') ? listChoices(chat) : [];
  const buttons = choices.map((title, index) => `${' '.repeat(14)}${index + 1}  ${title}`);
  return [...newLines.map(formatLine), ...buttons, ...showWaiting(chat)];
}

/** Titles of what the customer can tap now, in the order of their numbers. */
export function listChoices({ messenger: { said }, isEnded }: SimulatedChat): string[] {
  const last = said.at(-1);
  if (!last || isEnded) return [];
  const buttons = listButtons(last.attachments).filter(({ type }) => type === 'postback');
  return [...last.quickReplies, ...buttons].map(({ title }) => title);
}

function showWaiting(chat: SimulatedChat): string[] {
  const { result, isEnded, messenger, timers } = chat;
  if (!result) return ['-- nobody has written yet: write as the customer'];
  if (isEnded) return [`-- ended in ${result.block}; /back takes the last step back`];
  const waits = [
    ...(messenger.held ? ['a message is under way: an empty line goes on'] : []),
    ...showAgents(chat),
    ...(timers[0] === undefined ? [] : [`next timer in ${formatDuration(timers[0])}`]),
  ];
  return [`-- in ${result.block}${waits.length === 0 ? '' : `: ${waits.join('; ')}`}`];
}

function showAgents({ desk: { offered, talking, search } }: SimulatedChat): string[] {
  if (offered) return [`offered to ${offered.username}: /agent ${offered.username} accept`];
  if (talking) return [`in the chat with ${talking.username}: /agent ${talking.username} says …, or end`];
  return search ? [`looking for an agent (${search.skills.join(', ') || 'any'})`] : [];
}

/** A look at the conversation from inside. */
export function showView(chat: SimulatedChat, what: View, name: string | undefined): string[] {
  if (what === 'help') return helpLines;
  if (what === 'variables') return showVariables(chat, name);
  return orNothing(views[what](chat));
}

const views: Record<Exclude<View, 'help' | 'variables'>, (chat: SimulatedChat) => string[]> = {
  timers: ({ timers }) => timers.map((ms) => `in ${formatDuration(ms)}`),
  path: ({ path, result }) => [
    ...path.map(({ block, way }) => `${block}: ${way}`),
    ...(result?.status === 'running' ? [result.block] : []),
  ],
  agents: ({ desk: { agents } }) => agents.usernames.map((username) => describeAgent(agents.find(username))),
  annotations: ({ operations }) => operations.annotations.map((note) => JSON.stringify(note)),
  asked: ({ operations }) => operations.asked.map((operation) => JSON.stringify(operation)),
};

function describeAgent(agent: ReturnType<SimulatedChat['desk']['agents']['find']>): string {
  if (!agent) return '';
  const skills = Object.entries(agent.skills).map(([skill, level]) => `${skill} ${level}`);
  return `${agent.username} (${agent.name}): ${agent.state}; ${skills.join(', ') || 'no skills'}`;
}

function showVariables({ variables }: SimulatedChat, name: string | undefined): string[] {
  if (name !== undefined) {
    const value = findVariable(variables, name.split('.'));
    return [`$(${name}) ${value === undefined ? 'is not set' : JSON.stringify(value)}`];
  }
  const named = Object.entries(variables).filter(([key]) => VARIABLE_NAME_PATTERN.test(key));
  return orNothing(named.map(([key, value]) => `$(${key}) ${JSON.stringify(value)}`));
}

function orNothing(lines: string[]): string[] {
  return lines.length === 0 ? ['(nothing)'] : lines;
}

const helpLines = [
  'text                    the customer writes it; a number presses that button',
  '(empty line), /next     the next thing happens by itself: a timer, or the message under way',
  '/after 10m              time passes',
  '/agent bob accept       also reject, ignore, end, leave <cause>, ready, not-ready, log-in, log-out, says <text>',
  '/back [3]               takes the last steps back',
  '/variables [name]       what is known; /timers, /path, /agents, /notes, /asked',
  '/sends fail             how messages to come fare; /settle, /window, /page, /thread, /queue, /tap, /leaves, /customer',
  '/answers { a: timeout } what the world answers blocks that ask it, all as in docs/scenario-tests.md',
  '/stepping on            one message at a time; off',
  '/save name.test.yaml    all of it as a test',
  '/quit                   or the end of the input',
];

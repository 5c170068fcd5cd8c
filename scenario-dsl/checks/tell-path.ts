import { formatDuration } from '../../contracts/duration.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { Flow, FlowWay } from './flow.ts';

const stories: Record<FlowWay['by'], (way: FlowWay) => string | undefined> = {
  scenario: ({ way }) => (way === 'next' || way === 'goto' || way === 'exit' ? undefined : `(as ${way})`),
  delivery: () => undefined,
  'failed-send': () => '(the message cannot be delivered)',
  customer: ({ way }) =>
    way === 'invalid' ? 'customer: … (invalid: not understood, however often it is asked)' : 'customer: …',
  window: () => '(the messaging window closes in an hour)',
  anywhere: ({ way }) => `customer: … (${way})`,
  clock: ({ minMs }) => (minMs > 0 ? `(${formatDuration(minMs)} pass and nothing happens)` : '(the moment comes)'),
  reservation: () => '(an agent is found)',
  'no-agents': ({ way }) => (way === 'queue-limit' ? '(the queue is full)' : '(no agent is logged in)'),
  refusal: () => '(the agent refuses or does not answer)',
  'customer-left': () => '(the customer’s side ends)',
  answer: ({ way }) => (way === 'next' ? undefined : `(${way})`),
  'failed-operation': ({ way }) => `(${way})`,
  'empty-list': () => '(the list is empty, and nothing is asked)',
  'chat-end': () => '(customer and agent talk, then the chat ends)',
};

/** A path as the chat that takes it: who says what, which block it comes from, and what happens in between. */
export function tellPath(flow: Flow, path: readonly FlowWay[], last = path.at(-1)?.to ?? flow.start): string[] {
  const visits = [...path.map((way) => ({ id: way.from, way })), { id: last, way: undefined }];
  return ['customer: …', ...visits.flatMap(({ id, way }) => tellVisit(flow, id, way))];
}

function tellVisit(flow: Flow, id: string, way: FlowWay | undefined): string[] {
  const block = flow.blocks.get(id);
  if (!block) return ['(the conversation ends)'];
  const { says } = getBlockWays(block);
  const isSilent = says === undefined || way?.by === 'empty-list';
  const lines = isSilent ? [`(${block.type})`] : [`scenario: ${says.replaceAll(/\s+/g, ' ').slice(0, 200)}`];
  const story = way && stories[way.by](way);
  if (story !== undefined) lines.push(story);
  return lines.map((line, index) => (index === 0 ? `${line}  [${id}]` : line));
}

import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { Part, QuickReply } from '../../contracts/part.ts';
import { splitText } from '../../contracts/split-text.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentPart, OpenConversation, OutboxEntry } from './actor-state.ts';
import { noteOutbound } from './history.ts';

/** What a scenario says at once: a text, then attachments, the typing indicator before all of it. */
interface ScenarioMessage {
  text: string;
  quickReplies: QuickReply[];
  attachments?: OutboundAttachment[];
  typingMs?: number;
  effectId?: string;
}

/**
 * Queues what the scenario says. A text over Messenger's limit leaves in several parts, an attachment in one of its own;
 * quick replies go with the last, and `effectId` is answered when the last has its delivery status, or an earlier one fails. False: there is nothing to say.
 */
export function queueScenarioMessage(actor: Actor, message: ScenarioMessage): boolean {
  const { context } = openConversation(actor);
  const contents: Pick<Part, 'text' | 'attachment'>[] = [
    ...splitText(message.text).map((text) => ({ text })),
    ...(message.attachments ?? []).map((attachment) => ({ text: '', attachment })),
  ];
  contents.forEach((content, index) => {
    const isLast = index === contents.length - 1;
    queuePart(
      actor,
      {
        author: { kind: 'scenario', name: context.scenario.name },
        ...content,
        ...(index === 0 && message.typingMs !== undefined && { typingMs: message.typingMs }),
        quickReplies: isLast ? message.quickReplies : [],
        at: Date.now(),
      },
      message.effectId === undefined ? {} : isLast ? { effectId: message.effectId } : { partOf: message.effectId },
    );
  });
  return contents.length > 0;
}

/** Queues one part of an agent's message under the id that the agent's client was told. */
export function queueAgentMessage(actor: Actor, from: { agent: AgentIdentity; at: number }, part: AgentPart): void {
  const conversation = openConversation(actor);
  const queued: Part = {
    id: part.id,
    author: { kind: 'agent', ...from.agent },
    text: part.text,
    ...(part.attachment && { attachment: part.attachment }),
    quickReplies: part.quickReplies ?? [],
    at: from.at,
    seq: conversation.nextSeq++,
  };
  conversation.outbox.push({ part: queued });
  noteOutbound(actor, queued, from.agent.username);
}

/** What a part holds beside its text, roughly: ids, author, a template. */
const PART_OVERHEAD_BYTES = 1000;

/** Whether as much waits to be sent as may; three bytes a character is the most that JSON makes of it. */
export function isOutboxFull({ outbox }: OpenConversation, limitBytes: number): boolean {
  const bytes = outbox.reduce((sum, { part }) => sum + PART_OVERHEAD_BYTES + 3 * part.text.length, 0);
  return bytes > limitBytes;
}

/** Takes back what has not left yet of a message, an earlier part of which was refused. */
export function dropRest(actor: Actor, effectId: string): void {
  const conversation = openConversation(actor);
  conversation.outbox = conversation.outbox.filter((entry) => entry.effectId !== effectId && entry.partOf !== effectId);
}

function queuePart(
  actor: Actor,
  part: Omit<Part, 'id' | 'seq'>,
  belonging: Pick<OutboxEntry, 'effectId' | 'partOf'>,
): void {
  const conversation = openConversation(actor);
  const seq = conversation.nextSeq++;
  const queued: Part = { ...part, id: `${conversation.id}:${seq}`, seq };
  conversation.outbox.push({ part: queued, ...belonging });
  noteOutbound(actor, queued);
}

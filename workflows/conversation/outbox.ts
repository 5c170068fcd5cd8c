import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { Part, QuickReply } from '../../contracts/part.ts';
import { splitText } from '../../contracts/split-text.ts';
import { openConversation, type Actor } from './actor.ts';

/**
 * Queues what the scenario says. A text over Messenger's limit leaves in several parts; quick replies go with the last,
 * and `effectId` is answered when the last has its fate. False: the text came out blank, there is nothing to say.
 */
export function queueScenarioMessage(
  actor: Actor,
  message: { text: string; quickReplies: QuickReply[]; effectId?: string },
): boolean {
  const { context } = openConversation(actor);
  const texts = splitText(message.text);
  texts.forEach((text, index) => {
    const isLast = index === texts.length - 1;
    queuePart(
      actor,
      {
        author: { kind: 'scenario', name: context.scenario.name },
        text,
        quickReplies: isLast ? message.quickReplies : [],
        at: Date.now(),
      },
      isLast ? message.effectId : undefined,
    );
  });
  return texts.length > 0;
}

/** Queues one part of an agent's message under the id that the agent's client was told. */
export function queueAgentMessage(
  actor: Actor,
  from: { agent: AgentIdentity; at: number },
  part: { id: string; text: string },
): void {
  const conversation = openConversation(actor);
  conversation.outbox.push({
    part: {
      id: part.id,
      author: { kind: 'agent', name: from.agent.name },
      text: part.text,
      quickReplies: [],
      at: from.at,
      seq: conversation.nextSeq++,
    },
  });
}

function queuePart(actor: Actor, part: Omit<Part, 'id' | 'seq'>, effectId: string | undefined): void {
  const conversation = openConversation(actor);
  const seq = conversation.nextSeq++;
  conversation.outbox.push({
    part: { ...part, id: `${conversation.id}:${seq}`, seq },
    ...(effectId !== undefined && { effectId }),
  });
}

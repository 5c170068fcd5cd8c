import { MongoClient } from 'mongodb';
import type { MessageDocument } from '../../../adapters/mongo/message-document.ts';
import type { RunningStack } from '../../support/running-stack.ts';

/**
 * Writes `count` messages of the customer's and the scenario's before the first of a conversation, as if both had talked
 * for a day: playing so many takes minutes. Message number n is called `Earlier message n.`
 */
export async function seedTranscript(stack: RunningStack, conversationId: string, count: number): Promise<void> {
  const { mongo } = await stack.readFile();
  const client = new MongoClient(mongo?.uri ?? '');
  try {
    const messages = client.db().collection<MessageDocument>('messages');
    const first = await messages.findOne({ conversationId }, { sort: { seq: 1, at: 1 } });
    if (!first) throw new Error(`Nothing was said yet in ${conversationId}`);
    const { pageId, psid, seq, at } = first;
    const documents = Array.from({ length: count }, (_, index): MessageDocument => {
      const isCustomer = index % 3 !== 2;
      const behind = count - index;
      return {
        _id: `earlier-${conversationId}-${index + 1}`,
        conversationId,
        pageId,
        psid,
        kind: 'text',
        direction: isCustomer ? 'in' : 'out',
        author: isCustomer ? { kind: 'customer' } : { kind: 'scenario' },
        text: `Earlier message ${index + 1}.`,
        attachments: [],
        at: new Date(at.getTime() - behind * 30_000),
        seq: seq - behind / (count + 1),
        ...(!isCustomer && { status: 'read' as const }),
      };
    });
    await messages.insertMany(documents);
  } finally {
    await client.close();
  }
}

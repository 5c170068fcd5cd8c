import { eventsOfPiece } from '../contracts/history-event.ts';
import type { Progress } from '../contracts/conversation-record.ts';
import type { ActivityDependencies } from './dependencies.ts';

/**
 * Keeps what is new in a conversation's history for the receivers that want it, each event once for each. Nothing is written
 * where there is no receiver.
 */
export async function keepForWebhooks(
  { configuration, readModel, now }: Pick<ActivityDependencies, 'configuration' | 'readModel' | 'now'>,
  { pageId, psid, history }: Pick<Progress, 'pageId' | 'psid' | 'history'>,
): Promise<void> {
  const webhooks = (await configuration.get()).webhooks();
  if (!history || webhooks.length === 0) return;
  const { service } = history;
  const events = eventsOfPiece(history);
  const conversation = { pageId, psid, ...(service !== undefined && { service }) };
  const wanted = webhooks
    .filter(({ services }) => services === undefined || (service !== undefined && services.includes(service)))
    .flatMap(({ name: webhook, events: types }) =>
      events
        .filter(({ type }) => types === undefined || types.includes(type))
        .map((event) => ({ webhook, event, conversation })),
    );
  await readModel.webhookDeliveries.add(wanted, now());
}

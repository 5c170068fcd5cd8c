import { log } from '@temporalio/workflow';
import type { AlertRequest } from '../../contracts/alert.ts';
import { raiseAlert, resolveAlert } from './activities.ts';
import { openConversation, type Actor } from './actor.ts';
import { track } from './track.ts';

/** Tells supervisors of the group of something that they should look at in the open chat; each `kind` once. */
export function raiseChatAlert(actor: Actor, alert: Pick<AlertRequest, 'kind' | 'message' | 'remedy'>): void {
  const { context, id: conversationId } = openConversation(actor);
  const service = context.service === undefined ? {} : { service: context.service };
  const subject = { ...matterOf(actor, alert.kind), ...service, conversationId };
  tell(actor, () => raiseAlert({ ...alert, ...subject }));
}

/** It is over. */
export function resolveChatAlert(actor: Actor, kind: AlertRequest['kind']): void {
  const matter = matterOf(actor, kind);
  tell(actor, () => resolveAlert(matter));
}

function matterOf(actor: Actor, kind: string): Pick<AlertRequest, 'group' | 'kind' | 'key'> {
  const { context, id } = openConversation(actor);
  return { group: context.group, kind, key: id };
}

/** An alert that nobody takes keeps no conversation from going on. */
function tell(actor: Actor, run: () => Promise<void>): void {
  track(actor, () => run().catch((error: unknown) => log.warn('An alert about a chat was not taken', { error })));
}

import type { SendLaneClosure } from '../adapters/messenger/send-lane.ts';
import type { Account } from '../adapters/mongo/configuration/configuration-items.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { tokenIdOf } from './park-part.ts';
import { SEND_LANE_CLOSED } from './tell-page-closed.ts';

const MINUTE_MS = 60_000;
/** What a look at the set-up cannot show (an app that is not live, a policy block) is tried again after this. */
const TRIAL_AFTER_MS: Record<SendLaneClosure['class'], number> = {
  'page-token': 0,
  'page-permission': 5 * MINUTE_MS,
  'page-policy': 60 * MINUTE_MS,
};

/**
 * Looks whether the send lane of a Page can open: another token was entered, Meta takes the token and its permissions, or a
 * person says so. Opens it then. Looking twice changes nothing.
 */
export function createProbePage(
  deps: ActivityDependencies,
): (request: { pageId: string; isResumed: boolean }) => Promise<{ isOpen: boolean }> {
  return async function probePage({ pageId, isResumed }) {
    const { closed } = await deps.readModel.sendLanes.getFresh(pageId);
    if (!closed) return { isOpen: true };
    const account = (await deps.configuration.getFresh()).accountByPage(pageId);
    const isRepaired = isResumed || !account || (await isWorking(deps, account, closed));
    if (!isRepaired) return { isOpen: false };
    // False where somebody else opened it, or it was closed anew in this moment: the next look tells.
    const isOpened = await deps.readModel.sendLanes.open(pageId, closed.since);
    if (!isOpened) return { isOpen: !(await deps.readModel.sendLanes.getFresh(pageId)).closed };
    deps.logger.info({ pageId, wasClosedBy: closed.class }, 'the send lane of a Page is open again');
    await deps.alerts.resolve({ pageId, kind: SEND_LANE_CLOSED });
    return { isOpen: true };
  };
}

async function isWorking(
  { inspector, now }: ActivityDependencies,
  account: Account,
  closed: SendLaneClosure,
): Promise<boolean> {
  if (tokenIdOf(account.pageToken) !== closed.tokenId) return true;
  if (now() - closed.since < TRIAL_AFTER_MS[closed.class]) return false;
  const identity = await inspector.readIdentity(account);
  if (!identity.isKnown || identity.found.id !== account.pageId) return false;
  if (closed.class === 'page-policy') return true;
  const app = await inspector.readApp(account);
  if (!app.isKnown) return closed.class === 'page-token';
  const token = await inspector.readToken(account, app.found.id);
  if (!token.isKnown) return closed.class === 'page-token';
  return token.found.isValid && (closed.class === 'page-token' || token.found.permissions.includes('pages_messaging'));
}

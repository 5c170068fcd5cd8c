import type { LaneClosure } from '../adapters/messenger/lane.ts';
import type { Account } from '../adapters/mongo/configuration/configuration-items.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { tokenIdOf } from './park-part.ts';
import { LANE_CLOSED } from './tell-page-closed.ts';

const MINUTE_MS = 60_000;
/** What a look at the set-up cannot show (an app that is not live, a policy block) is tried again after this. */
const TRIAL_AFTER_MS: Record<LaneClosure['class'], number> = {
  'page-token': 0,
  'page-permission': 5 * MINUTE_MS,
  'page-policy': 60 * MINUTE_MS,
};

/**
 * Looks whether the lane of a Page can open: another token was entered, Meta takes the token and its permissions, or a
 * person says so. Opens it then. Looking twice changes nothing.
 */
export function createLookAtPage(
  deps: ActivityDependencies,
): (request: { pageId: string; isResumed: boolean }) => Promise<{ isOpen: boolean }> {
  return async function lookAtPage({ pageId, isResumed }) {
    const { closed } = await deps.readModel.lanes.getFresh(pageId);
    if (!closed) return { isOpen: true };
    const account = (await deps.configuration.getFresh()).accountByPage(pageId);
    const isRepaired = isResumed || !account || (await isWorking(deps, account, closed));
    if (!isRepaired) return { isOpen: false };
    // False where somebody else opened it, or it was closed anew in this moment: the next look tells.
    const isOpened = await deps.readModel.lanes.open(pageId, closed.since);
    if (!isOpened) return { isOpen: !(await deps.readModel.lanes.getFresh(pageId)).closed };
    deps.logger.info({ pageId, wasClosedBy: closed.class }, 'the lane of a Page is open again');
    await deps.notices.resolve({ pageId, kind: LANE_CLOSED });
    return { isOpen: true };
  };
}

async function isWorking(
  { inspector, now }: ActivityDependencies,
  account: Account,
  closed: LaneClosure,
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

import type { AppSubscription, Looked, TokenFacts } from '../../adapters/messenger/page-inspector.ts';
import { REQUIRED_WEBHOOK_FIELDS, USEFUL_WEBHOOK_FIELDS } from '../../adapters/messenger/webhook-fields.ts';
import type { AccountCheck, CheckResult } from '../../contracts/account-check-schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TOKEN_WARNING_MS = 14 * DAY_MS;
const WEBHOOK_PATH = '/clientweb/fb/webhook';
const PERMISSIONS = ['pages_messaging', 'pages_manage_metadata', 'pages_show_list'];
const SUBSCRIBE = 'Run: npx attendant doctor --subscribe.';

export const ok = (check: AccountCheck, message: string): CheckResult => ({ check, state: 'ok', message });
export const notRun = (check: AccountCheck, message: string): CheckResult => ({ check, state: 'not-run', message });
export const warning = (check: AccountCheck, message: string, remedy: string): CheckResult => ({
  check,
  state: 'warning',
  message,
  remedy,
});
export const failed = (check: AccountCheck, message: string, remedy: string): CheckResult => ({
  check,
  state: 'failed',
  message,
  remedy,
});

/** How long the token is good for. */
export function assessLifetime(token: Looked<TokenFacts>, now: number): CheckResult {
  if (!token.isKnown) return notRun('token-lifetime', token.reason);
  const { isValid, expiresAt } = token.found;
  const remedy = 'Generate a token that does not expire (docs/facebook-setup.md, step 3) and apply the account again.';
  if (!isValid) return failed('token-lifetime', 'Meta says that the token is no longer valid.', remedy);
  if (expiresAt === undefined) return ok('token-lifetime', 'The token does not expire.');
  const message = `The token expires at ${new Date(expiresAt).toISOString()}.`;
  return expiresAt - now < TOKEN_WARNING_MS
    ? warning('token-lifetime', message, remedy)
    : ok('token-lifetime', message);
}

/** Source: Messenger Platform, webhooks: what sending and reading `subscribed_apps` need. */
export function assessPermissions(token: Looked<TokenFacts>): CheckResult {
  if (!token.isKnown) return notRun('permissions', token.reason);
  const { permissions } = token.found;
  if (permissions.length === 0) return notRun('permissions', 'Graph does not list the permissions of this token.');
  const missing = PERMISSIONS.filter((name) => !permissions.includes(name));
  if (missing.length === 0) return ok('permissions', `The token has ${PERMISSIONS.join(', ')}.`);
  const remedy = 'Grant them when you generate the token, and ask for them in App Review before the app goes live.';
  const classify = missing.includes('pages_messaging') ? failed : warning;
  return classify('permissions', `The token lacks ${missing.join(', ')}.`, remedy);
}

/** A field reaches us only where app and Page both subscribe it: this is the app's half. */
export function assessAppSubscription(looked: Looked<AppSubscription | undefined>): CheckResult {
  const check = 'app-subscription';
  if (!looked.isKnown) return notRun(check, looked.reason);
  const remedy = `In the App Dashboard, Messenger, Webhooks: callback https://<your host>${WEBHOOK_PATH}, with all fields of docs/facebook-setup.md, step 5.`;
  const { found } = looked;
  if (found === undefined) return failed(check, 'The app has no webhook for Pages.', remedy);
  if (!found.isActive) return failed(check, `The app's webhook ${found.callbackUrl} is switched off.`, remedy);
  if (!found.callbackUrl.endsWith(WEBHOOK_PATH)) {
    return warning(check, `The app's webhook leads to ${found.callbackUrl}, which is not Attendant's path.`, remedy);
  }
  return assessFields(check, { fields: found.fields, who: `The app (webhook ${found.callbackUrl})`, remedy });
}

/** The Page's half. `message_echoes` has a check of its own. */
export function assessPageSubscription(looked: Looked<string[]>): CheckResult {
  const check = 'page-subscription';
  if (!looked.isKnown) return notRun(check, looked.reason);
  return assessFields(check, { fields: [...looked.found, 'message_echoes'], who: 'The Page', remedy: SUBSCRIBE });
}

export function assessEchoes(looked: Looked<string[]>): CheckResult {
  const check = 'message-echoes';
  if (!looked.isKnown) return notRun(check, looked.reason);
  if (looked.found.includes('message_echoes')) return ok(check, 'The Page subscribes message_echoes.');
  return failed(
    check,
    'The Page does not subscribe message_echoes: a send that times out stays of unknown delivery status.',
    SUBSCRIBE,
  );
}

function assessFields(
  check: AccountCheck,
  { fields, who, remedy }: { fields: readonly string[]; who: string; remedy: string },
): CheckResult {
  const missing = REQUIRED_WEBHOOK_FIELDS.filter((field) => !fields.includes(field));
  if (missing.length > 0) return failed(check, `${who} does not subscribe ${missing.join(', ')}.`, remedy);
  const unused = USEFUL_WEBHOOK_FIELDS.filter((field) => !fields.includes(field));
  if (unused.length > 0) return warning(check, `${who} does not subscribe ${unused.join(', ')}.`, remedy);
  return ok(check, `${who} subscribes every field.`);
}

/** Meta does not tell whether it reaches us; what it sent does. */
export function assessLastEvent(lastEventAt: Date | undefined, now: number): CheckResult {
  const remedy =
    'Write to the Page as a customer. If nothing comes: check the callback URL, its certificate and the app mode.';
  if (!lastEventAt) return warning('last-event', 'No event of this Page has come yet.', remedy);
  const message = `The last event of this Page came at ${lastEventAt.toISOString()}.`;
  return now - lastEventAt.getTime() > DAY_MS ? warning('last-event', message, remedy) : ok('last-event', message);
}

/** Several apps on one Page need a default app, or all of them answer. Source: Messenger Platform, Conversation Routing. */
export function assessRouting(switches: Looked<Record<string, boolean>>, appCount: number): CheckResult {
  const check = 'conversation-routing';
  const remedy = 'In the Page settings, Conversation Routing: make this app the default app.';
  if (appCount > 1) return warning(check, `${appCount} apps are connected to this Page, each may answer.`, remedy);
  if (!switches.isKnown) return notRun(check, switches.reason);
  const on = Object.entries(switches.found).filter(([, isOn]) => isOn);
  return ok(check, `This app is alone on the Page. On at Meta: ${on.map(([name]) => name).join(', ') || 'nothing'}.`);
}

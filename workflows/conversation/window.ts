import { MESSENGER_POLICY, openWindow, type WindowOpener } from '../../contracts/messenger-policy.ts';
import { openConversation, type Actor } from './actor.ts';
import { releaseParked } from './parking.ts';
import { stepScenario } from './scenario-run.ts';

/** What is shown of the window may lag so far behind: a record for each message would cost more than it tells. */
const SHOWN_TO_WITHIN_MS = 60_000;

/** A customer's action opens the messaging window, or extends it; what waited for it goes on. */
export function noteCustomerActed(actor: Actor, event: WindowOpener): void {
  const { state } = actor;
  const window = openWindow(state.window, event);
  if (!window) return;
  state.window = window;
  releaseParked(openConversation(actor), 'window');
  if (window.until - (state.shownWindow?.until ?? 0) >= SHOWN_TO_WITHIN_MS) state.shownWindow = window;
}

/** When a scenario and an agent are to be told that the window closes; undefined where they were, or it is closed. */
export function windowWarningAt({ state }: Actor): number | undefined {
  const { window, conversation } = state;
  if (!window || conversation?.windowWarnedUntil === window.until) return undefined;
  return window.until - MESSENGER_POLICY.closingWarningMs;
}

/** Tells the scenario, and by the record the agent, that the window closes soon. Once for each end of a window. */
export function warnOfWindowClosing(actor: Actor): void {
  const { window } = actor.state;
  if (!window) return;
  openConversation(actor).windowWarnedUntil = window.until;
  if (window.until > Date.now()) stepScenario(actor, { type: 'window.closing', until: window.until });
}

import { openWindow, type WindowOpener } from '../../contracts/messenger-policy.ts';
import { listWindowLeads } from '../../scenario-dsl/compile/compile-rules.ts';
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

/** When a scenario and an agent are to be told next that the window closes; undefined where they were, or there is none. */
export function windowWarningAt(actor: Actor): number | undefined {
  const { window } = actor.state;
  const leadMs = findNextLead(actor);
  return window && leadMs !== undefined ? window.until - leadMs : undefined;
}

/** An hour before, as agents are shown, and as long before as the scenario's rules say; the longest that was not told yet. */
function findNextLead({ state: { window, conversation }, scenario }: Actor): number | undefined {
  const told = conversation?.windowTold;
  const toldMs = told && told.until === window?.until ? told.leadMs : Infinity;
  const longest = Math.max(...listWindowLeads(scenario?.rules).filter((leadMs) => leadMs < toldMs));
  return longest > 0 ? longest : undefined;
}

/** Tells the scenario, and by the record the agent, that the window closes soon. Once for each end of a window and rule. */
export function warnOfWindowClosing(actor: Actor): void {
  const { window } = actor.state;
  const leadMs = findNextLead(actor);
  if (!window || leadMs === undefined) return;
  openConversation(actor).windowTold = { until: window.until, leadMs };
  if (window.until > Date.now()) stepScenario(actor, { type: 'window.closing', until: window.until, leadMs });
}

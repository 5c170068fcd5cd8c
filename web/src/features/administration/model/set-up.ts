import type { CheckResult } from '../../../../../contracts/account-check-schema.ts';
import type { Values } from './values.ts';

/** Steps of the guide's configuration procedure. */
export const SET_UP_STEPS = 8;

/**
 * The step at which an account's set-up is, as far as it shows; beyond the last one where all is done. What is done at Facebook
 * shows itself only by what was copied from there: an empty form is at the first step.
 */
export function setUpStep({
  isKept,
  values,
  checks,
  hasEvents,
}: {
  isKept: boolean;
  values: Values;
  checks: readonly CheckResult[] | undefined;
  hasEvents: boolean;
}): number {
  if (!isKept) return hasAll(values, ['pageToken', 'appSecret', 'pageId', 'name']) ? 6 : hasAny(values) ? 5 : 1;
  const isOk = (name: CheckResult['check']): boolean =>
    checks?.some(({ check, state }) => check === name && (state === 'ok' || state === 'warning')) === true;
  const isSubscribed = isOk('page-subscription') && isOk('app-subscription');
  if (!isSubscribed && !hasEvents) return 7;
  return hasEvents ? SET_UP_STEPS + 1 : SET_UP_STEPS;
}

const isGiven = (value: unknown): boolean => typeof value === 'string' && value !== '';
const hasAll = (values: Values, names: readonly string[]): boolean => names.every((name) => isGiven(values[name]));
const hasAny = (values: Values): boolean => ['pageToken', 'appSecret', 'pageId'].some((name) => isGiven(values[name]));

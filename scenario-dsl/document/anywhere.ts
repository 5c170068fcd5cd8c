import { getDurationMs } from '../../contracts/duration.ts';
import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { AnywhereRule, ScenarioBlock, ScenarioDocument } from './document.ts';
import { isWithin } from './expand-scenarios.ts';

/** What a rule of `anywhere` is called in paths and reports, in its author's words. */
export function nameRule(rule: AnywhereRule): string {
  return `${RULE_PREFIX}${tellRule(rule)}`;
}

/** What a rule waits for: its condition, or the event. */
export function tellRule({ when, event, before }: AnywhereRule): string {
  return when ?? (before === undefined ? (event ?? '') : `${event}, ${before} before`);
}

/** How long before the messaging window closes a rule holds that waits for it; undefined of the others. */
export function findLeadMs({ event, before }: AnywhereRule): number | undefined {
  if (event === undefined) return undefined;
  return before === undefined ? MESSENGER_POLICY.closingWarningMs : getDurationMs(before);
}

/** Whether a way is called by a rule: no exit and no condition begins like this. */
export function isRuleName(way: string): boolean {
  return way.startsWith(RULE_PREFIX);
}

const RULE_PREFIX = 'anywhere: ';

/** Whether a rule holds in a block that listens: it is of the scenario that the block is of, or of one that starts it. */
export function holdsIn({ within, except = [] }: AnywhereRule, block: string): boolean {
  return (within === undefined || isWithin(block, within)) && !except.some((outer) => isWithin(block, outer));
}

/** The rules that a message is held against while the run is in a block, first one first. */
export function listRulesOf(
  { anywhere = [] }: Pick<ScenarioDocument, 'anywhere'>,
  block: ScenarioBlock,
): AnywhereRule[] {
  if (anywhere.length === 0 || getBlockWays(block).hearing !== 'listens') return [];
  return anywhere.filter((rule) => holdsIn(rule, block.id));
}

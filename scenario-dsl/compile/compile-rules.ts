import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { getBlockWays, type BlockWays } from '../blocks/block-behaviours.ts';
import { findLeadMs, holdsIn } from '../document/anywhere.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import { getCondition } from '../expression/parse-condition.ts';
import type { Variables } from '../expression/variables.ts';

/** The rules of `anywhere` as a run asks them; each is called by its place in the document. */
export interface CompiledRules {
  /** Those whose conditions hold, first one first. */
  listFitting(variables: Variables): number[];
  /** Those that are to be told so long before the messaging window closes. */
  listOfWindow(leadMs: number): number[];
  /** How long before it closes some rule is to be told. */
  windowLeadsMs: readonly number[];
  /** The first of them that holds in a block. */
  findHolding(rules: readonly number[], block: string): number | undefined;
  /** Who hears what the customer writes while the run is in a block. */
  getHearing(block: string): BlockWays['hearing'] | undefined;
}

/** How long before the messaging window closes a run is told: an hour, as agents are, and as its rules say. */
export function listWindowLeads(rules: CompiledRules | undefined): number[] {
  return [...new Set([MESSENGER_POLICY.closingWarningMs, ...(rules?.windowLeadsMs ?? [])])];
}

/** Undefined where a scenario has none: its runs then ask for nothing. */
export function compileRules({ anywhere = [], blocks }: ScenarioDocument): CompiledRules | undefined {
  if (anywhere.length === 0) return undefined;
  const conditions = anywhere.map(({ when }) => (when === undefined ? undefined : getCondition(when)));
  const leads = anywhere.map(findLeadMs);
  const blocksById = new Map(blocks.map((block) => [block.id, block]));
  return {
    listFitting: (variables) =>
      conditions.flatMap((condition, index) => (condition && evaluateCondition(condition, variables) ? [index] : [])),
    listOfWindow: (leadMs) => leads.flatMap((lead, index) => (lead === leadMs ? [index] : [])),
    windowLeadsMs: [...new Set(leads.flatMap((lead) => lead ?? []))],
    findHolding: (rules, block) =>
      rules.find((index) => {
        const rule = anywhere[index];
        return rule !== undefined && holdsIn(rule, block);
      }),
    getHearing: (id) => {
      const block = blocksById.get(id);
      return block && getBlockWays(block).hearing;
    },
  };
}

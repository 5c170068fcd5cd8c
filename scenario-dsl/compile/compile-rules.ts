import { getBlockWays, type BlockWays } from '../blocks/block-behaviours.ts';
import { holdsIn } from '../document/anywhere.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import { getCondition } from '../expression/parse-condition.ts';
import type { Variables } from '../expression/variables.ts';

/** The rules of `anywhere` as a run asks them; each is called by its place in the document. */
export interface CompiledRules {
  /** Those whose conditions hold, first one first. */
  listFitting(variables: Variables): number[];
  /** Those that wait for the end of the messaging window. */
  windowRules: readonly number[];
  /** The first of them that holds in a block. */
  findHolding(rules: readonly number[], block: string): number | undefined;
  /** Who hears what the customer writes while the run is in a block. */
  getHearing(block: string): BlockWays['hearing'] | undefined;
}

/** Undefined where a scenario has none: its runs then ask for nothing. */
export function compileRules({ anywhere = [], blocks }: ScenarioDocument): CompiledRules | undefined {
  if (anywhere.length === 0) return undefined;
  const conditions = anywhere.map(({ when }) => (when === undefined ? undefined : getCondition(when)));
  const blocksById = new Map(blocks.map((block) => [block.id, block]));
  return {
    listFitting: (variables) =>
      conditions.flatMap((condition, index) => (condition && evaluateCondition(condition, variables) ? [index] : [])),
    windowRules: anywhere.flatMap(({ event }, index) => (event === 'window-closing' ? [index] : [])),
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

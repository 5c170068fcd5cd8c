import { getBlockWays } from '../blocks/block-behaviours.ts';
import { holdsIn } from '../document/anywhere.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { mayHaveParts } from '../expression/infer-type.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { listVariables, withoutEach, type VariableUse } from '../expression/list-variables.ts';
import type { SourcePath } from '../problems/finding.ts';
import { isMadeForEach, listBlockTexts, parseBlockText } from './block-texts.ts';

/** A variable that a block reads without a fallback, or by its bare name. `path` leads to the text, `at` to the character. */
export interface VariableRead {
  block: string;
  variable: string;
  path: SourcePath;
  at?: number;
  length?: number;
  /** Written without `$( )`: text whose quotes were forgotten looks the same. */
  isBare?: true;
  /** Something speaks where it is not set. */
  isOptional?: true;
}

/**
 * What a block reads; every text of its fields may hold `$(…)`, and nothing but text does. A Switch asks for its variable, and
 * whoever says where `default` leads has thought of one that is not set.
 */
export function listVariableReads(block: ScenarioBlock): VariableRead[] {
  if (block.type === 'switch') {
    const { variable, default: otherwise } = block.fields;
    const path = ['blocks', block.id, block.type, 'variable'];
    return otherwise === undefined ? [{ block: block.id, variable, path }] : [];
  }
  const reads = listBlockTexts(block).flatMap((text) => {
    const expression = parseBlockText(text);
    if (!expression) return [];
    const uses = listVariables(expression);
    const isOfItem = text.role !== 'named' && isMadeForEach({ type: block.type, path: text.path.slice(1) });
    return toReads(block, isOfItem ? withoutEach(uses) : uses, ['blocks', block.id, ...text.path]);
  });
  if (block.type === 'set-variable') return withoutEarlier(reads, block.fields);
  // What is announced of the position in the queue comes with it.
  return block.type === 'find-agent' ? reads.filter(({ variable }) => !variable.startsWith('queue.')) : reads;
}

/** A later value can use an earlier one, and parts of one that may be a map. */
function withoutEarlier(
  reads: readonly VariableRead[],
  fields: Extract<ScenarioBlock, { type: 'set-variable' }>['fields'],
): VariableRead[] {
  const names = Object.keys(fields);
  return reads.filter(({ variable, path }) => {
    const earlier = names.slice(0, names.indexOf(String(path[3])));
    return !earlier.some(
      (set) =>
        set === variable ||
        set.startsWith(`${variable}.`) ||
        (variable.startsWith(`${set}.`) && mayHaveParts(fields[set] ?? '')),
    );
  });
}

/**
 * What the rules of `anywhere` read, in every block in which they hold. A rule of a started scenario stands in another file:
 * it is told at the block.
 */
export function listRuleReads({ anywhere = [], blocks }: ScenarioDocument): VariableRead[] {
  return anywhere.flatMap((rule, index) => {
    const uses = rule.when === undefined ? [] : listVariables(getCondition(rule.when));
    const holding = blocks.filter((block) => getBlockWays(block).hearing === 'listens' && holdsIn(rule, block.id));
    const reads = holding.flatMap((block) => toReads(block, uses, ['anywhere', index, 'when']));
    return rule.within === undefined
      ? reads
      : reads.map(({ block, variable }) => ({ block, variable, path: ['blocks', block] }));
  });
}

/** Everything under these comes from the customer's profile, the configuration, the interaction and the clock. */
const providedRoots = new Set(['customer', 'page', 'entry', 'service', 'item', 'today', 'now', 'timeZone', 'locale']);

/** Whether the world alone says what is under this name, as a rule. */
export function isProvided(variable: string): boolean {
  return providedRoots.has(variable.split('.', 1)[0] ?? '');
}

function toReads({ id }: ScenarioBlock, uses: readonly VariableUse[], path: SourcePath): VariableRead[] {
  return uses
    .filter(({ variable, isOptional, isBare }) => !isOptional || isBare || isProvided(variable))
    .map(({ variable, at, end, isOptional, isBare }) => ({
      block: id,
      variable,
      path,
      at,
      length: end - at,
      ...(isBare && { isBare }),
      ...(isOptional && { isOptional }),
    }));
}

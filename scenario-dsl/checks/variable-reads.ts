import type { ScenarioBlock } from '../document/document.ts';
import { listTemplateVariables, listVariables, type VariableUse } from '../expression/list-variables.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { parseTemplate } from '../expression/template.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import type { SourcePath } from '../problems/finding.ts';

/** A variable that a block reads without a fallback. `path` leads from the block to the text, `at` to the character. */
export interface VariableRead {
  block: string;
  variable: string;
  path: SourcePath;
  at?: number;
  length?: number;
}

/**
 * What a block reads; every text of its fields may hold `$(…)`, and nothing but text does. A comment reads nothing; a
 * Switch asks for its variable, and whoever says where `default` leads has thought of one that is not set.
 */
export function listVariableReads(block: ScenarioBlock): VariableRead[] {
  if (block.type === 'comment') return [];
  if (block.type === 'switch') {
    const { variable, default: otherwise } = block.fields;
    return otherwise === undefined ? [{ block: block.id, variable, path: [block.type, 'variable'] }] : [];
  }
  if (block.type === 'if') {
    return block.fields.flatMap(({ when }, index) =>
      when === undefined ? [] : toReads(block, listVariables(getCondition(when)), [block.type, index, 'when']),
    );
  }
  if (block.type === 'set-variable') return listValueReads(block);
  // What is announced of the position in the queue comes with it.
  if (block.type === 'find-agent')
    return listFieldReads(block).filter(({ variable }) => !variable.startsWith('queue.'));
  return listFieldReads(block);
}

function listFieldReads(block: ScenarioBlock): VariableRead[] {
  return listTexts(block.fields, [block.type]).flatMap(({ text, path }) => {
    const parsed = parseTemplate(text);
    return 'fault' in parsed ? [] : toReads(block, listTemplateVariables(parsed.template), path);
  });
}

/** A later value can use an earlier one. */
function listValueReads(block: Extract<ScenarioBlock, { type: 'set-variable' }>): VariableRead[] {
  const names = Object.keys(block.fields);
  return Object.entries(block.fields).flatMap(([name, value], index) => {
    if (typeof value !== 'string') return [];
    const earlier = names.slice(0, index);
    const reads = toReads(block, listVariables(getValueExpression(value)), [block.type, name]);
    return reads.filter(({ variable }) => !earlier.some((set) => set === variable || set.startsWith(`${variable}.`)));
  });
}

function toReads({ id }: ScenarioBlock, uses: readonly VariableUse[], path: SourcePath): VariableRead[] {
  return uses.flatMap(({ variable, at, end, isOptional }) =>
    isOptional ? [] : [{ block: id, variable, path, at, length: end - at }],
  );
}

/** Every text in a value that may hold a substitution, with the way to it. */
export function listTexts(value: unknown, path: SourcePath): { text: string; path: SourcePath }[] {
  if (typeof value === 'string') return value.includes('$(') ? [{ text: value, path }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    listTexts(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

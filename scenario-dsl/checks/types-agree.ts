import type { ScenarioBlock } from '../document/document.ts';
import { checkCondition, checkTemplateTypes, checkTypes, type TypeFault } from '../expression/check-types.ts';
import type { TypeOfVariable } from '../expression/infer-type.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { parseTemplate } from '../expression/template.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import type { SourcePath } from '../problems/finding.ts';
import type { Check, CheckFinding } from './check-report.ts';
import { listTexts } from './variable-reads.ts';
import { inferVariableTypes } from './variable-types.ts';

const name = 'types-agree';

const MAX_FINDINGS = 200;

/** No operator and no function is given what it can never make sense of. */
export const typesAgree: Check = {
  name,
  promise: 'No value is used as something that it can never be: a name as a number, a number as a date.',
  certainty: 'bounded',
  run: ({ document }) => {
    const typeOf = inferVariableTypes(document);
    return { findings: document.blocks.flatMap((block) => checkBlock(block, typeOf)).slice(0, MAX_FINDINGS) };
  },
};

function checkBlock(block: ScenarioBlock, typeOf: TypeOfVariable): CheckFinding[] {
  const found = (faults: readonly TypeFault[], path: SourcePath): CheckFinding[] =>
    faults.map((fault) => toFinding(fault, ['blocks', block.id, block.type, ...path]));
  if (block.type === 'comment') return [];
  if (block.type === 'if') {
    return block.fields.flatMap(({ when }, index) =>
      when === undefined ? [] : found(checkCondition(getCondition(when), typeOf), [index, 'when']),
    );
  }
  if (block.type === 'set-variable') {
    return Object.entries(block.fields).flatMap(([variable, value]) =>
      typeof value === 'string' ? found(checkTypes(getValueExpression(value), typeOf), [variable]) : [],
    );
  }
  return listTexts(block.fields, []).flatMap(({ text, path }) => {
    const parsed = parseTemplate(text);
    return 'fault' in parsed ? [] : found(checkTemplateTypes(parsed.template, typeOf), path);
  });
}

function toFinding({ severity, message, remedy, at, end }: TypeFault, path: SourcePath): CheckFinding {
  return { check: name, severity, code: 'type-mismatch', message, remedy, path, at, length: end - at };
}

import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { checkCondition, checkTypes, suggestValue, type TypeFault } from '../expression/check-types.ts';
import type { TypeOfVariable } from '../expression/infer-type.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { mayBeEqual, oneOf } from '../expression/static-type.ts';
import type { SourcePath } from '../problems/finding.ts';
import { listBlockTexts, parseBlockText } from './block-texts.ts';
import type { Check, CheckFinding } from './check-report.ts';
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
    const findings = [
      ...document.blocks.flatMap((block) => checkBlock(block, typeOf)),
      ...checkRules(document, typeOf),
    ];
    return { findings: findings.slice(0, MAX_FINDINGS) };
  },
};

function checkBlock(block: ScenarioBlock, typeOf: TypeOfVariable): CheckFinding[] {
  if (block.type === 'switch') return checkCases(block, typeOf);
  return listBlockTexts(block).flatMap((text) => {
    const expression = parseBlockText(text);
    if (!expression) return [];
    const faults = text.role === 'condition' ? checkCondition(expression, typeOf) : checkTypes(expression, typeOf);
    return faults.map((fault) => toFinding(fault, ['blocks', block.id, ...text.path]));
  });
}

/** Those of started scenarios are told in their own files. */
function checkRules({ anywhere = [] }: ScenarioDocument, typeOf: TypeOfVariable): CheckFinding[] {
  return anywhere.flatMap(({ when, within }, index) => {
    if (within !== undefined || when === undefined) return [];
    const faults = checkCondition(getCondition(when), typeOf);
    return faults.map((fault) => toFinding(fault, ['anywhere', index, 'when']));
  });
}

/** A case that the variable never is: `Sales` where the choice has the value `sales`. */
function checkCases(
  { id, type, fields }: Extract<ScenarioBlock, { type: 'switch' }>,
  typeOf: TypeOfVariable,
): CheckFinding[] {
  const known = typeOf(fields.variable);
  return Object.keys(fields.cases).flatMap((value): CheckFinding[] => {
    if (value === '' || (known.values ? known.values.includes(value) : mayBeEqual(known, oneOf([value])))) return [];
    const message = `$(${fields.variable}) is never '${value.slice(0, 60)}'.`;
    const path = ['blocks', id, type, 'cases', value];
    return [
      {
        check: name,
        severity: 'warning',
        code: 'type-mismatch',
        message,
        remedy: suggestValue(known, oneOf([value])),
        path,
        atKey: true,
      },
    ];
  });
}

function toFinding({ severity, message, remedy, at, end }: TypeFault, path: SourcePath): CheckFinding {
  return { check: name, severity, code: 'type-mismatch', message, remedy, path, at, length: end - at };
}

import { findNearestName } from '../../contracts/nearest-name.ts';
import { findCallSlips, findSortSlip, findWeekdaySlip, type CallSlip } from './call-slips.ts';
import type { Expression } from './expression.ts';
import type { Parameter } from './functions/function-definition.ts';
import { describeSignature, findFunction, getParameter } from './functions/functions.ts';
import { inferType, type TypeOfVariable } from './infer-type.ts';
import {
  describeType,
  mayBeDate,
  mayBeEqual,
  mayBeMap,
  mayBeNumber,
  mayBeText,
  mayBeTrue,
  type StaticType,
} from './static-type.ts';

/** A use of a value that cannot mean anything, from `at` to `end` in the source. */
export interface TypeFault {
  severity: 'error' | 'warning';
  message: string;
  remedy: string;
  at: number;
  end: number;
}

/** Checks a condition: its uses of values, and that it can hold at all. */
export function checkCondition(condition: Expression, typeOf: TypeOfVariable): TypeFault[] {
  return [...checkTruth(condition, typeOf), ...checkTypes(condition, typeOf)];
}

/** Finds uses of values that can never be what an operator or a function needs, whatever happens in a run. */
export function checkTypes(expression: Expression, typeOf: TypeOfVariable): TypeFault[] {
  const inside = partsOf(expression).flatMap((part) => checkTypes(part, typeOf));
  return [...checkNode(expression, typeOf), ...inside];
}

function checkNode(expression: Expression, typeOf: TypeOfVariable): TypeFault[] {
  const { kind } = expression;
  if (kind === 'arithmetic') {
    const remedy = remedyOfSum(expression, typeOf);
    return [expression.left, expression.right].flatMap((side) => checkNumber(side, typeOf, remedy));
  }
  if (kind === 'negative') return checkNumber(expression.operand, typeOf);
  if (kind === 'not') return checkTruth(expression.operand, typeOf);
  if (kind === 'and' || kind === 'or') {
    return [expression.left, expression.right].flatMap((side) => checkTruth(side, typeOf));
  }
  if (kind === 'compare') return checkComparison(expression, typeOf);
  return kind === 'call' ? checkCall(expression, typeOf) : [];
}

function partsOf(expression: Expression): readonly Expression[] {
  if ('left' in expression) return [expression.left, expression.right];
  if ('operand' in expression) return [expression.operand];
  if (expression.kind === 'substitution') return [expression.value];
  if (expression.kind === 'text')
    return expression.template.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  if (expression.kind === 'list') return expression.items;
  return expression.kind === 'call' ? expression.args : [];
}

const NUMBER_REMEDY = 'Calculate with numbers only.';
const JOIN_REMEDY = `Calculate with numbers only; texts are put together without = and +: '$(first) $(second)'.`;

/** What dates are reckoned with by, where a sum or a difference has one. */
function remedyOfSum(
  { operator, left, right }: Extract<Expression, { kind: 'arithmetic' }>,
  typeOf: TypeOfVariable,
): string {
  const dates = [left, right].filter((side) => isDate(inferType(side, typeOf))).length;
  if (operator === '-' && dates === 2)
    return 'Write daysBetween(from, to), the earlier one first; between moments minutesBetween(from, to).';
  if (dates === 1) return 'Days are added by addDays(today, 7), or taken off by addDays(today, -7).';
  return operator === '+' ? JOIN_REMEDY : NUMBER_REMEDY;
}

function isDate({ kinds }: StaticType): boolean {
  return kinds.size === 1 && kinds.has('date');
}

function checkNumber(operand: Expression, typeOf: TypeOfVariable, remedy = NUMBER_REMEDY): TypeFault[] {
  const type = inferType(operand, typeOf);
  if (mayBeNumber(type)) return [];
  return [fault(operand, `This is ${describeType(type)}, which is never a number.`, remedy)];
}

/** What is never true makes a condition that never holds: `when: "$(count)"`. */
function checkTruth(operand: Expression, typeOf: TypeOfVariable): TypeFault[] {
  const type = inferType(operand, typeOf);
  if (mayBeTrue(type)) return [];
  const remedy = 'Compare it, or ask whether it "is not empty".';
  return [{ ...fault(operand, `This is ${describeType(type)}, which is never true.`, remedy), severity: 'warning' }];
}

const dateOperators: readonly string[] = ['before', 'after', 'on'];
const orderOperators: readonly string[] = ['<', '<=', '>', '>='];

function checkComparison(
  { operator, left, right }: Extract<Expression, { kind: 'compare' }>,
  typeOf: TypeOfVariable,
): TypeFault[] {
  const [a, b] = [inferType(left, typeOf), inferType(right, typeOf)];
  if (dateOperators.includes(operator)) return [...checkDate(left, a), ...checkDate(right, b)];
  const slip = findWeekdaySlip(left, right);
  if (slip) return [toFault(slip)];
  if (operator === '==' || operator === '!=') {
    if (mayBeEqual(a, b)) return [];
    const message = `${sentence(describeType(a))} is never equal to ${describeType(b)}.`;
    return [{ ...fault(right, message, suggestValue(a, b)), severity: 'warning' }];
  }
  if (!orderOperators.includes(operator)) return [];
  if (isNumber(a) && !mayBeNumber(b)) return [unordered(right, b)];
  return isNumber(b) && !mayBeNumber(a) ? [unordered(left, a)] : [];
}

function unordered(side: Expression, type: StaticType): TypeFault {
  return fault(
    side,
    `${sentence(describeType(type))} is neither above nor below a number.`,
    'Compare numbers with numbers.',
  );
}

function isNumber({ kinds }: StaticType): boolean {
  return kinds.size === 1 && kinds.has('number');
}

function checkDate(side: Expression, type: StaticType): TypeFault[] {
  if (mayBeDate(type)) return [];
  return [fault(side, `This is ${describeType(type)}, which is never a date.`, 'Write a date as 2026-05-03.')];
}

/** The value that was most likely meant, or those that there are. */
export function suggestValue({ values: known = [] }: StaticType, { values: written = [] }: StaticType): string {
  const closest = written[0] === undefined ? undefined : findNearestName(written[0], known);
  if (closest !== undefined) return `Did you mean '${closest}'?`;
  return known.length > 1 ? `It is one of: ${known.slice(0, 20).join(', ')}.` : 'Compare like with like.';
}

function checkCall(call: Extract<Expression, { kind: 'call' }>, typeOf: TypeOfVariable): TypeFault[] {
  const { name, args } = call;
  const definition = findFunction(name);
  if (!definition) return [];
  const signature = `${describeSignature(name, definition)}: ${definition.description}`;
  const slips = [...findCallSlips(call, definition), ...findSortSlip(call)].map(toFault);
  const faults = args.flatMap((argument, index) => {
    const parameter = getParameter(definition, index);
    const type = inferType(argument, typeOf);
    if (!parameter || fits(parameter.type, type)) return [];
    const message = `"${name}" wants ${wanted[parameter.type]} here, and this is ${describeType(type)}.`;
    const remedy = name === 'length' ? 'How many items a list has is count(…).' : signature;
    return [
      { ...fault(argument, message, remedy), severity: parameter.type === 'boolean' ? 'warning' : 'error' } as const,
    ];
  });
  return [...slips, ...faults];
}

function toFault({ argument, severity, message, remedy }: CallSlip): TypeFault {
  return { ...fault(argument, message, remedy), severity };
}

const wanted: Record<Parameter['type'], string> = {
  text: 'text',
  number: 'a number',
  date: 'a date',
  boolean: 'a condition',
  map: 'a map',
  list: 'a list',
  any: 'anything',
  pattern: 'a pattern',
  each: 'anything',
};

function fits(wantedType: Parameter['type'], type: StaticType): boolean {
  if (wantedType === 'number') return mayBeNumber(type);
  if (wantedType === 'date') return mayBeDate(type);
  if (wantedType === 'boolean') return mayBeTrue(type);
  if (wantedType === 'map') return mayBeMap(type);
  return wantedType === 'text' ? mayBeText(type) : true;
}

function fault({ at, end }: Expression, message: string, remedy: string): TypeFault {
  return { severity: 'error', message, remedy, at, end };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

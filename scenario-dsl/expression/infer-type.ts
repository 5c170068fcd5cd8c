import type { Expression, Substitution, Template } from './expression.ts';
import { findFunction } from './functions/functions.ts';
import { getValueExpression } from './value-expression.ts';
import { anything, mayBeText, ofKind, ofValueType, oneOf, unite, type StaticType } from './static-type.ts';

/** What is known of a variable; nothing where undefined. */
export type TypeOfVariable = (name: string) => StaticType;

/** What the value of an expression can be. */
export function inferType(expression: Expression, typeOf: TypeOfVariable): StaticType {
  const { kind } = expression;
  if (kind === 'variable') return typeOf(expression.path.join('.'));
  if (kind === 'substitution') return inferSubstitution(expression, typeOf);
  if (kind === 'text') return inferText(expression.template, typeOf);
  if (kind === 'call') return inferCall(expression, typeOf);
  if (kind === 'literal') return ofKind(typeof expression.value === 'number' ? 'number' : 'boolean');
  if (kind === 'list') return ofKind('list');
  return ofKind(kind === 'negative' || kind === 'arithmetic' ? 'number' : 'boolean');
}

function inferSubstitution({ value, fallback }: Substitution, typeOf: TypeOfVariable): StaticType {
  const type = inferType(value, typeOf);
  return fallback === undefined ? type : unite([type, oneOf([fallback])]);
}

/** Text that is one variable and nothing else is what the variable is, as text. */
function inferText(template: Template, typeOf: TypeOfVariable): StaticType {
  const [part = '', ...more] = template;
  if (more.length > 0) return ofKind('text');
  if (typeof part === 'string') return oneOf([part]);
  const type = inferType(part, typeOf);
  return mayBeText(type) ? type : ofKind('text');
}

function inferCall({ name, args }: Extract<Expression, { kind: 'call' }>, typeOf: TypeOfVariable): StaticType {
  if (name === 'default') return unite(args.map((argument) => inferType(argument, typeOf)));
  if (name === 'if') return unite(args.slice(1).map((argument) => inferType(argument, typeOf)));
  const definition = findFunction(name);
  return definition ? ofValueType(definition.gives) : anything;
}

/** Whether a value that Set Variable gives can be a map, whose parts nobody knows: an item of a list. */
export function mayHaveParts(value: string | number | boolean): boolean {
  return typeof value === 'string' && canHold(getValueExpression(value));
}

function canHold(expression: Expression): boolean {
  if (expression.kind === 'substitution') return canHold(expression.value);
  if (expression.kind === 'variable') return /^\d+$/.test(expression.path.at(-1) ?? '');
  if (expression.kind !== 'call') return false;
  if (expression.name === 'default' || expression.name === 'if') return expression.args.some(canHold);
  return ['any', 'map'].includes(findFunction(expression.name)?.gives ?? 'any');
}

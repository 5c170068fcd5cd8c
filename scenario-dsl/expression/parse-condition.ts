import type { Expression, SyntaxFault } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

/** Parses the condition of an If: an expression that holds where its value is true, or the text "true". */
export function parseCondition(source: string): { condition: Expression } | { fault: SyntaxFault } {
  const parsed = parseExpression(source);
  return 'fault' in parsed ? parsed : { condition: parsed.expression };
}

/** As `parseCondition`, for a condition that a check has let through already. */
export function getCondition(source: string): Expression {
  const parsed = parseExpression(source);
  if ('fault' in parsed) {
    throw new Error(`Unchecked condition: ${parsed.fault.message} Parse the scenario before compiling it.`);
  }
  return parsed.expression;
}

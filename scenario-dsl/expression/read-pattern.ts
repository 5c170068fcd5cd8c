import { ExpressionFault } from './expression-fault.ts';
import type { Expression } from './expression.ts';
import { patternRemedies } from './parse-faults.ts';
import { compilePattern, compileWildcards } from './pattern.ts';
import type { TokenReader } from './token-reader.ts';

/** The quoted pattern that stands here, compiled. */
export function readPattern(tokens: TokenReader, operator: 'matches' | 'like'): Expression {
  const token = tokens.peek('operand');
  if (token.kind !== 'string') throw tokens.unexpected('a pattern in quotes', token, patternRemedies[operator]);
  const compiled = (operator === 'like' ? compileWildcards : compilePattern)(token.raw);
  if ('problem' in compiled) {
    throw new ExpressionFault({ message: compiled.problem, at: token.at, remedy: compiled.remedy });
  }
  return { kind: 'pattern', pattern: compiled.pattern, at: token.at, end: token.end };
}

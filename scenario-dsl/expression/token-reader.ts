import { findNearestName } from '../../contracts/nearest-name.ts';
import { ExpressionFault } from './expression-fault.ts';
import { comparisonOperators } from './expression.ts';
import { readToken, type Token } from './tokenize.ts';

export const MAX_EXPRESSION_LENGTH = 2000;
/** Of a text with substitutions; five times what is kept of a filled one. */
export const MAX_TEMPLATE_LENGTH = 50_000;

const MAX_DEPTH = 32;

/** Where a parser begins, and how deep in other expressions. */
export interface ReadingPosition {
  at: number;
  depth: number;
}

/** The tokens of an expression, one after the other; bounds its length and how deep it nests. */
export class TokenReader {
  readonly source: string;
  at: number;
  depth: number;
  private readonly start: number;

  constructor(source: string, { at, depth }: ReadingPosition) {
    this.source = source;
    this.start = at;
    this.at = at;
    this.depth = depth;
  }

  /** The next token, which stays the next one. */
  peek(expects: 'operand' | 'operator'): Token {
    return this.read(this.at, expects);
  }

  peekBehind(token: Token): Token {
    return this.read(token.end, 'operator');
  }

  nested<Parsed>(at: number, parse: () => Parsed): Parsed {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new ExpressionFault({ message: `The expression is nested deeper than ${MAX_DEPTH} levels.`, at });
    }
    const parsed = parse();
    this.depth -= 1;
    return parsed;
  }

  unexpected(wanted: string, token: Token, remedy?: string): ExpressionFault {
    const mayBeOperator = token.kind === 'word' && wanted.includes(' or ');
    const likely = mayBeOperator ? findNearestName(token.text, comparisonOperators) : undefined;
    const hint = remedy ?? (likely === undefined ? undefined : `Did you mean "${likely}"?`);
    const message = `Expected ${wanted}, found ${this.show(token)}.`;
    return new ExpressionFault({ message, at: token.at, ...(hint !== undefined && { remedy: hint }) });
  }

  show(token: Token): string {
    return token.kind === 'end' ? 'the end' : `"${this.source.slice(token.at, Math.min(token.end, token.at + 60))}"`;
  }

  private read(at: number, expects: 'operand' | 'operator'): Token {
    if (at - this.start > MAX_EXPRESSION_LENGTH) throw tooLong(at);
    const read = readToken(this.source, at, expects);
    if ('fault' in read) throw new ExpressionFault(read.fault);
    return read.token;
  }
}

export function isSymbol(token: Token, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

export function tooLong(at: number): ExpressionFault {
  return new ExpressionFault({
    message: `The expression is longer than ${MAX_EXPRESSION_LENGTH} characters.`,
    at,
    remedy: 'Split it: set a variable first.',
  });
}

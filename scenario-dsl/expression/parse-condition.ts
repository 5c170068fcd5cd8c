import { parseTemplate, type SyntaxFault } from '../template.ts';
import { comparisonOperators, type ComparisonOperator, type Condition, type Operand } from './condition.ts';
import { tokenize, type Token } from './tokenize.ts';

export const maxConditionLength = 2000;
const maxConditionDepth = 32;

type Parsed = { condition: Condition } | { fault: SyntaxFault };

/**
 * Parses a condition such as `$(question) contains 'invoice' and not ($(vip) is empty)`.
 * Binds from weak to strong: `or`, `and`, `not`, comparison. Length and nesting are bounded.
 */
export function parseCondition(source: string): Parsed {
  if (source.length > maxConditionLength) {
    return {
      fault: { message: `The condition is longer than ${maxConditionLength} characters.`, at: maxConditionLength },
    };
  }
  const tokenized = tokenize(source);
  if ('fault' in tokenized) return tokenized;
  try {
    return { condition: new ConditionParser(tokenized.tokens).parse() };
  } catch (error) {
    if (error instanceof ConditionFault) return { fault: error.fault };
    throw error;
  }
}

/** As `parseCondition`, for a condition that a check has let through already. */
export function getCondition(source: string): Condition {
  const parsed = parseCondition(source);
  if ('fault' in parsed) {
    throw new Error(`Unchecked condition: ${parsed.fault.message} Parse the scenario before compiling it.`);
  }
  return parsed.condition;
}

/** Leaves the recursive descent; never leaves this file. */
class ConditionFault extends Error {
  readonly fault: SyntaxFault;
  constructor(message: string, at: number) {
    super(message);
    this.fault = { message, at };
  }
}

class ConditionParser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): Condition {
    const condition = this.parseOr();
    const rest = this.current();
    if (rest.kind !== 'end') {
      throw new ConditionFault(`Expected "and", "or" or the end, found ${describeToken(rest)}.`, rest.at);
    }
    return condition;
  }

  private parseOr(): Condition {
    let left = this.parseAnd();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.parseAnd() };
    return left;
  }

  private parseAnd(): Condition {
    let left = this.parseNot();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.parseNot() };
    return left;
  }

  private parseNot(): Condition {
    const { at } = this.current();
    if (this.takeWord('not')) return this.nested(at, () => ({ kind: 'not', condition: this.parseNot() }));
    if (this.takeSymbol('(')) return this.nested(at, () => this.parseRestOfGroup());
    return this.parseComparison();
  }

  private parseRestOfGroup(): Condition {
    const condition = this.parseOr();
    const { at } = this.current();
    if (!this.takeSymbol(')')) throw new ConditionFault(`Expected ")", found ${describeToken(this.current())}.`, at);
    return condition;
  }

  private parseComparison(): Condition {
    const left = this.parseOperand();
    if (this.takeWord('is')) return this.parseRestOfIsEmpty(left);
    const operator = this.takeOperator();
    return operator
      ? { kind: 'compare', operator, left, right: this.parseOperand() }
      : { kind: 'truth', operand: left };
  }

  private parseRestOfIsEmpty(operand: Operand): Condition {
    const negated = this.takeWord('not');
    const token = this.current();
    if (!this.takeWord('empty')) {
      throw new ConditionFault(`Expected "empty" after "is", found ${describeToken(token)}.`, token.at);
    }
    return { kind: 'is-empty', operand, negated };
  }

  private parseOperand(): Operand {
    const token = this.current();
    this.position += 1;
    if (token.kind === 'number') return { kind: 'value', value: token.value };
    if (token.kind === 'variable') return { kind: 'variable', reference: token.reference };
    if (token.kind === 'string') return textOperand(token.text, token.at);
    if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
      return { kind: 'value', value: token.text === 'true' };
    }
    throw new ConditionFault(`Expected a variable, text or number, found ${describeToken(token)}.`, token.at);
  }

  private current(): Token {
    const token = this.tokens[this.position] ?? this.tokens.at(-1);
    if (!token) throw new Error('tokenize() gave no end token.');
    return token;
  }

  private takeWord(word: string): boolean {
    const token = this.current();
    if (token.kind !== 'word' || token.text !== word) return false;
    this.position += 1;
    return true;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.current();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.position += 1;
    return true;
  }

  private takeOperator(): ComparisonOperator | undefined {
    const token = this.current();
    if (token.kind !== 'word' && token.kind !== 'symbol') return undefined;
    const operator = comparisonOperators.find((candidate) => candidate === token.text);
    if (operator) this.position += 1;
    return operator;
  }

  private nested(at: number, parse: () => Condition): Condition {
    this.depth += 1;
    if (this.depth > maxConditionDepth) {
      throw new ConditionFault(`The condition is nested deeper than ${maxConditionDepth} levels.`, at);
    }
    const condition = parse();
    this.depth -= 1;
    return condition;
  }
}

function textOperand(text: string, at: number): Operand {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) throw new ConditionFault(parsed.fault.message, at);
  return { kind: 'text', template: parsed.template };
}

function describeToken(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'variable') return `$(${token.reference.path.join('.')})`;
  return `"${token.kind === 'number' ? String(token.value) : token.text.slice(0, 60)}"`;
}

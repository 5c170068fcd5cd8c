import { explainFault } from './explain-fault.ts';
import { ExpressionFault } from './expression-fault.ts';
import type { ComparisonOperator, Expression, Substitution, SyntaxFault, Template } from './expression.ts';
import type { Parameter } from './functions/function-definition.ts';
import { countArguments, describeSignature, findFunction, getParameter } from './functions/functions.ts';
import {
  asField,
  checkFallback,
  eachInEach,
  examineArguments,
  getBarePath,
  notAName,
  notClosed,
  unknownFunction,
} from './parse-faults.ts';
import { readPattern } from './read-pattern.ts';
import { isComparison, power, takeInfix, type Infix } from './take-infix.ts';
import {
  isSymbol,
  MAX_EXPRESSION_LENGTH,
  MAX_TEMPLATE_LENGTH,
  TokenReader,
  tooLong,
  type ReadingPosition,
} from './token-reader.ts';
import type { Token } from './tokenize.ts';
import { parseVariablePath } from './variables.ts';

/**
 * Parses a condition or a value such as `$(question) contains 'invoice' and count($(item.attachments)) + 1 > 2`.
 * Binds from weak to strong: `or`, `and`, `not`, comparison, `+ -`, `* / %`. Length and nesting are bounded.
 */
export function parseExpression(source: string): ParsedExpression {
  const known = parsedBefore.get(source);
  if (known) return known;
  const parsed = catchFault(source, () => {
    if (source.length > MAX_EXPRESSION_LENGTH) throw tooLong(MAX_EXPRESSION_LENGTH);
    return { expression: new Parser(source, { at: 0, depth: 0 }).parseAll() };
  });
  if (parsedBefore.size >= MAX_PARSED_BEFORE) parsedBefore.clear();
  if (source.length <= MAX_EXPRESSION_LENGTH) parsedBefore.set(source, parsed);
  return parsed;
}

type ParsedExpression = { expression: Expression } | { fault: SyntaxFault };

/** Shape, types, reads, flow and machine all ask for the same few expressions, and a pattern costs milliseconds to compile. */
const parsedBefore = new Map<string, ParsedExpression>();
const MAX_PARSED_BEFORE = 2000;

/** Parses text with `$(value|fallback)`; `$$(` stands for a literal `$(`. */
export function parseTemplateText(source: string): ParsedTemplate {
  if (!source.includes('$') && source.length <= MAX_TEMPLATE_LENGTH) return { template: source === '' ? [] : [source] };
  const known = templatesBefore.get(source);
  if (known) return known;
  const parsed = parseTemplateAnew(source);
  if (templatesBefore.size >= MAX_PARSED_BEFORE) templatesBefore.clear();
  if (source.length <= MAX_EXPRESSION_LENGTH) templatesBefore.set(source, parsed);
  return parsed;
}

type ParsedTemplate = { template: Template } | { fault: SyntaxFault };
const templatesBefore = new Map<string, ParsedTemplate>();

function parseTemplateAnew(source: string): ParsedTemplate {
  return catchFault(source, () => {
    if (source.length <= MAX_TEMPLATE_LENGTH) return { template: readTemplate(source, { at: 0, depth: 0 }) };
    const message = `The text is longer than ${MAX_TEMPLATE_LENGTH} characters.`;
    throw new ExpressionFault({ message, at: MAX_TEMPLATE_LENGTH, remedy: 'Shorten it.' });
  });
}

/** Gives what is wrong instead of throwing it. */
export function catchFault<Parsed>(source: string, parse: () => Parsed): Parsed | { fault: SyntaxFault } {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ExpressionFault) return { fault: explainFault(source, error.fault) };
    throw error;
  }
}

function readTemplate(source: string, place: ReadingPosition): Template {
  const parts: Template[number][] = [];
  let literal = '';
  let { at } = place;
  for (let dollar = source.indexOf('$', at); dollar >= 0; dollar = source.indexOf('$', at)) {
    literal += source.slice(at, dollar);
    if (source.startsWith('$$(', dollar)) {
      literal += '$(';
      at = dollar + 3;
    } else if (source.startsWith('$(', dollar)) {
      if (literal !== '') parts.push(literal);
      literal = '';
      const part = readSubstitution(source, { at: dollar, depth: place.depth });
      parts.push(part);
      at = part.end;
    } else {
      literal += '$';
      at = dollar + 1;
    }
  }
  literal += source.slice(at);
  if (literal !== '') parts.push(literal);
  return parts;
}

type LocatedSubstitution = { at: number; end: number } & Substitution;

/** `$(name)` and `$(name|…)`, which nearly all are; a fallback goes on to the first closing parenthesis. */
const PLAIN_SUBSTITUTION = /\$\(\s*([\w.-]*)\s*(?:\|([^)]*))?\)/y;

/** The `$(…)` that stands at `at`. */
export function readSubstitution(source: string, { at, depth }: ReadingPosition): LocatedSubstitution {
  PLAIN_SUBSTITUTION.lastIndex = at;
  const [all = '', name = '', fallback] = PLAIN_SUBSTITUTION.exec(source) ?? [];
  const path = all === '' ? undefined : parseVariablePath(name);
  if (path) {
    checkFallback(name, { fallback, source, at });
    const start = source.indexOf(name, at + 2);
    const value = { kind: 'variable', path, at: start, end: start + name.length } as const;
    return { kind: 'substitution', value, at, end: at + all.length, ...(fallback !== undefined && { fallback }) };
  }
  if (all !== '') throw notAName(name, at + 2);
  if (source.indexOf(')', at) < 0) throw notClosed(at);
  return new Parser(source, { at: at + 2, depth: depth + 1 }).parseRestOfSubstitution(at);
}

/** A recursive descent by how strongly operators bind. A bare word is a variable. */
class Parser {
  private readonly tokens: TokenReader;
  private isInEach = false;

  constructor(source: string, place: ReadingPosition) {
    this.tokens = new TokenReader(source, place);
  }

  parseAll(): Expression {
    const expression = this.parse(0);
    const rest = this.tokens.peek('operator');
    if (rest.kind !== 'end') throw this.tokens.unexpected('"and", "or" or the end', rest);
    return expression;
  }

  /** Behind `$(`, which stands at `at`: the value, then `|fallback)` or `)`. */
  parseRestOfSubstitution(at: number): LocatedSubstitution {
    const value = this.parse(0);
    const token = this.tokens.peek('operator');
    if (isSymbol(token, ')')) return { kind: 'substitution', value, at, end: token.end };
    if (token.kind === 'end') throw notClosed(at);
    if (!isSymbol(token, '|')) throw this.tokens.unexpected('an operator, "|" or ")"', token);
    const close = this.tokens.source.indexOf(')', token.end);
    if (close < 0) throw notClosed(at);
    const fallback = this.tokens.source.slice(token.end, close);
    const written = this.tokens.source.slice(value.at, value.end);
    checkFallback(written, { fallback, source: this.tokens.source, at });
    return { kind: 'substitution', value, fallback, at, end: close + 1 };
  }

  private parse(least: number): Expression {
    let left = this.parseOperand();
    let isCompared = false;
    for (let infix = takeInfix(this.tokens, least, false); infix; infix = takeInfix(this.tokens, least, isCompared)) {
      isCompared = isComparison(infix);
      left = this.parseRight(left, infix);
    }
    return left;
  }

  private parseRight(left: Expression, infix: Infix): Expression {
    const { at } = left;
    if (infix.kind === 'is-empty') return { ...infix, operand: left, at, end: this.tokens.at };
    const right = this.parseOtherSide(infix);
    return { ...infix, left, right, at, end: right.end };
  }

  private parseOtherSide(infix: Exclude<Infix, { kind: 'is-empty' }>): Expression {
    if (infix.kind === 'compare') return this.parseCompared(infix.operator);
    if (infix.kind !== 'arithmetic') return this.parse(power[infix.kind] + 1);
    return this.parse(infix.operator === '+' || infix.operator === '-' ? power.product : power.sign);
  }

  private parseCompared(operator: ComparisonOperator): Expression {
    return operator === 'matches' || operator === 'like' ? this.parsePattern(operator) : this.parse(power.sum);
  }

  /** The pattern stands in the text itself: one that a customer could write would be compiled at every step. */
  private parsePattern(operator: 'matches' | 'like'): Expression {
    return this.take(readPattern(this.tokens, operator));
  }

  private parseOperand(): Expression {
    const token = this.tokens.peek('operand');
    const { at, end } = token;
    if (token.kind === 'number') return this.take({ kind: 'literal', value: token.value, at, end });
    if (token.kind === 'string') return this.take(this.textOf(token));
    if (token.kind === 'word') return this.parseWord(token);
    return this.tokens.nested(at, () => this.parseNested(token));
  }

  private parseNested(token: Token): Expression {
    const { at, end } = token;
    if (token.kind === 'substitution') {
      return this.take(readSubstitution(this.tokens.source, { at, depth: this.tokens.depth }));
    }
    this.tokens.at = end;
    if (isSymbol(token, '(')) return this.parseRestOfGroup(at);
    if (isSymbol(token, '[')) {
      const items = this.parseItems(']', () => this.parse(0));
      return { kind: 'list', items, at, end: this.tokens.at };
    }
    if (!isSymbol(token, '-')) throw this.tokens.unexpected('a variable, text or number', token);
    const operand = this.parse(power.sign);
    return { kind: 'negative', operand, at, end: operand.end };
  }

  private parseRestOfGroup(at: number): Expression {
    const inner = this.parse(0);
    const close = this.tokens.peek('operator');
    if (!isSymbol(close, ')')) throw this.tokens.unexpected('")"', close);
    return this.take({ ...inner, at, end: close.end });
  }

  private parseWord({ text, at, end }: Extract<Token, { text: string }>): Expression {
    if (text === 'not') {
      return this.tokens.nested(at, () => {
        this.tokens.at = end;
        const operand = this.parse(power.not);
        return { kind: 'not', operand, at, end: operand.end };
      });
    }
    if (text === 'true' || text === 'false') return this.take({ kind: 'literal', value: text === 'true', at, end });
    if (this.tokens.source.charAt(end) === '(') {
      return this.tokens.nested(at, () => this.parseCall({ name: text, at, nameEnd: end }));
    }
    const path = getBarePath(text, at);
    return this.take({ kind: 'variable', path, at, end, isBare: true });
  }

  private parseCall({ name, at, nameEnd }: { name: string; at: number; nameEnd: number }): Expression {
    const definition = findFunction(name);
    if (!definition) throw unknownFunction(name, at);
    this.tokens.at = nameEnd + 1;
    const args = this.parseItems(')', (index) =>
      this.parseArgument({ name, at }, getParameter(definition, index)?.type),
    );
    const { least, most } = countArguments(definition);
    if (args.length >= least && args.length <= most) {
      examineArguments(definition, args);
      return { kind: 'call', name, args, at, end: this.tokens.at };
    }
    const message = `"${name}" cannot be called with ${args.length} argument${args.length === 1 ? '' : 's'}.`;
    throw new ExpressionFault({ message, at, remedy: `Write ${describeSignature(name, definition)}.` });
  }

  private parseArgument(call: { name: string; at: number }, type: Parameter['type'] | undefined): Expression {
    if (type === 'pattern') return this.parsePattern('matches');
    return type === 'each' ? this.parseEach(call) : this.parse(0);
  }

  /** What is worked out for each item of a list. A list for each item of another would cost the product of both. */
  private parseEach({ name, at }: { name: string; at: number }): Expression {
    if (this.isInEach) throw eachInEach(name, at);
    this.isInEach = true;
    const parsed = this.parse(0);
    this.isInEach = false;
    return asField(parsed);
  }

  /** Items with commas between them, up to the closing sign, which is taken. */
  private parseItems(closing: ')' | ']', parseItem: (index: number) => Expression): Expression[] {
    const items: Expression[] = [];
    let next = this.tokens.peek('operand');
    let hasMore = !isSymbol(next, closing);
    while (hasMore) {
      items.push(parseItem(items.length));
      next = this.tokens.peek('operator');
      hasMore = isSymbol(next, ',');
      if (hasMore) this.tokens.at = next.end;
    }
    if (!isSymbol(next, closing)) throw this.tokens.unexpected(`"," or "${closing}"`, next);
    this.tokens.at = next.end;
    return items;
  }

  /** Quoted text, read where it stands, so that what is in it knows its place; behind an escape that is a little off. */
  private textOf({ text, at, end }: Extract<Token, { kind: 'string' }>): Expression {
    try {
      const template = readTemplate(' '.repeat(at + 1) + text, { at: at + 1, depth: this.tokens.depth });
      return { kind: 'text', template, at, end };
    } catch (error) {
      throw error instanceof ExpressionFault ? new ExpressionFault({ ...error.fault, at }) : error;
    }
  }

  private take(expression: Expression): Expression {
    this.tokens.at = expression.end;
    return expression;
  }
}

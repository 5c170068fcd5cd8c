import { getBlockWays } from '../blocks/block-behaviours.ts';
import { listOptions, type NamedQuestion } from '../blocks/question.ts';
import { longestInput } from '../blocks/read-input.ts';
import { listAskedQuestions } from '../document/asked-questions.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import type { Expression, Substitution, Template } from '../expression/expression.ts';
import { findFunction } from '../expression/functions/functions.ts';
import { getTemplate, valueText } from '../expression/template.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import { worldVariables } from '../expression/world-variables.ts';

/** The most characters that a reference can put in; undefined where nothing bounds it. */
export type LengthBounds = (reference: Substitution) => number | undefined;

const providedLengths: ReadonlyMap<string, number> = new Map(
  worldVariables.flatMap(({ name, maxLength }): [string, number][] =>
    maxLength === undefined ? [] : [[name, maxLength]],
  ),
);

/** Variables that are set from others are followed so far; what is behind has no bound. JavaScript's stack ends too. */
const LONGEST_CHAIN = 200;

/** Bounds what is put into texts: what the world provides, and variables that only Set Variable sets, from bounded texts. */
export function createLengthBounds({ blocks }: ScenarioDocument): LengthBounds {
  const values = collectValues(blocks);
  const inputs = collectInputs(blocks);
  const customerTexts = collectReplies(blocks, inputs);
  const bounds = new Map<string, number | undefined>();
  let chain = 0;

  const boundOf = (variable: string): number | undefined => {
    if (customerTexts.has(variable) || bounds.has(variable) || chain > LONGEST_CHAIN) return bounds.get(variable);
    // While its values are looked at: one that is set from itself has no bound.
    bounds.set(variable, undefined);
    chain += 1;
    const bound = longest([providedLengths.get(variable) ?? 0, ...lengthsSet(variable)]);
    chain -= 1;
    bounds.set(variable, bound);
    return bound;
  };
  const lengthsSet = (variable: string): (number | undefined)[] => [
    ...(values.get(variable) ?? []).map(expressionBound),
    ...(inputs.get(variable) ?? []).map((length) =>
      typeof length === 'number' ? length : longest(length.map(templateBound)),
    ),
  ];
  const expressionBound = (expression: Expression): number | undefined => {
    if (expression.kind === 'variable') return boundOf(expression.path.join('.'));
    if (expression.kind === 'substitution') return referenceBound(expression);
    if (expression.kind === 'text') return templateBound(expression.template);
    if (expression.kind === 'call') return callBound(expression);
    return expression.kind === 'list' ? undefined : LONGEST_NUMBER;
  };
  const callBound = ({ name, args }: Extract<Expression, { kind: 'call' }>): number | undefined => {
    if (name === 'if') return longest(args.slice(1).map(expressionBound));
    if (name === 'default') return longest(args.map(expressionBound));
    const [first] = args;
    if (first && shortening.has(name)) return expressionBound(first);
    const gives = findFunction(name)?.gives;
    if (gives === 'date') return LONGEST_MOMENT;
    return gives === 'number' || gives === 'boolean' ? LONGEST_NUMBER : undefined;
  };
  const templateBound = (template: Template): number | undefined =>
    sum(template.map((part) => (typeof part === 'string' ? part.length : referenceBound(part))));
  const referenceBound: LengthBounds = ({ value, fallback = '' }) => longest([expressionBound(value), fallback.length]);
  return referenceBound;
}

/** What is calculated is a count or a sum: -123456.78, true or false. Nobody is told -1.7976931348623157e+308. */
const LONGEST_NUMBER = 10;

/** 2026-05-03T14:30:00Z. */
const LONGEST_MOMENT = 20;

/** Functions whose text is not longer than their first argument's. */
const shortening: ReadonlySet<string> = new Set(['lower', 'trim', 'capitalize', 'slice', 'digits', 'extract', 'part']);

function collectValues(blocks: readonly ScenarioBlock[]): Map<string, Expression[]> {
  const values = new Map<string, Expression[]>();
  for (const block of blocks) {
    if (block.type !== 'set-variable') continue;
    for (const [variable, value] of Object.entries(block.fields)) {
      const expression = getValueExpression(typeof value === 'string' ? value : valueText(value));
      values.set(variable, [...(values.get(variable) ?? []), expression]);
    }
  }
  return values;
}

/** An input's length, or the texts that it is one of. */
type InputLength = number | readonly Template[];

/** Replies of a type that bounds them, by the variable that they become. */
function collectInputs(blocks: readonly ScenarioBlock[]): Map<string, InputLength[]> {
  const inputs = new Map<string, InputLength[]>();
  for (const question of blocks.flatMap(listAskedQuestions)) {
    const length = boundInput(question);
    if (length !== undefined) inputs.set(question.into, [...(inputs.get(question.into) ?? []), length]);
  }
  return inputs;
}

/** A choice is one of its values; the others are as long as `read-input.ts` takes them. */
function boundInput(question: NamedQuestion): InputLength | undefined {
  const { type = 'text' } = question;
  if (type === 'choice' || type === 'rating') return listOptions(question).map(({ value }) => getTemplate(value));
  return longestInput[type];
}

/** What the customer or an operation put in, and nothing bounds. */
function collectReplies(blocks: readonly ScenarioBlock[], inputs: ReadonlyMap<string, unknown>): Set<string> {
  return new Set(
    blocks.flatMap((block) => {
      const asked = listAskedQuestions(block);
      const isBounded = (name: string): boolean =>
        inputs.has(name) && asked.some((question) => question.into === name && boundInput(question) !== undefined);
      return getBlockWays(block).ways.flatMap(({ by, sets = [] }) =>
        by === 'customer' || by === 'answer' ? sets.filter((name) => !isBounded(name)) : [],
      );
    }),
  );
}

function longest(lengths: readonly (number | undefined)[]): number | undefined {
  return lengths.reduce<number | undefined>(
    (most, length) => (most === undefined || length === undefined ? undefined : Math.max(most, length)),
    0,
  );
}

function sum(lengths: readonly (number | undefined)[]): number | undefined {
  return lengths.reduce<number | undefined>(
    (total, length) => (total === undefined || length === undefined ? undefined : total + length),
    0,
  );
}

import { getBlockWays } from '../blocks/block-behaviours.ts';
import { isEachList } from '../blocks/list-items.ts';
import { valueOfChoice } from '../blocks/question.ts';
import type { QuestionFields } from '../blocks/request-input-schema.ts';
import { listAskedQuestions } from '../document/asked-questions.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { toStaticType } from '../document/parameters.ts';
import { inferType, type TypeOfVariable } from '../expression/infer-type.ts';
import { anything, ofKind, ofValueType, oneOf, unite, type StaticType } from '../expression/static-type.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import type { WorldVariable } from '../expression/world-variable.ts';
import { worldVariables } from '../expression/world-variables.ts';

/** What sets a variable: a type, or one that has to be worked out from those of others. */
type Source = (typeOf: TypeOfVariable) => StaticType;

/** Variables that are set from others are followed so far: JavaScript's stack ends too. */
const LONGEST_CHAIN = 200;

/** What every variable of a scenario can be, by everything that sets it anywhere; the order of the blocks is not looked at. */
export function inferVariableTypes(document: ScenarioDocument): TypeOfVariable {
  const sources = collectSources(document);
  const known = new Map<string, StaticType>();
  let chain = 0;
  const typeOf: TypeOfVariable = (name) => {
    const earlier = known.get(name);
    if (earlier) return earlier;
    if (chain > LONGEST_CHAIN) return anything;
    // While its sources are looked at: one that is set from itself may be anything.
    known.set(name, anything);
    chain += 1;
    const type = unite((sources.get(name) ?? []).map((source) => source(typeOf)));
    chain -= 1;
    known.set(name, type);
    return type;
  };
  return typeOf;
}

function collectSources({ blocks, inputs = {} }: ScenarioDocument): Map<string, Source[]> {
  const sources = new Map<string, Source[]>();
  const add = (name: string, source: Source): void => {
    // The parts of a map or a list that nobody knows: what it is itself stands beside.
    if (name.endsWith('.*')) return;
    sources.set(name, [...(sources.get(name) ?? []), source]);
    // A map that a part is put into, and the parts of what is set as a whole, are not followed.
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      sources.set(name.slice(0, dot), [() => anything]);
  };
  for (const variable of worldVariables) if (!variable.setBy) add(variable.name, () => worldType(variable));
  for (const [name, { type }] of Object.entries(inputs)) add(name, () => toStaticType(type));
  for (const block of blocks) for (const [name, source] of listSources(block)) add(name, source);
  return sources;
}

function listSources(block: ScenarioBlock): [string, Source][] {
  if (block.type === 'if' || block.type === 'switch') return [];
  if (block.type === 'set-variable') {
    return Object.entries(block.fields).map(([name, value]) => [name, (typeOf) => valueType(value, typeOf)]);
  }
  const asked = new Map(listAskedQuestions(block).map((question) => [question.into, question]));
  return getBlockWays(block).ways.flatMap(({ sets = [], types = {} }) =>
    sets.map((name): [string, Source] => {
      const question = asked.get(name);
      return [name, () => (question ? inputType(question) : declaredType(name, types))];
    }),
  );
}

function declaredType(
  name: string,
  types: NonNullable<ReturnType<typeof getBlockWays>['ways'][number]['types']>,
): StaticType {
  const declared = types[name];
  if (declared !== undefined) return ofValueType(declared);
  const world = worldVariables.find((variable) => variable.name === name);
  return world ? worldType(world) : anything;
}

function worldType({ type, values, isWords }: WorldVariable): StaticType {
  if (values) return oneOf(values);
  return isWords ? ofKind('words') : ofValueType(type);
}

/** What a value that an author wrote can be. */
export function valueType(value: string | number | boolean, typeOf: TypeOfVariable): StaticType {
  if (typeof value === 'string') return inferType(getValueExpression(value), typeOf);
  return ofKind(typeof value === 'number' ? 'number' : 'boolean');
}

const inputTypes: Readonly<Record<Exclude<NonNullable<QuestionFields['type']>, 'choice'>, StaticType>> = {
  text: ofKind('text'),
  email: ofKind('words'),
  phone: ofKind('text'),
  number: ofKind('number'),
  rating: ofKind('number'),
  date: ofKind('date'),
  file: ofKind('words'),
  location: ofKind('map'),
};

function inputType({ type = 'text', choices = [] }: QuestionFields): StaticType {
  if (type !== 'choice') return inputTypes[type];
  if (isEachList(choices)) return anything;
  const values = choices.map(valueOfChoice);
  return values.some((value) => value.includes('$(')) ? ofKind('text') : oneOf(values);
}

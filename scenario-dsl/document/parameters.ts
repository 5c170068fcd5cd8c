import type { StaticType } from '../expression/static-type.ts';

/** What the value of an input or a result can be; `any` says nothing. */
export const PARAMETER_TYPES = ['text', 'number', 'boolean', 'date', 'list', 'map', 'any'] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A variable that whoever starts a scenario gives it. */
export interface ScenarioInput {
  type: ParameterType;
  /** May be left out: it is read with a fallback. */
  optional?: true;
}

interface WithInputs {
  inputs?: Readonly<Record<string, ScenarioInput>>;
}

/** The inputs that have to be given. */
export function listRequiredInputs({ inputs = {} }: WithInputs): string[] {
  return Object.entries(inputs).flatMap(([name, { optional }]) => (optional ? [] : [name]));
}

/** What is set when a scenario begins with these inputs; the parts of what may be a map or a list are known to its author. */
export function listSetByInputs({ inputs = {} }: WithInputs, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    ['map', 'list', 'any'].includes(inputs[name]?.type ?? '') ? [name, `${name}.*`] : [name],
  );
}

export function toStaticType(type: ParameterType): StaticType {
  return { kinds: new Set([type]) };
}

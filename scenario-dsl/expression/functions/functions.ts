import { dateFunctions } from './date-functions.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';

/** Every function of the language by its name: what runs, what is checked, and what docs/scenario-expressions.md tells. */
const functionTable: Readonly<Record<string, FunctionDefinition>> = {
  ...textFunctions,
  ...numberFunctions,
  ...dateFunctions,
  ...listFunctions,
};

export const functionNames: readonly string[] = Object.keys(functionTable);

export function findFunction(name: string): FunctionDefinition | undefined {
  return Object.hasOwn(functionTable, name) ? functionTable[name] : undefined;
}

/** As an author reads it: `slice(text, start, length?)`. */
export function describeSignature(name: string, { parameters }: FunctionDefinition): string {
  const shown = parameters.map((parameter) => {
    if (parameter.repeats) return `${parameter.name}…`;
    return parameter.isOptional ? `${parameter.name}?` : parameter.name;
  });
  return `${name}(${shown.join(', ')})`;
}

/** How few and how many arguments it takes. */
export function countArguments({ parameters }: FunctionDefinition): { least: number; most: number } {
  const least = parameters.filter(({ isOptional }) => !isOptional).length;
  return { least, most: parameters.some(({ repeats }) => repeats) ? Infinity : parameters.length };
}

/** The parameter that takes an argument; the last one takes all further ones. */
export function getParameter(
  { parameters }: FunctionDefinition,
  index: number,
): FunctionDefinition['parameters'][number] | undefined {
  return parameters[index] ?? parameters.at(-1);
}

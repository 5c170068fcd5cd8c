import type { ScenarioDocument } from '../document/document.ts';
import { listRequiredInputs, type ParameterType } from '../document/parameters.ts';
import { findVariable, getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import { StepMismatch } from './step-mismatch.ts';

const sampleValues: Readonly<Record<ParameterType, unknown>> = {
  text: 'given',
  number: 1,
  boolean: true,
  date: '2027-01-15',
  list: ['given'],
  map: {},
  any: 'given',
};

/**
 * Whoever starts a scenario gives its inputs, a test as well.
 * @throws StepMismatch for one that has to be given and is not
 */
export function checkInputs(variables: Variables, document: ScenarioDocument): void {
  const missing = findMissingInput(variables, document);
  if (missing === undefined) return;
  throw new StepMismatch(
    `The scenario needs its input "${missing}". Give it to the test, or to all of the file: "variables: { ${missing}: … }".`,
  );
}

/** The first input that has to be given and is not. */
export function findMissingInput(variables: Variables, document: ScenarioDocument): string | undefined {
  return listRequiredInputs(document).find((input) => findVariable(variables, getVariablePath(input)) === undefined);
}

/** Some value for every input, where nobody says which. */
export function sampleInputs({ inputs = {} }: ScenarioDocument): Variables {
  return Object.entries(inputs).reduce<Variables>(
    (variables, [name, { type }]) => withVariable(variables, getVariablePath(name), sampleValues[type]),
    {},
  );
}

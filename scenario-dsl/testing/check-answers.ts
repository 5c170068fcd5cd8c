import { OPERATIONS } from '../../contracts/operations.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { TestAnswers } from './test-file-schema.ts';

const operations = Object.keys(OPERATIONS);

/**
 * An answer that nobody asks for is a slip of the pen, and the test would pass by luck.
 * @throws StepMismatch for what is neither a block of the scenario, nor an operation, nor `*`
 */
export function checkAnswers(answers: TestAnswers, { blocks }: ScenarioDocument): void {
  const ids = blocks.map(({ id }) => id);
  const unknown = Object.keys(answers).find((key) => key !== '*' && !ids.includes(key) && !operations.includes(key));
  if (unknown === undefined) return;
  // Of a started scenario's block the author knows the name that it has there.
  const inner = ids.find((id) => id.endsWith(`/${unknown}`));
  const nearest = inner ?? findNearestName(unknown, [...ids, ...operations]);
  const remedy = nearest === undefined ? `Operations: ${operations.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw new StepMismatch(`"answers" names "${unknown}", which is no block and no operation. ${remedy}`);
}

import type { Mismatch } from './transcript.ts';

/** Leaves a test at the step that did not go as it says; never leaves `run-test.ts`. */
export class StepMismatch extends Error {
  override readonly name = 'StepMismatch';
  readonly mismatch: Mismatch;

  constructor(message: string, difference: { expected?: string[]; actual?: string[] } = {}) {
    super(message);
    this.mismatch = { message, expected: difference.expected ?? [], actual: difference.actual ?? [] };
  }
}

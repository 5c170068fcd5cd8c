import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Begun last, one of these would run alone at the end. A clean clone has no times of an earlier run to go by. */
const LONGEST = [
  'fuzz-source.test.ts',
  'schemathesis.test.ts',
  'fault-run.test.ts',
  'killed-worker.test.ts',
  'start.test.ts',
];

/**
 * Starts the longest files of a group first, then those that run the whole product, then the others; among equals, as
 * Vitest does, those that failed or were slow the last time.
 */
export class LongestFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's sort, not an array's
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => groupOf(one) - groupOf(other) || rankOf(one) - rankOf(other));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function rankOf({ project, moduleId }: TestSpecification): number {
  const rank = LONGEST.indexOf(path.basename(moduleId));
  if (rank >= 0) return rank;
  return LONGEST.length + (project.name === 'stack' ? 0 : 1);
}

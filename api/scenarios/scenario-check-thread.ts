/** Runs in threads of `scenario-checks.ts`. */
import { yieldProcessor } from '../../adapters/threads/yield-processor.ts';
import type { BlockChange } from '../../contracts/publication-report.ts';
import type { CheckOptions } from '../../scenario-dsl/checks/check-report.ts';
import { checkSource, type CheckReport } from '../../scenario-dsl/checks/check-source.ts';
import { compareSources } from '../../scenario-dsl/edit/compare-graphs.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';

yieldProcessor();

export function parse(source: string): ReturnType<typeof parseScenario> {
  return parseScenario(source);
}

export function check({ source, options }: { source: string; options: CheckOptions }): CheckReport {
  return checkSource(source, options);
}

export function compare({ before, after }: { before: string | undefined; after: string }): BlockChange[] {
  return compareSources(before, after);
}

import { checkSource } from '../../scenario-dsl/checks/check-source.ts';
import { toCheckConfiguration } from '../scenarios/check-configuration.ts';
import { errorsOf, toInputProblem } from '../scenarios/judge-scenario.ts';
import type { Draft } from './draft.ts';

/**
 * Runs the checks before publishing on the scenarios of a draft, with the agents and services as they would be. Errors
 * refuse what would be published anew; of what is in force already everything is a warning.
 */
export function checkScenarios(draft: Draft): void {
  const { users, services } = draft.items;
  const configuration = toCheckConfiguration({ users: users.values(), services: services.values() });
  for (const { source, document, version, index } of draft.parsedScenarios) {
    const report = checkSource(source, { configuration });
    const isInForce = draft.stored.scenarioHead(document.scenario)?.version === version;
    const errors = isInForce ? [] : errorsOf(report);
    const place = `documents.${index}.source`;
    draft.problems.push(...errors.map((problem) => toInputProblem(problem, place)));
    const warnings = report.problems.filter((problem) => !errors.includes(problem));
    if (warnings.length > 0) {
      draft.warnings.set(
        document.scenario,
        warnings.map((problem) => toInputProblem(problem, place)),
      );
    }
  }
}

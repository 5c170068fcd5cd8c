import type { ScenariosRepository } from '../../adapters/mongo/configuration/scenarios-repository.ts';
import type { MediaFile } from '../../contracts/media-file.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { toCheckConfiguration } from '../scenarios/check-configuration.ts';
import { errorsOf, toInputProblem } from '../scenarios/assess-scenario.ts';
import type { ScenarioChecks } from '../scenarios/scenario-checks.ts';
import { collectLibrary } from '../scenarios/scenario-library.ts';
import type { ProposedConfiguration } from './proposed-configuration.ts';

type Published = Pick<ScenariosRepository, 'findByVersion'>;
type Deps = { published: Published; scenarioChecks: ScenarioChecks; files: readonly MediaFile[] };

/**
 * Runs the checks before publishing on the scenarios of a draft, with the agents and services as they would be. Errors
 * refuse what would be published anew; of what is in force already everything is a warning.
 */
export async function checkScenarios(
  { published, scenarioChecks, files }: Deps,
  proposed: ProposedConfiguration,
): Promise<void> {
  const { users, teams, services, entries, hours, bots, models, secrets } = proposed.items;
  const configuration = toCheckConfiguration({
    users: users.values(),
    services: services.values(),
    entries: entries.values(),
    hours: hours.values(),
    bots: bots.values(),
    teams: teams.values(),
    models: models.values(),
    secrets: secrets.values(),
    files,
  });
  for (const { source, document, version, index } of proposed.parsedScenarios) {
    const scenarios = await collectLibrary(document, (name) => findDrafted(proposed, published, name));
    const report = await scenarioChecks.check(source, { configuration, scenarios });
    const isInForce = proposed.stored.scenarioHead(document.scenario)?.version === version;
    const errors = isInForce ? [] : errorsOf(report);
    const place = `documents.${index}.source`;
    proposed.problems.push(...errors.map((problem) => toInputProblem(problem, place)));
    const warnings = report.problems.filter((problem) => !errors.includes(problem));
    if (warnings.length > 0) {
      proposed.warnings.set(
        document.scenario,
        warnings.map((problem) => toInputProblem(problem, place)),
      );
    }
  }
}

/** A scenario as it would be in force: of this request, else as it is published. */
async function findDrafted(
  proposed: ProposedConfiguration,
  published: Published,
  name: string,
): Promise<ScenarioDocument | undefined> {
  const drafted = proposed.parsedScenarios.find(({ document }) => document.scenario === name);
  if (drafted) return drafted.document;
  const version = proposed.stored.scenarioHead(name)?.version;
  return version === undefined ? undefined : (await published.findByVersion(version))?.document;
}

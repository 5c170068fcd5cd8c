import type { ScenariosRepository } from '../../adapters/mongo/configuration/scenarios-repository.ts';
import type { InputProblem } from '../../contracts/app-error.ts';
import { listMissingTexts } from '../../contracts/chat-settings.ts';
import type { MediaFile } from '../../contracts/media-file.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { listRequiredInputs } from '../../scenario-dsl/document/parameters.ts';
import { toCheckConfiguration } from '../scenarios/check-configuration.ts';
import { errorsOf, toInputProblem } from '../scenarios/assess-scenario.ts';
import type { ScenarioChecks } from '../scenarios/scenario-checks.ts';
import { collectLibrary } from '../scenarios/scenario-library.ts';
import type { Entry } from '../../adapters/mongo/configuration/configuration-items.ts';
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
  const { roles, users, teams, services, entries, accounts, chatSettings, hours, bots, models, surveys, secrets } =
    proposed.items;
  const configuration = toCheckConfiguration({
    roles: roles.values(),
    users: users.values(),
    services: services.values(),
    entries: entries.values(),
    accounts: accounts.values(),
    chatSettings: chatSettings.values(),
    hours: hours.values(),
    bots: bots.values(),
    teams: teams.values(),
    models: models.values(),
    surveys: surveys.values(),
    secrets: secrets.values(),
    files,
  });
  for (const { source, document, version, index } of proposed.parsedScenarios) {
    const scenarios = await collectLibrary(document, (name) => findDrafted(proposed, published, name));
    const report = await scenarioChecks.check(source, { configuration, scenarios, version });
    proposed.reports.set(document.scenario, report);
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
  await checkEntries(published, proposed);
}

/**
 * An entry gives the scenario that it begins nothing, and says what it says in that one's languages. One whose scenario is
 * published with it is told there; of one that began with this scenario before, its texts alone are looked at.
 */
async function checkEntries(published: Published, proposed: ProposedConfiguration): Promise<void> {
  const isTold = ({ scenario }: Entry): boolean =>
    proposed.parsedScenarios.some(
      ({ document, version }) =>
        document.scenario === scenario && proposed.stored.scenarioHead(scenario)?.version !== version,
    );
  for (const [index, origin] of proposed.origins.entries()) {
    const entry = origin?.kind === 'entry' ? proposed.items.entries.get(origin.key) : undefined;
    if (!entry) continue;
    const document = await findBegun(proposed, published, entry);
    if (!document) continue;
    const place = `documents.${index}`;
    proposed.problems.push(...lackingTexts(entry, document, place));
    const before = proposed.stored.entries().find(({ name }) => name === entry.name);
    if (before?.scenario !== entry.scenario && !isTold(entry))
      proposed.problems.push(...needed(entry, document, place));
  }
}

function needed({ scenario }: Entry, document: ScenarioDocument, place: string): InputProblem[] {
  const [input] = listRequiredInputs(document);
  if (input === undefined) return [];
  return [
    {
      path: `${place}.scenario`,
      message: `scenario "${scenario}" needs $(${input}), which an entry does not give`,
      remedy: `Name a scenario that starts this one and gives it, or say "optional: true" in its inputs and read $(${input}|…).`,
    },
  ];
}

/** A text in several languages lacks none of those that its scenario speaks. */
function lackingTexts(entry: Entry, { scenario, languages }: ScenarioDocument, place: string): InputProblem[] {
  return listMissingTexts(entry, languages).map(({ setting, languages: missing }) => ({
    path: `${place}.${setting}`,
    message: `is missing in ${missing.join(', ')}, which scenario "${scenario}" speaks`,
    remedy: `Add ${missing.map((code) => `${code}: …`).join(', ')}.`,
  }));
}

/** The scenario that an entry begins: at its version, where it is pinned to one. */
async function findBegun(
  proposed: ProposedConfiguration,
  published: Published,
  { scenario, pinnedVersion }: Entry,
): Promise<ScenarioDocument | undefined> {
  if (pinnedVersion === undefined) return findDrafted(proposed, published, scenario);
  const drafted = proposed.parsedScenarios.find(({ version }) => version === pinnedVersion);
  return drafted?.document ?? (await published.findByVersion(pinnedVersion))?.document;
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

import { AppError } from '../../contracts/app-error.ts';
import type { ScenarioPin } from '../../contracts/scenario-move.ts';
import { compileScenario, type CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import type { AppDependencies } from '../dependencies.ts';

/** A version with those of the scenarios that it starts, as its conversations run it. @throws AppError NOT_FOUND */
export async function compilePin(
  { store }: Pick<AppDependencies, 'store'>,
  { version, scenarios }: ScenarioPin,
): Promise<CompiledScenario> {
  const find = async (of: string): Promise<ScenarioDocument> => {
    const found = await store.scenarios.findByVersion(of);
    if (!found) throw new AppError('NOT_FOUND', { message: `The text of version ${of} is gone.` });
    return found.document;
  };
  const document = await find(version);
  if (!scenarios) return compileScenario(document);
  const rows = Object.entries(scenarios).map(async ([name, pinned]) => [name, await find(pinned)] as const);
  return compileScenario(document, { scenarios: Object.fromEntries(await Promise.all(rows)) });
}

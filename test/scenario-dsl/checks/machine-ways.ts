import { buildFlow } from '../../../scenario-dsl/checks/flow.ts';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { runState } from '../../../scenario-dsl/machine/run-setup.ts';

type StateNode = ReturnType<typeof compileScenario>['machine']['root'];

/** Every way out of every block, with where it leads, as the compiled machine has it; the loop bound's apart. */
export function listMachineWays(document: ScenarioDocument): Set<string> {
  const { machine } = compileScenario(document);
  return new Set(
    document.blocks.flatMap(({ id }) => waysOf(machine.getStateNodeById(id)).map((way) => `${id}: ${way}`)),
  );
}

/** The same as the checks have it: what a block's `ways` says. */
export function listFlowWays(document: ScenarioDocument): Set<string> {
  const flow = buildFlow(document);
  return new Set(document.blocks.flatMap(({ id }) => flow.waysFrom(id).map(({ way, to }) => `${id}: ${way} → ${to}`)));
}

/** At any depth. */
function waysOf(node: StateNode): string[] {
  const own = [...(node.always ?? []), ...[...node.transitions.values()].flat()];
  const out = own.flatMap(({ target, meta }) =>
    (target ?? [])
      .filter(({ id }) => meta && id !== runState.failed)
      .map(({ id }) => `${String(meta?.['way'])} → ${id}`),
  );
  return [...out, ...Object.values(node.states).flatMap((inner) => waysOf(inner))];
}

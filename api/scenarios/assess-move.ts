import type { RunningConversation } from '../../adapters/mongo/scenario-moves-repository.ts';
import type { LiveScenario } from '../../contracts/actor-messages.ts';
import type { BlockMap, MoveKind, MoveRefusal, ScenarioPin } from '../../contracts/scenario-move.ts';
import type { MoveImpact } from '../../contracts/scenario-move-schema.ts';
import { compileScenario, type CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import type { ScenarioLibrary } from '../../scenario-dsl/document/expand-scenarios.ts';
import { decideMove, isSamePin, keyOfPin, type EarlierMove } from '../../scenario-dsl/move/decide-move.ts';
import { planBlocks } from '../../scenario-dsl/move/map-blocks.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import type { AppDependencies } from '../dependencies.ts';
import { askWhere, countOutcomes } from './ask-where.ts';
import { compilePin } from './compile-pin.ts';
import { isShown } from './present-blocks.ts';

/** Conversations asked where they are, for one report, and at the same time. */
const MOST = 2000;
const AT_ONCE = 16;

/** A version that conversations may go to. */
export interface MoveTarget {
  pin: ScenarioPin;
  document: ScenarioDocument;
  library: ScenarioLibrary;
}

interface Outcome {
  outcome: MoveKind | MoveRefusal;
  to?: string;
  isOver: boolean;
}

type Deps = Pick<AppDependencies, 'actors' | 'scenarioMoves' | 'store' | 'now' | 'logger'>;

/**
 * What would become of each running conversation: every one is asked where it is, and moved in the pure engine, as it would be itself. Nobody
 * is moved.
 */
export async function assessMove(
  deps: Deps,
  { target, blocks, exceptEntries }: { target: MoveTarget; blocks: BlockMap; exceptEntries: string[] },
): Promise<MoveImpact> {
  const { pin } = target;
  const of = { scenario: pin.name, exceptVersion: pin.version, exceptEntries };
  const running = await deps.scenarioMoves.listRunning({ ...of, limit: MOST });
  const count = running.length < MOST ? running.length : await deps.scenarioMoves.countRunning(of);
  const dryRun = createDryRun(deps, { target, blocks });
  const rows: { conversation: RunningConversation; version: string; block: string; outcome: Outcome }[] = [];
  for (let at = 0; at < running.length; at += AT_ONCE) {
    const asked = running.slice(at, at + AT_ONCE).map(async (conversation) => {
      return { conversation, ...(await dryRun.look(conversation)) };
    });
    rows.push(...(await Promise.all(asked)));
  }
  return {
    running: count,
    looked: rows.length,
    counts: countOutcomes(rows.map(({ outcome }) => outcome)),
    groups: groupRows(rows, dryRun),
    blocks: dryRun.to.blocks.filter(isShown).map(({ id, title = null, type }) => ({ id, title, type })),
  };
}

interface DryRun {
  to: CompiledScenario;
  look(conversation: RunningConversation): Promise<{ version: string; block: string; outcome: Outcome }>;
  /** Of a version that was looked at: what a block is called, and where it goes. */
  describe(version: string, block: string): { title: string | null; target: string | null };
}

/** Versions are compiled once for a report. */
function createDryRun(deps: Deps, { target, blocks }: { target: MoveTarget; blocks: BlockMap }): DryRun {
  const to = compileScenario(target.document, { scenarios: target.library });
  const compiled = new Map<string, Promise<CompiledScenario>>();
  const described = new Map<string, { scenario: CompiledScenario; plan: BlockMap }>();

  async function versionOf(pin: ScenarioPin): Promise<CompiledScenario> {
    const key = keyOfPin(pin);
    const found = compiled.get(key) ?? compilePin(deps, pin);
    compiled.set(key, found);
    const scenario = await found;
    if (!described.has(pin.version)) described.set(pin.version, { scenario, plan: planBlocks(scenario, to, blocks) });
    return scenario;
  }

  return {
    to,
    async look({ workflowId, version, block, conversationId }) {
      const live = await askWhere(deps, workflowId);
      if (live === 'away') return { version, block, outcome: stays('busy') };
      if (live?.conversationId !== conversationId) return { version, block, outcome: stays('ended') };
      const { scenario: pin } = live;
      if (isSamePin(pin, target.pin)) return { version: pin.version, block, outcome: stays('there') };
      const state = live.state as ScenarioState;
      const from = await versionOf(pin);
      const moved = decideMove({ from, to, pin: target.pin, blocks, state, earlier: earlierOf(live), now: deps.now() });
      const outcome: Outcome =
        moved.outcome === 'refused'
          ? stays(moved.reason)
          : { outcome: moved.outcome, to: moved.step.block, isOver: moved.step.status === 'done' };
      return { version: pin.version, block: moved.block, outcome };
    },
    describe(version, block) {
      const { scenario, plan } = described.get(version) ?? {};
      const title = scenario?.blocks.find(({ id }) => id === block)?.title ?? null;
      return { title, target: plan?.[block] ?? null };
    },
  };
}

function stays(outcome: MoveRefusal): Outcome {
  return { outcome, isOver: false };
}

/** The conversation actor's own, as it keeps it. */
function earlierOf({ earlier }: LiveScenario): EarlierMove | undefined {
  return earlier as EarlierMove | undefined;
}

function groupRows(
  rows: readonly { version: string; block: string; outcome: Outcome }[],
  { describe }: Pick<DryRun, 'describe'>,
): MoveImpact['groups'] {
  const groups = new Map<string, MoveImpact['groups'][number]>();
  for (const { version, block, outcome } of rows) {
    const key = JSON.stringify([version, block]);
    const group = groups.get(key) ?? { version, block, count: 0, outcomes: [], ...describe(version, block) };
    groups.set(key, group);
    group.count += 1;
    const known = group.outcomes.find((each) => each.outcome === outcome.outcome && each.to === outcome.to);
    if (known) known.count += 1;
    else group.outcomes.push({ ...outcome, count: 1 });
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
}

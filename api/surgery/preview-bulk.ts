import type { OperableConversation } from '../../adapters/mongo/timer-board.ts';
import type { BulkOutcome, BulkSurgery } from '../../contracts/bulk-surgery.ts';
import type { BulkPreview } from '../../contracts/bulk-surgery-schema.ts';
import { canTurn, type ConversationTimer } from '../../contracts/conversation-timer.ts';
import type { LiveScenario } from '../../contracts/actor-messages.ts';
import type { Surgery } from '../../contracts/surgery.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { keyOfPin } from '../../scenario-dsl/move/decide-move.ts';
import { operateRun } from '../../scenario-dsl/move/operate-run.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import type { AppDependencies } from '../dependencies.ts';
import { askWhere, countOutcomes } from '../scenarios/ask-where.ts';
import { compilePin } from '../scenarios/compile-pin.ts';
import { createTitles } from './block-titles.ts';

/** Conversations that are asked where they are at the same time. */
const AT_ONCE = 16;

/** A conversation of an operation; `at`: epoch milliseconds. */
export interface Meant {
  conversation: OperableConversation;
  timer?: Pick<ConversationTimer, 'id' | 'at'>;
}

interface Looked {
  scenario: string | null;
  version: string | undefined;
  block: string | null;
  outcome: BulkOutcome;
  to: string | null;
  isOver: boolean;
}

type Deps = Pick<AppDependencies, 'actors' | 'logger' | 'now' | 'store'>;

/** What it would come to for each: every one is asked where it is, and the pure engine does there what it would do itself. Nothing is done. */
export async function previewBulk(
  deps: Deps,
  { surgery, meant, found }: { surgery: BulkSurgery; meant: readonly Meant[]; found: number },
): Promise<BulkPreview> {
  const dryRun = createDryRun(deps, surgery);
  const rows: Looked[] = [];
  for (let at = 0; at < meant.length; at += AT_ONCE)
    rows.push(...(await Promise.all(meant.slice(at, at + AT_ONCE).map((one) => dryRun(one)))));
  return {
    found,
    looked: rows.length,
    counts: countOutcomes(rows),
    groups: await groupRows(deps, rows),
    items: meant.flatMap((one, index) => (rows[index]?.outcome === 'done' ? [toItem(one, rows[index])] : [])),
  };
}

function toItem({ conversation: { conversationId }, timer }: Meant, { block }: Looked): BulkPreview['items'][number] {
  return {
    conversationId,
    ...(timer ? { timer: timer.id, at: new Date(timer.at).toISOString() } : block !== null && { block }),
  };
}

/** Versions are compiled once for a preview. */
function createDryRun(deps: Deps, surgery: BulkSurgery): (of: Meant) => Promise<Looked> {
  const compiled = new Map<string, Promise<CompiledScenario>>();

  function scenarioOf({ scenario: pin }: LiveScenario): Promise<CompiledScenario> {
    const key = keyOfPin(pin);
    const found = compiled.get(key) ?? compilePin(deps, pin);
    compiled.set(key, found);
    return found;
  }

  return async (meant) => {
    const { conversation } = meant;
    const live = await askWhere(deps, conversation.workflowId);
    if (live === 'away') return { ...toldOf(conversation), outcome: 'away' };
    if (live?.conversationId !== conversation.conversationId) return { ...toldOf(conversation), outcome: 'ended' };
    const { name, version } = live.scenario;
    const standing = { ...NOWHERE, scenario: name, version, block: blockOf(live.state as ScenarioState) };
    return { ...standing, ...(await dryRun(live, meant)) };
  };

  async function dryRun(live: LiveScenario, meant: Meant): Promise<Pick<Looked, 'outcome'> & Partial<Looked>> {
    const state = live.state as ScenarioState;
    const refusal = judgeTimer(surgery, meant, live.timers ?? []);
    const ordered = toSurgery(surgery, meant.timer?.id);
    if (refusal !== undefined || !ordered) return { outcome: refusal ?? 'no-timer' };
    // A clock of the conversation itself: what follows is not the scenario's to say.
    if (meant.timer && !state.deadlines.some(({ id }) => id === meant.timer?.id))
      return { outcome: 'done', to: blockOf(state) };
    const operated = operateRun({ scenario: await scenarioOf(live), state, now: deps.now() }, ordered);
    if (operated.outcome === 'refused') return { outcome: operated.reason };
    const { block: to, status } = operated.step;
    return { outcome: 'done', to, isOver: status !== 'running' };
  }
}

const NOWHERE = { to: null, isOver: false } as const;

/** As the record says, where the conversation itself says nothing. */
function toldOf({ scenario, block }: OperableConversation): Omit<Looked, 'outcome'> {
  return { ...NOWHERE, scenario: scenario?.name ?? null, version: scenario?.version, block: block ?? null };
}

const blockOf = ({ snapshot }: ScenarioState): string => snapshot.context.block;

/** Why a timer cannot be turned; undefined where it can, or none is meant. */
function judgeTimer(
  { kind }: BulkSurgery,
  { timer }: Meant,
  timers: readonly ConversationTimer[],
): BulkOutcome | undefined {
  if (kind !== 'fire-timer' && kind !== 'put-off-timer') return undefined;
  const pending = timers.find(({ id }) => id === timer?.id);
  if (!pending || !timer) return 'no-timer';
  if (pending.at !== timer.at) return 'changed';
  return canTurn(pending.kind, kind) ? undefined : 'fixed';
}

/** As one conversation is ordered it. Undefined: it is of a timer, and none is named. */
export function toSurgery(surgery: BulkSurgery, timer: string | undefined): Surgery | undefined {
  if (surgery.kind === 'go-to-block' || surgery.kind === 'set-variable') return surgery;
  return timer === undefined ? undefined : { ...surgery, timer };
}

async function groupRows(deps: Deps, rows: readonly Looked[]): Promise<BulkPreview['groups']> {
  const groups = new Map<string, BulkPreview['groups'][number]>();
  const titles = createTitles(deps);
  for (const { version, ...row } of rows) {
    const key = JSON.stringify(row);
    const title = row.block === null ? null : await titles.find(version, row.block);
    const group = groups.get(key) ?? { ...row, title, count: 0 };
    groups.set(key, group);
    group.count += 1;
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
}

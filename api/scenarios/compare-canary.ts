import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { EndedRecord } from '../../adapters/mongo/canary-conversations.ts';
import { judgeCanary, type Canary, type EndedConversation, type Verdict } from '../../contracts/canary.ts';
import type { AppDependencies } from '../dependencies.ts';
import { listPinned } from './begin-move.ts';

/** Ended conversations of a side that are compared: the latest ones, so that a canary may run for weeks. */
const MOST = 1000;

/** What a comparison reads. */
export type CanaryDeps = Pick<AppDependencies, 'configuration' | 'canaryConversations' | 'leftCustomers'>;

/** How many conversations a side has since the canary began; `ended`: those that are compared. */
interface CanarySide {
  running: number;
  ended: number;
}

export interface CanaryComparison {
  canary: CanarySide;
  rest: CanarySide;
  verdicts: Verdict[];
}

/** Conversations that began since a canary did, on its version and on the one in force, beside one another. */
export async function compareCanary(deps: CanaryDeps, head: ScenarioHead, canary: Canary): Promise<CanaryComparison> {
  const [ours, theirs] = await Promise.all(
    [canary.version, head.version].map((version) => readSide(deps, { head, canary, version })),
  );
  if (!ours || !theirs) throw new Error('A comparison has two sides');
  const count = ({ running, ended }: typeof ours): CanarySide => ({ running, ended: ended.length });
  return {
    canary: count(ours),
    rest: count(theirs),
    verdicts: judgeCanary(canary.guardrails, { canary: ours.ended, rest: theirs.ended }),
  };
}

async function readSide(
  deps: CanaryDeps,
  { head, canary, version }: { head: ScenarioHead; canary: Canary; version: string },
): Promise<{ running: number; ended: EndedConversation[] }> {
  const stored = await deps.configuration.get();
  // Entries that name a version of their own take no part.
  const of = { scenario: head.name, version, since: canary.startedAt, exceptEntries: listPinned(stored, head.name) };
  const [running, ended] = await Promise.all([
    deps.canaryConversations.countRunning(of),
    deps.canaryConversations.listEnded(of, MOST),
  ]);
  const ids = canary.guardrails.left === null ? [] : ended.map(({ conversationId }) => conversationId);
  const left = await deps.leftCustomers.find(ids);
  return { running, ended: ended.map((one) => toEnded(one, left.get(one.conversationId))) };
}

function toEnded({ queuedAt, endReason, score }: EndedRecord, hasLeft: boolean | undefined): EndedConversation {
  return {
    isHandedOff: queuedAt !== undefined,
    isFailed: endReason === 'scenario-failed',
    ...(hasLeft !== undefined && { hasLeft }),
    ...(score !== undefined && { score }),
  };
}

import { REPORT_LIMITS, type ShownAtPublishing } from '../../../../../contracts/publication-report.ts';
import { truncateText } from '../../../../../contracts/split-text.ts';
import type { CanaryRequest } from '../../../../../contracts/publication-schema.ts';
import type { MoveImpact } from '../../../../../contracts/scenario-move-schema.ts';
import type { PublishDraftRequest, PublishResponse } from '../../../../../contracts/scenario-schema.ts';
import { call } from '../../../shared/client/client.ts';
import type { TestReport } from '../language/test-thread.ts';
import { everybodyStays, toMove, toShown, type RunningFate } from '../moves/move-data.ts';
import type { Autosave } from './use-autosave.ts';

export type Order = Omit<PublishDraftRequest, 'revision'>;

/** What is ordered, with what was shown for it. Of a canary everybody who runs stays. */
export function toOrder({
  note,
  choice,
  canary,
  tested,
  impact,
}: {
  note: string;
  choice: RunningFate;
  canary: CanaryRequest | undefined;
  tested: TestReport | { problem: string } | undefined;
  impact: MoveImpact | undefined;
}): Order {
  const fate = canary ? everybodyStays : choice;
  const move = toMove(fate);
  return {
    ...(note.trim() !== '' && { note: note.trim() }),
    ...(move && { move }),
    ...(canary && { canary }),
    shown: {
      ...(tested && !('problem' in tested) && { tests: toShownTests(tested) }),
      ...(impact && { impact: toShown(fate, impact) }),
    },
  };
}

/** Publishes what is saved. Gives what it came to, or why nothing was published. */
export async function publishDraft(name: string, autosave: Autosave, order: Order): Promise<PublishResponse | string> {
  const revision = await autosave.flush();
  if (revision === undefined) return 'unsaved';
  if (revision === 0) return 'unchanged';
  const response = await call('POST /api/v1/scenarios/:name/draft/publish', {
    params: { name },
    body: { revision, ...order },
  });
  if (response.ok) return response.body;
  const [first] = response.error.details;
  return first ? `${response.error.message} ${first.message}. ${first.remedy ?? ''}` : response.error.message;
}

/** The outcome of tests, as a report keeps it. */
export function toShownTests({ tests }: TestReport): NonNullable<ShownAtPublishing['tests']> {
  const failed = tests.filter(({ failure }) => failure !== undefined).map(({ name }) => name);
  const { failedTests, characters } = REPORT_LIMITS;
  return {
    passed: tests.length - failed.length,
    failed: failed.slice(0, failedTests).map((each) => truncateText(each, characters)),
  };
}

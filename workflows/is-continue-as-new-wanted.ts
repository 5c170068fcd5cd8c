import { workflowInfo } from '@temporalio/workflow';

/**
 * A run continues as new when the server suggests it (after 4,096 events), or after `maxEvents`; tests and rehearsals ask for it
 * earlier by the memo `continueAsNewAfterEvents`.
 */
export function isContinueAsNewWanted(maxEvents = Infinity): boolean {
  const { continueAsNewSuggested, historyLength, memo } = workflowInfo();
  const continueAsNewAfterEvents = memo?.['continueAsNewAfterEvents'];
  return (
    continueAsNewSuggested ||
    historyLength >= maxEvents ||
    (typeof continueAsNewAfterEvents === 'number' && historyLength >= continueAsNewAfterEvents)
  );
}

import { workflowInfo } from '@temporalio/workflow';

/** A run continues as new when the server suggests it; tests and rehearsals ask for it earlier by the memo `continueAsNewAfterEvents`. */
export function isContinueAsNewWanted(): boolean {
  const { continueAsNewSuggested, historyLength, memo } = workflowInfo();
  const continueAsNewAfterEvents = memo?.['continueAsNewAfterEvents'];
  return (
    continueAsNewSuggested ||
    (typeof continueAsNewAfterEvents === 'number' && historyLength >= continueAsNewAfterEvents)
  );
}

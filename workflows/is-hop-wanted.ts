import { workflowInfo } from '@temporalio/workflow';

/** Runs hop when the server suggests it; tests and rehearsals ask for it earlier by the memo `hopAfterEvents`. */
export function isHopWanted(): boolean {
  const { continueAsNewSuggested, historyLength, memo } = workflowInfo();
  const hopAfterEvents = memo?.['hopAfterEvents'];
  return continueAsNewSuggested || (typeof hopAfterEvents === 'number' && historyLength >= hopAfterEvents);
}

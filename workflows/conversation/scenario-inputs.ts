import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { allTextsOf } from '../../contracts/setting-text.ts';
import type { OpenConversation } from './actor-state.ts';

/** What the scenario began with and was told, as the record keeps it. */
export function inputsOf({
  context,
  recordedInputs,
}: OpenConversation): Pick<ConversationRecord, 'openedWith' | 'recordedInputs'> {
  const { onErrorText, inactivityWarning, inactivityClosing } = context.settings;
  const inactivityTexts = [inactivityWarning, inactivityClosing].flatMap(allTextsOf).filter((text) => text !== '');
  const opened = { variables: context.variables, inactivityTexts, ...(onErrorText !== undefined && { onErrorText }) };
  return { openedWith: JSON.stringify(opened), ...(recordedInputs && { recordedInputs }) };
}

import { describe, expect, it } from 'vitest';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';

/** Calls that change something and leave no entry, each with the reason. */
const unaudited: Record<string, string> = {
  receiveWebhook: 'events, kept in transcripts and ledger',
  requestDataDeletion: 'Meta asks; the erasure is recorded when it is carried out',
  deauthorize: 'Meta tells; an alert keeps it',
  chooseMyState: 'routing keeps what agents chose',
  acceptOffer: 'kept in the conversation',
  rejectOffer: 'kept in the conversation',
  sendMessage: 'kept in the transcript',
  endChat: 'kept in the conversation',
  invite: 'kept in the conversation',
  cancelInvitation: 'kept in the conversation',
  transferToScenario: 'kept in the conversation',
  finishConsult: 'kept in the conversation',
  leaveChat: 'kept in the conversation',
  writeNote: 'kept in the transcript',
  sayInside: 'kept in the transcript',
  flagForHelp: 'kept in the conversation; an alert tells of it',
  pickConversation: 'kept in the conversation',
  putMyCannedResponse: 'seen by the caller alone',
  deleteMyCannedResponse: 'seen by the caller alone',
  askForSuggestions: 'kept with the conversation',
  labelConversation: 'kept in the conversation',
  snoozeChat: 'kept in the conversation',
  wakeChat: 'kept in the conversation',
  wrapUp: 'kept with the conversation',
  extendWrapUp: 'kept with the conversation',
  beginMySecondFactor: 'changes nothing yet: the first code does',
  showAction: 'a sign to the customer, kept nowhere',
  checkScenario: 'changes nothing',
  previewRetention: 'changes nothing',
  assessMove: 'changes nothing',
  previewSurgery: 'changes nothing',
  previewBulkSurgery: 'changes nothing',
  saveDraft: 'in force for nobody; the draft names its author',
  deleteDraft: 'in force for nobody',
  lockDraft: 'says who edits, for half a minute',
  unlockDraft: 'says who edits, for half a minute',
  markInternalMessageRead: 'about the caller alone; the message keeps when',
};

/** Calls that show what customers said, or that take everything out. */
const shown = [
  'listMessages',
  'listRecords',
  'getRecordExportFile',
  'getConversationInputs',
  'getFile',
  'getDeadLetter',
  'exportCustomer',
  'getConfiguration',
  'replayConversation',
  'saveAsTest',
  'getSurgeryState',
];

const rows = Object.entries<HttpRoute>(httpRoutes);

describe('the table of routes', () => {
  it('names an audit action for each call that changes something, or stands here with the reason', () => {
    const silent = rows.filter(([, { method, audit }]) => method !== 'GET' && audit === undefined);
    expect(silent.map(([name]) => name).toSorted()).toEqual(Object.keys(unaudited).toSorted());
  });

  it('names an audit action for each call that shows what customers said', () => {
    const audited = rows.filter(([, { method, audit }]) => method === 'GET' && audit !== undefined);
    expect(audited.map(([name]) => name).toSorted()).toEqual(shown.toSorted());
  });
});

import { DISCONNECT_CAUSES } from '../../contracts/conversation.ts';
import { OUR_NAME, type WorldVariable } from './world-variable.ts';

/** Variables that blocks set under names of their own. */
export const blockVariables: readonly WorldVariable[] = [
  {
    name: 'destination',
    type: 'text',
    description: 'User name of the agent who is reserved; empty where none is.',
    setBy: ['find-agent'],
    maxLength: OUR_NAME,
  },
  {
    name: 'agent.username',
    type: 'text',
    description: 'User name of the agent who was found, or who talks.',
    setBy: ['find-agent', 'connect-chat'],
    maxLength: OUR_NAME,
  },
  {
    name: 'agent.name',
    type: 'text',
    description: 'Their name.',
    isWords: true,
    setBy: ['find-agent', 'connect-chat'],
    maxLength: OUR_NAME,
  },
  {
    name: 'targetDisconnectedCause',
    type: 'text',
    description: 'Why the agent’s side ended.',
    setBy: ['connect-chat'],
    values: DISCONNECT_CAUSES,
    maxLength: 'SystemHangup'.length,
  },
  {
    name: 'queue.position',
    type: 'number',
    description: 'Place in the queue, from 1.',
    setBy: ['find-agent', 'get-statistics'],
  },
  {
    name: 'queue.waiting',
    type: 'number',
    description: 'How many wait.',
    setBy: ['find-agent', 'get-statistics'],
  },
  {
    name: 'queue.ewt',
    type: 'number',
    description: 'Expected wait in seconds; empty where nobody knows.',
    setBy: ['find-agent', 'get-statistics'],
  },
  {
    name: 'queue.oldestWaiting',
    type: 'number',
    description: 'For how many seconds the oldest waits.',
    setBy: ['get-statistics'],
  },
  {
    name: 'agents.ready',
    type: 'number',
    description: 'Agents with a free slot.',
    setBy: ['get-statistics'],
  },
  {
    name: 'agents.loggedIn',
    type: 'number',
    description: 'Agents who are logged in.',
    setBy: ['get-statistics'],
  },
  {
    name: 'agentState',
    type: 'text',
    description: 'What the agent is doing.',
    setBy: ['get-agent-state'],
    values: ['ready', 'not-ready', 'busy', 'logged-out'],
  },
  {
    name: 'notReadyReason',
    type: 'text',
    description: 'Why the agent is not ready; may be empty.',
    setBy: ['get-agent-state'],
  },
  {
    name: 'hours.isOpen',
    type: 'boolean',
    description: 'Whether it is open.',
    setBy: ['business-hours'],
  },
  {
    name: 'hours.nextChangeAt',
    type: 'date',
    description: 'When that changes, a moment; empty where it does not.',
    setBy: ['business-hours'],
  },
  {
    name: 'fetchURLResultCode',
    type: 'number',
    description: 'Status of the last answer; 0 where none came.',
    setBy: ['fetch-url'],
  },
  {
    name: 'fetchURLResultBody',
    type: 'text',
    description: 'Its text.',
    setBy: ['fetch-url'],
  },
  {
    name: 'item.contactId',
    type: 'text',
    description: 'Id of the contact that the customer is.',
    setBy: ['identify-contact'],
  },
  {
    name: 'exception.outcome',
    type: 'text',
    description:
      'What an Exception Handler has caught: `Error`, or `Disconnect` where the customer’s side ended; `No` as a `try` begins, and behind a failure exit that is wired.',
    setBy: ['exception-handler'],
    values: ['No', 'Error', 'Disconnect'],
  },
  {
    name: 'exception.block',
    type: 'text',
    description: 'Id of the block where it happened.',
    setBy: ['exception-handler'],
  },
  {
    name: 'exception.exit',
    type: 'text',
    description: 'Its exit; customer-left where the customer’s side ended.',
    setBy: ['exception-handler'],
  },
  {
    name: 'exception.reason',
    type: 'text',
    description: 'What went wrong, in a sentence; may be empty.',
    setBy: ['exception-handler'],
  },
];

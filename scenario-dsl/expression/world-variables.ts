import { DISCONNECT_CAUSES } from '../../contracts/conversation.ts';
import type { ValueType } from './functions/function-definition.ts';

/**
 * A variable that no author declares. Either the world provides it from the start (workflows/conversation/opening.ts, and
 * `step` at every message), or the blocks named in `setBy` do.
 */
export interface WorldVariable {
  name: string;
  type: ValueType;
  description: string;
  /** Not known of every customer or message; absent or empty then. */
  isOptional?: boolean;
  setBy?: readonly string[];
  /** Most characters, where something bounds them. */
  maxLength?: number;
  /** Text that never reads as a number or a date: names. */
  isWords?: boolean;
  /** All that it can be. */
  values?: readonly string[];
  /** What a test's world holds where the test says nothing. */
  testValue?: string | number | readonly unknown[];
}

/** Facebook lets a name have 50 characters; our own names have at most 100 (contracts/identifiers-schema.ts). */
const FACEBOOK_NAME = 50;
const OUR_NAME = 100;

/** Every variable of the world: what the checks know, what tests begin with, what docs/scenario-expressions.md tells. */
export const worldVariables: readonly WorldVariable[] = [
  { name: 'customer.id', type: 'text', description: 'The customer’s PSID.', testValue: 'customer' },
  {
    name: 'customer.firstName',
    type: 'text',
    description: 'First name, as the customer’s profile tells it.',
    isWords: true,
    isOptional: true,
    maxLength: FACEBOOK_NAME,
  },
  {
    name: 'customer.lastName',
    type: 'text',
    description: 'Last name.',
    isWords: true,
    isOptional: true,
    maxLength: FACEBOOK_NAME,
  },
  {
    name: 'customer.pictureUrl',
    type: 'text',
    description: 'Address of the profile picture; it stops working after days.',
    isOptional: true,
  },
  {
    name: 'customer.isLinked',
    type: 'boolean',
    description: 'Whether the customer has linked an account of theirs (Messenger’s account linking).',
    isOptional: true,
  },
  { name: 'page.id', type: 'text', description: 'The Page’s id.', testValue: 'page' },
  {
    name: 'page.name',
    type: 'text',
    description: 'Name of the account of the Page.',
    maxLength: OUR_NAME,
    testValue: 'Page',
  },
  {
    name: 'page.username',
    type: 'text',
    description: 'The Page’s user name, without @.',
    isOptional: true,
    maxLength: OUR_NAME,
  },
  { name: 'entry.name', type: 'text', description: 'Name of the entry.', maxLength: OUR_NAME, testValue: 'Entry' },
  {
    name: 'service.name',
    type: 'text',
    description: 'Name of the entry’s service.',
    maxLength: OUR_NAME,
    testValue: 'Service',
  },
  { name: 'item.interactionId', type: 'text', description: 'Id of the conversation.' },
  {
    name: 'item.startedBy',
    type: 'text',
    description: 'What opened the conversation.',
    values: ['message', 'postback', 'referral', 'optin'],
  },
  { name: 'item.startedAt', type: 'date', description: 'When the customer did that.' },
  {
    name: 'item.message',
    type: 'text',
    description: 'Text of the customer’s last message; the payload where it had none.',
  },
  { name: 'item.payload', type: 'text', description: 'Payload of the button that was tapped; empty where none was.' },
  {
    name: 'item.attachments',
    type: 'list',
    description: 'Attachments of the last message: maps of type and url, of a sticker also stickerId.',
  },
  { name: 'item.at', type: 'date', description: 'When the customer sent the last message.' },
  {
    name: 'item.windowClosesAt',
    type: 'date',
    description:
      'When Messenger’s window closes, known in its last hour; empty before, and again when the customer has written.',
    isOptional: true,
  },
  {
    name: 'item.continuationUserId',
    type: 'text',
    description:
      'User name of the agent who last talked with the customer, in this conversation or an earlier one; empty where nobody has.',
    isOptional: true,
  },
  {
    name: 'item.continuationAt',
    type: 'date',
    description: 'When that agent took the chat or, where it has ended, when it ended.',
    isOptional: true,
  },
  {
    name: 'item.referral.ref',
    type: 'text',
    description: 'The `ref` of the link, ad or plugin that led here, also of one that is opened meanwhile.',
    isOptional: true,
  },
  {
    name: 'item.referral.source',
    type: 'text',
    description: 'Where it was: `SHORTLINK`, `ADS`, `CUSTOMER_CHAT_PLUGIN` …',
    isOptional: true,
  },
  { name: 'item.referral.type', type: 'text', description: 'Kind of referral, `OPEN_THREAD`.', isOptional: true },
  { name: 'item.referral.adId', type: 'text', description: 'Id of the ad.', isOptional: true },
  { name: 'item.referral.ad.title', type: 'text', description: 'What the ad showed: its title.', isOptional: true },
  {
    name: 'today',
    type: 'date',
    description: 'The day that it is, in the time zone.',
    maxLength: '2026-05-03'.length,
  },
  {
    name: 'now',
    type: 'date',
    description: 'The moment of what is being worked on: a message, an answer, a time-out.',
    maxLength: '2026-05-03T14:30:00Z'.length,
  },
  {
    name: 'timeZone',
    type: 'text',
    description:
      'The time zone: that of the scenario, else of the entry, else `ATTENDANT_TIME_ZONE`. It can be set; UTC where there is no such zone.',
    isWords: true,
    maxLength: OUR_NAME,
    testValue: 'UTC',
  },
  {
    name: 'locale',
    type: 'text',
    description:
      'How dates and numbers are written and read where nothing else is said, as the scenario says. It can be set.',
    isWords: true,
    isOptional: true,
    maxLength: OUR_NAME,
  },
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

import { blockVariables } from './block-variables.ts';
import { OUR_NAME, type WorldVariable } from './world-variable.ts';

/** Facebook lets a name have so many characters. */
const FACEBOOK_NAME = 50;

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
      'When Messenger’s window closes, known in its last hour (sooner where a rule for it says `before`); empty until then, and again when the customer has written.',
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
  ...blockVariables,
];

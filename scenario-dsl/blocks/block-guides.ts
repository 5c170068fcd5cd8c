import type { BlockType } from './block-fields-schema.ts';

/** What authors read of a block type beside its fields and exits. */
export interface BlockGuide {
  /** Its name elsewhere. */
  title: string;
  group: 'talk' | 'decide' | 'route' | 'data';
  /** What is special about it, each in a sentence or two. */
  notes?: readonly string[];
  /** Where it is not as the block of the same name elsewhere. */
  differs?: string;
}

/** In the order of the page. */
export const blockGuides: { readonly [Type in BlockType]: BlockGuide } = {
  'send-message': {
    title: 'Send Message',
    group: 'talk',
    notes: [
      'The reply is the first message that comes once the prompt is being sent; it is acted on when the send has settled. The time runs from then on.',
      'Texts over 2,000 characters are refused; with buttons 640. Titles of buttons and quick replies are cut by Messenger after 20.',
      'A text leaves first, then each attachment; quick replies go with the last.',
    ],
    differs: 'One channel: there is no SMS. *Failed* and *Send error* are one exit, `send-error`.',
  },
  'request-input': {
    title: 'Request Input',
    group: 'talk',
    notes: [
      'It asks again, up to `retry.count` times for each question, while the reply is not of the type, then takes `invalid`; the last reply is `$(item.message)`.',
      'What each type takes and keeps: the table below.',
    ],
    differs:
      'Messenger shows no forms: the fields of `form` are asked one after the other. Types, asking again and the exit `invalid` are ours.',
  },
  collect: {
    title: 'Collect',
    group: 'talk',
    notes: [
      'Sets `customer.name`, `customer.email`, `customer.phone` and `question`; a first name of the profile is a name.',
    ],
    differs: 'A block of ours, for what elsewhere is a form before the chat.',
  },
  if: {
    title: 'If',
    group: 'decide',
    notes: ['The first condition that holds; without one and without `else` the next block.'],
  },
  switch: {
    title: 'Switch',
    group: 'decide',
    notes: [
      'Compares as written: `Tea` is not `tea`; a number is compared as it reads, a variable that is not set as `""`.',
    ],
    differs: 'The branches are one map, *Default* is the field `default`.',
  },
  goto: { title: 'Goto', group: 'decide' },
  'set-variable': {
    title: 'Set Variable',
    group: 'decide',
    notes: ['One after the other: a later one can use an earlier one.'],
  },
  'business-hours': {
    title: 'Business Hours',
    group: 'decide',
    notes: ['Sets `$(hours.isOpen)` and `$(hours.nextChangeAt)` (UTC, empty where it never changes).'],
    differs: 'A block of ours.',
  },
  'a-b-split': {
    title: 'A/B Split',
    group: 'decide',
    notes: [
      'Ways are called `branch-a`, `branch-b` and so on. With `sticky` the same customer gets the same branch for the same text.',
      'Where no number can be drawn within 10 s, the first branch is taken.',
    ],
    differs: 'A block of ours.',
  },
  'exception-handler': {
    title: 'Exception Handler',
    group: 'decide',
    notes: [
      'Caught are failure exits of the blocks in `try` that are not wired, and the end of the customer’s side (inactivity, block, erasure) while one of them waits: search, offer and chat are then over and the agent is free.',
      'However a block in `try` is come to, it is inside. Handlers lie one in the other or apart; the innermost catches. `catch` itself is outside.',
      '`$(exception.outcome)` is `No`, `Error` or `Disconnect`; `$(exception.block)`, `$(exception.exit)` and `$(exception.reason)` tell what it was.',
    ],
    differs: 'Both branches are lists of blocks by their ids; `catch` goes on wherever its blocks lead.',
  },
  'start-another-scenario': {
    title: 'Start Another Scenario',
    group: 'decide',
    notes: [
      'The other scenario’s blocks run as if they stood here, under ids such as `survey/ask`: it knows and changes all variables, Return and its end lead to the block behind, Exit ends the conversation.',
      'Its version is pinned when a conversation begins. Five deep at most, 2,000 blocks together; none may start itself.',
    ],
    differs: 'An error inside goes the way of errors here, so an Exception Handler around the block catches it.',
  },
  return: { title: 'Return', group: 'decide' },
  wait: {
    title: 'Wait',
    group: 'decide',
    notes: ['Not shortened by what the customer writes meanwhile: the last message is `$(item.message)` afterwards.'],
    differs: 'The time has a unit.',
  },
  comment: { title: 'Comment', group: 'decide' },
  log: { title: 'Log', group: 'decide' },
  exit: { title: 'Exit', group: 'decide' },
  'find-agent': {
    title: 'Find Agent',
    group: 'route',
    notes: [
      'Lasts `timeout`; else as long as its intervals together; else 10m. Each interval only widens the search; the last one holds until the end.',
      'Sets `$(destination)` and `$(agent.…)`; starting a search empties `$(destination)`. Connect Chat must follow before any wait.',
      '`$(queue.position)`, `$(queue.waiting)` and `$(queue.ewt)` follow the queue. `announce` speaks at first, and when place or wait has halved or the wait doubled; ten times at most.',
      'A second search for the same service and skills after `queue-limit` ends the conversation.',
    ],
    differs:
      '*Escape Digit* is a matter of voice. Skills of an interval are some of those before, so that it can only widen.',
  },
  'connect-chat': {
    title: 'Connect Chat',
    group: 'route',
    notes: [
      'The chat is offered to the override’s entry, else to the destination, else to the default’s entry; without any of them `no-answer` at once.',
      'A destination serves one offer and is then empty again. `$(targetDisconnectedCause)` is `UserHangup`, `SystemHangup`, `UserLogout` or `Failure`.',
    ],
    differs: 'The end of the customer’s side has no exit, as there: an Exception Handler catches it.',
  },
  'set-priority': { title: 'Set Priority', group: 'route' },
  'request-skill-or-service': { title: 'Request Skill or Service', group: 'route' },
  'get-statistics': {
    title: 'Get Statistics',
    group: 'route',
    notes: [
      'Sets `$(queue.position)`, `$(queue.waiting)`, `$(queue.ewt)`, `$(queue.oldestWaiting)` (seconds), `$(agents.ready)`, `$(agents.loggedIn)`.',
    ],
  },
  'get-agent-state': {
    title: 'Get Agent State',
    group: 'route',
    notes: ['`$(agentState)` is `ready`, `not-ready` or `busy`.'],
    differs: 'Agents are named by their user names, not by extensions.',
  },
  'set-agent-state': {
    title: 'Set Agent State',
    group: 'route',
    differs: 'Agents have no PIN, so there is no *Authentication Failed*.',
  },
  'self-service-provided': { title: 'Self-Service Provided', group: 'route' },
  'identify-contact': {
    title: 'Identify Contact',
    group: 'data',
    notes: ['The only match becomes `$(contact)` and `$(item.contactId)`.'],
  },
  'search-object': { title: 'Bright Pattern Search Object', group: 'data' },
  'create-object': { title: 'Bright Pattern Create Object', group: 'data' },
  'get-next-record': {
    title: 'Get Next Record',
    group: 'data',
    differs: 'The record is taken off the list: what is left in the variable is what is still to come.',
  },
  'search-directory': { title: 'Search Directory', group: 'data' },
  'get-user-configuration': { title: 'Get User Configuration', group: 'data' },
  'fetch-url': {
    title: 'Fetch URL',
    group: 'data',
    notes: [
      'https only, no private addresses, also after redirects, unless the operator allows them; bodies are cut at 64 kB.',
      '`$(fetchURLResultCode)` (0 without an answer) and `$(fetchURLResultBody)` are set by every exit, `into` only by `next`.',
      'Secrets are named, never written: they stand in no history and no log.',
    ],
    differs: 'SOAP is text with a `contentType`. CRM vendors, AWS Lambda and databases: docs/fetch-url-recipes.md.',
  },
  'save-survey-response': {
    title: 'Save Survey Response',
    group: 'data',
    notes: [
      'What was not answered, or is no answer, is left out. Several blocks in one conversation make one response.',
    ],
  },
  'set-disposition': { title: 'Set Disposition', group: 'data' },
  'set-custom-reporting-field': { title: 'Set Custom Reporting Field', group: 'data' },
  'set-case': { title: 'Set Case', group: 'data', notes: ['An empty id attaches none.'] },
  'internal-message': { title: 'Internal Message', group: 'data' },
  email: { title: 'EMail', group: 'data' },
  'chat-bot-select-account': {
    title: 'Chat Bot Select Account',
    group: 'data',
    notes: ['Wins over the `account` of the Ask a Bot blocks behind it.'],
  },
  'ask-a-bot': {
    title: 'Ask a Bot',
    group: 'data',
    differs:
      'Any bot that speaks HTTP; its address and secret are an account in the configuration. `response` and `maxResponses` are ours.',
  },
  'attached-data': { title: 'Attached Data', group: 'data' },
  'web-screen-pop': { title: 'Web Screen Pop', group: 'data' },
};

import type { BlockFields, BlockType } from '../blocks/block-types-schema.ts';
import type { BlockSource } from './edit-scenario.ts';
import type { JsonValue } from './render-value.ts';

/** What a block says when it has just been put on the canvas: as little as its type lets through, to be written over. */
const beginnings: { readonly [Type in BlockType]: BlockFields[Type] & JsonValue } = {
  'send-message': { text: 'Write what to say.' },
  'request-input': { text: 'Write what to ask.', into: 'answer' },
  collect: {},
  'ai-agent': { text: 'Hello, what can I do for you?', instructions: 'Say who you are and what you know.' },
  if: [{ when: "$(item.message) contains 'yes'", go: 'end' }],
  switch: { variable: 'item.message', cases: { Yes: 'end' } },
  goto: 'end',
  'set-variable': { name: 'value' },
  'business-hours': { open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }] },
  'a-b-split': {
    branches: [
      { go: 'end', weight: 1 },
      { go: 'end', weight: 1 },
    ],
  },
  'exception-handler': { try: ['end'], catch: 'end' },
  'start-another-scenario': { scenario: 'name-of-a-scenario' },
  return: {},
  wait: { for: '2s' },
  comment: 'Write what the next reader should know.',
  log: { text: 'Asked: $(item.message)' },
  exit: {},
  'find-agent': {},
  'connect-chat': {},
  'set-priority': { priority: 50 },
  'request-skill-or-service': { skills: ['support'] },
  'get-statistics': { skills: ['support'] },
  'get-agent-state': { username: '$(agent.username)' },
  'set-agent-state': { username: '$(agent.username)', state: 'not-ready', reason: 'Back office' },
  'self-service-provided': {},
  'identify-contact': { by: 'messenger-id' },
  'search-object': {
    object: 'case',
    where: [{ field: 'customer', is: 'equal', value: '$(customer.id)' }],
    into: 'cases',
  },
  'create-object': { object: 'case', fields: { title: '$(item.message)' } },
  'get-next-record': { from: 'cases', into: 'case' },
  'search-directory': { text: '$(item.message)', into: 'people' },
  survey: { timeout: '10m' },
  'get-user-configuration': { username: '$(agent.username)' },
  'fetch-url': { url: 'https://example.com/', into: 'result' },
  'save-survey-response': { cs: 5 },
  'set-disposition': { disposition: 'Solved' },
  'set-custom-reporting-field': { field: 'value' },
  'set-case': { caseId: '$(case.id)' },
  'internal-message': { to: '$(agent.username)', text: 'A customer asks: $(item.message)' },
  email: { to: ['office@example.com'], subject: 'From Messenger', text: '$(item.message)' },
  'chat-bot-select-account': 'name-of-a-bot',
  'ask-a-bot': { responses: 'answers', response: 'answer' },
  'attached-data': { Question: '$(item.message)' },
  'web-screen-pop': { url: 'https://example.com/', title: 'Customer' },
};

/** A block of a type as it begins. */
export function newBlock(type: BlockType): BlockSource {
  return { [type]: beginnings[type] };
}

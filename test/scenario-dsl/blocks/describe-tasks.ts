import { blockTypes, type BlockType } from '../../../scenario-dsl/blocks/block-types-schema.ts';

/** What authors want to do, in the order in which a scenario usually needs it, and the blocks that do it. */
export const tasks: readonly { task: string; blocks: readonly BlockType[] }[] = [
  { task: 'say something: text, buttons, cards, files', blocks: ['send-message'] },
  { task: 'ask a question and take the answer', blocks: ['send-message', 'request-input', 'collect'] },
  { task: 'keep a value for later', blocks: ['set-variable'] },
  { task: 'branch by an answer, a value or the time of day', blocks: ['if', 'switch', 'business-hours'] },
  { task: 'go on at another block, repeat, come to an end', blocks: ['goto', 'exit'] },
  { task: 'wait', blocks: ['wait'] },
  { task: 'route to an agent and connect the chat', blocks: ['find-agent', 'connect-chat'] },
  { task: 'change how a customer is routed', blocks: ['set-priority', 'request-skill-or-service', 'set-agent-state'] },
  { task: 'know how busy the agents are', blocks: ['get-statistics', 'get-agent-state'] },
  { task: 'call another system', blocks: ['fetch-url'] },
  { task: 'know who the customer is', blocks: ['identify-contact'] },
  {
    task: 'find or create records, cases and activities',
    blocks: ['search-object', 'get-next-record', 'create-object'],
  },
  { task: 'look up colleagues', blocks: ['search-directory', 'get-user-configuration'] },
  { task: 'let a bot answer', blocks: ['chat-bot-select-account', 'ask-a-bot'] },
  { task: 'let a language model hold the talk', blocks: ['ai-agent'] },
  {
    task: 'tell colleagues: message, e-mail, what agents see',
    blocks: ['internal-message', 'email', 'attached-data', 'web-screen-pop'],
  },
  {
    task: 'record something for reports',
    blocks: [
      'set-disposition',
      'set-custom-reporting-field',
      'set-case',
      'survey',
      'save-survey-response',
      'self-service-provided',
    ],
  },
  { task: 'share steps between scenarios', blocks: ['start-another-scenario', 'return'] },
  { task: 'catch what goes wrong', blocks: ['exception-handler'] },
  { task: 'try two ways and compare', blocks: ['a-b-split'] },
  { task: 'explain and debug', blocks: ['comment', 'log'] },
];

/** The contents table: each task with links to its blocks, as Markdown. */
export function describeTasks(): string {
  const rows = tasks.map(({ task, blocks }) => `| ${task} | ${blocks.map(linkTo).join(', ')} |`);
  return ['| to | use |', '| --- | --- |', ...rows].join('\n');
}

function linkTo(type: BlockType): string {
  const { title } = blockTypes[type].guide;
  return `[${title}](#${anchorOf(`${title} \`${type}\``)})`;
}

/** The anchor that GitHub gives a heading: small letters, digits, hyphens. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}

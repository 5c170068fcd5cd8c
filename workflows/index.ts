/** The workflow bundle's entry: workflow functions and nothing else. */
export { conversation } from './conversation/conversation.ts';
export { dispatcher } from './dispatcher/dispatcher.ts';
export { scenarioMove } from './move/move.ts';
export { page } from './page/page.ts';

import type { ScenarioBlock } from '../document.ts';
import { listAsked } from './collect.ts';
import { listQuestions } from './request-input.ts';
import type { NamedQuestion } from './question.ts';

/** What a block asks the customer for; nothing of a block that asks for nothing in particular. */
export function listAskedQuestions(block: ScenarioBlock): readonly NamedQuestion[] {
  if (block.type === 'request-input') return listQuestions(block.fields);
  return block.type === 'collect' ? listAsked(block.fields) : [];
}

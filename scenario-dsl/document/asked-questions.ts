import { listAsked } from '../blocks/collect.ts';
import type { NamedQuestion } from '../blocks/question.ts';
import { listQuestions } from '../blocks/request-input.ts';
import type { ScenarioBlock } from './document.ts';

/** What a block asks the customer for; nothing of a block that asks for nothing in particular. */
export function listAskedQuestions(block: ScenarioBlock): readonly NamedQuestion[] {
  if (block.type === 'request-input') return listQuestions(block.fields);
  return block.type === 'collect' ? listAsked(block.fields) : [];
}

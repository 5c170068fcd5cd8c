import type { Mutant } from './mutant.ts';

export const keepsTheSlot: Mutant = {
  fault: "a conversation that ends gives its agent's slot not back",
  file: 'workflows/conversation/routing-intents.ts',
  find: '  delete conversation.reservation;\n',
  replace: '',
  breaks: 'nobody waits while a qualified agent is free',
};

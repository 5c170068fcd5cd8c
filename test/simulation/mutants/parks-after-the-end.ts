import type { Mutant } from './mutant.ts';

export const parksAfterTheEnd: Mutant = {
  fault: 'a part of a conversation that is over is parked',
  patches: [
    {
      file: 'workflows/conversation/parking.ts',
      find: '  if (openConversation(actor).ended) return;\n',
      replace: '',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 1265,
};

import type { Mutant } from './mutant.ts';

export const ignoresWhoWaits: Mutant = {
  fault: 'the dispatcher matches once for each kind of request only',
  file: 'workflows/dispatcher/match.ts',
  find: '    matches.push(result);\n',
  replace: '    exhausted.add(kind);\n    matches.push(result);\n',
  breaks: 'nobody waits while a qualified agent is free',
};

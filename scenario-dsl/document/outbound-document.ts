import { OUTBOUND_SCENARIO } from '../../contracts/outbound.ts';
import type { ScenarioDocument } from './document.ts';

/** What an agent begins runs this: a chat with who `$(begunBy)` names, and nothing before or after it. */
export const OUTBOUND_DOCUMENT: ScenarioDocument = {
  attendant: 2,
  scenario: OUTBOUND_SCENARIO.name,
  title: 'A conversation that an agent began',
  blocks: [
    { id: 'talk', type: 'connect-chat', fields: { destination: '$(begunBy)' }, exits: {} },
    { id: 'end', type: 'exit', fields: {}, exits: {} },
  ],
};

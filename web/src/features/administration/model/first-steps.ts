import { ofKind, type Item } from '../data/items.ts';
import { listAgents } from './skills.ts';

/** A step from an empty installation to the first answered chat. */
export interface FirstStep {
  key: 'account' | 'service' | 'agent' | 'scenario' | 'entry' | 'chat';
  isDone: boolean;
  /** Where it is done; absent where a customer does it. */
  section?: string;
  isNew?: boolean;
}

/** What is done of it and what comes next, in the order in which one thing needs another. */
export function firstSteps({
  items,
  scenarios,
  chats,
}: {
  items: readonly Item[];
  /** How many are published, and how many conversations there were. */
  scenarios: number;
  chats: number;
}): FirstStep[] {
  const services = ofKind(items, 'service');
  const skills = new Set(services.flatMap(({ document }) => document.skills));
  const ofTeams = new Set(
    ofKind(items, 'team').flatMap(({ document }) => (document.services.length > 0 ? document.members : [])),
  );
  const hasAgent = listAgents(items).some(
    ({ name, document }) => ofTeams.has(name) || Object.keys(document.skills).some((skill) => skills.has(skill)),
  );
  return [
    { key: 'account', isDone: ofKind(items, 'account').length > 0, section: 'accounts', isNew: true },
    { key: 'service', isDone: services.length > 0, section: 'services', isNew: true },
    { key: 'agent', isDone: hasAgent, section: 'users', isNew: true },
    { key: 'scenario', isDone: scenarios > 0, section: 'scenarios' },
    { key: 'entry', isDone: ofKind(items, 'entry').length > 0, section: 'entries', isNew: true },
    { key: 'chat', isDone: chats > 0 },
  ];
}

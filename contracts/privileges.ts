import type { Role } from './configuration-schema.ts';

/** All that there is to be allowed, in the words of the field, each with what it lets one do. */
export const PRIVILEGES = {
  'answer-chats': 'Is offered chats, answers them and begins new ones.',
  'see-team-chats': 'Sees the chats of the teams that one supervises, of all where no team names one.',
  'see-all-chats': 'Sees every chat.',
  'see-contacts': 'Sees, edits, merges and blocks contacts.',
  'handle-cases': 'Sees, opens and changes cases.',
  'pick-from-queue': 'Takes a waiting chat out of the queue by hand.',
  'monitor-chats': "Monitors, coaches and joins others' chats, and takes them over.",
  'see-live-overview': 'Sees agents, services and queues as they are now.',
  'force-states': 'Changes the state of agents.',
  'manage-queue': 'Gives waiting chats to agents and another priority.',
  'read-records': 'Searches interaction records.',
  'export-records': 'Takes interaction records out as a file.',
  'read-reports': 'Reads reports.',
  'export-reports': 'Downloads reports as CSV.',
  'grade-chats': 'Evaluates chats and decides disputes.',
  'handle-alerts': 'Sees, acknowledges and resolves alerts.',
  'read-configuration': 'Reads the lists of configuration and the versions of scenarios, and tests connections.',
  'edit-configuration': 'Changes, applies and exports the configuration.',
  'publish-scenarios': 'Drafts, publishes and rolls back scenarios, and moves conversations.',
  'read-audit': 'Reads the audit log.',
  'see-operation': 'Sees versions, workers, parts in need, dead letters and send lanes.',
  operate: 'Retries and discards parts, replays dead letters and resumes send lanes.',
  'operate-conversations': 'Replays conversations, and helps running ones on by hand.',
  'see-raw-deliveries': 'Reads inputs, dead letters and deliveries as they came.',
  'manage-users': 'Changes users, ends their sessions and resets their second factors.',
  'manage-tokens': 'Makes and ends tokens of programs.',
  'handle-privacy-requests': 'Exports and erases what is held of a customer.',
  'manage-legal-holds': 'Holds customers and conversations from retention and erasure, and releases them.',
} as const;

export type Privilege = keyof typeof PRIVILEGES;

/** Supervisors have these, and so have admins. */
const OVERSIGHT = [
  'see-contacts',
  'handle-cases',
  'see-live-overview',
  'force-states',
  'manage-queue',
  'read-records',
  'export-records',
  'read-reports',
  'export-reports',
  'grade-chats',
  'handle-alerts',
  'read-configuration',
  'see-operation',
] as const satisfies Privilege[];

/** The roles that ship, as sets of privileges. Admins administer: chats are answered by agents and supervisors. */
const SHIPPED_ROLES: Readonly<Record<Role, ReadonlySet<Privilege>>> = {
  agent: new Set<Privilege>(['answer-chats', 'see-contacts', 'handle-cases']),
  supervisor: new Set<Privilege>(['answer-chats', 'pick-from-queue', 'see-team-chats', 'monitor-chats', ...OVERSIGHT]),
  admin: new Set<Privilege>([
    'see-all-chats',
    ...OVERSIGHT,
    'edit-configuration',
    'publish-scenarios',
    'read-audit',
    'operate',
    'operate-conversations',
    'see-raw-deliveries',
    'manage-users',
    'manage-tokens',
    'handle-privacy-requests',
    'manage-legal-holds',
  ]),
};

/** Whether a role has a privilege, or one of several. */
export function mayDo(role: Role, ...privileges: readonly Privilege[]): boolean {
  return privileges.some((privilege) => SHIPPED_ROLES[role].has(privilege));
}

/** Whether somebody looks into the work of others, and not only their own. */
export function overseesOthers(role: Role): boolean {
  return mayDo(role, 'see-team-chats', 'see-all-chats');
}

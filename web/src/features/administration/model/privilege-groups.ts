import type { Privilege } from '../../../../../contracts/privileges.ts';

/** What privileges are about: one group of a role's form for each. */
export const PRIVILEGE_GROUPS = ['chats', 'customers', 'oversight', 'configuration', 'operation'] as const;
export type PrivilegeGroup = (typeof PRIVILEGE_GROUPS)[number];

const GROUP_OF: Readonly<Record<Privilege, PrivilegeGroup>> = {
  'answer-chats': 'chats',
  'pick-from-queue': 'chats',
  'see-team-chats': 'chats',
  'see-all-chats': 'chats',
  'monitor-chats': 'chats',
  'see-contacts': 'customers',
  'handle-cases': 'customers',
  'handle-privacy-requests': 'customers',
  'manage-legal-holds': 'customers',
  'see-live-overview': 'oversight',
  'force-states': 'oversight',
  'manage-queue': 'oversight',
  'read-records': 'oversight',
  'export-records': 'oversight',
  'read-reports': 'oversight',
  'export-reports': 'oversight',
  'grade-chats': 'oversight',
  'handle-alerts': 'oversight',
  'read-configuration': 'configuration',
  'edit-configuration': 'configuration',
  'publish-scenarios': 'configuration',
  'read-audit': 'configuration',
  'manage-users': 'configuration',
  'manage-tokens': 'configuration',
  'see-operation': 'operation',
  operate: 'operation',
  'operate-conversations': 'operation',
  'see-raw-deliveries': 'operation',
};

/** The privileges of a group, in the order in which they stand there. */
export const privilegesIn = (group: PrivilegeGroup): Privilege[] =>
  (Object.keys(GROUP_OF) as Privilege[]).filter((privilege) => GROUP_OF[privilege] === group);

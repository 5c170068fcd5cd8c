import { takesChats } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type {
  Account,
  Bot,
  Entry,
  Hours,
  Model,
  Secret,
  Service,
  User,
} from '../../adapters/mongo/configuration/configuration-items.ts';
import { withTeamSkills, type Team } from '../../adapters/mongo/configuration/routing-items.ts';
import { textsOfEntry, type ChatSettings } from '../../contracts/chat-settings.ts';
import type { OwnRole } from '../../contracts/privileges.ts';
import type { MediaFile } from '../../contracts/media-file.ts';
import type { CheckConfiguration } from '../../scenario-dsl/checks/check-report.ts';

/** What the checks look at of a configuration: the same as `attendant check --config` reads from files. */
export function toCheckConfiguration(items: {
  roles: Iterable<OwnRole>;
  users: Iterable<User>;
  teams: Iterable<Team>;
  services: Iterable<Service>;
  entries: Iterable<Entry>;
  accounts: Iterable<Account>;
  chatSettings: Iterable<ChatSettings>;
  hours: Iterable<Hours>;
  bots: Iterable<Bot>;
  files: readonly MediaFile[];
  models: Iterable<Model>;
  surveys: Iterable<{ name: string }>;
  secrets: Iterable<Secret>;
}): CheckConfiguration {
  const users = [...items.users];
  const accounts = [...items.accounts];
  const [usual] = [...items.chatSettings];
  return {
    agents: withTeamSkills(users, items)
      .filter(takesChats(items.roles))
      .map(({ username, skills }) => ({ username, skills })),
    services: [...items.services].map(({ name, skills }) => ({ name, skills })),
    entries: [...items.entries].map((entry) => {
      const account = accounts.find(({ name }) => name === entry.account);
      return { name: entry.name, scenario: entry.scenario, texts: textsOfEntry(entry, account?.chat, usual) };
    }),
    users: users.map(({ username }) => username),
    hours: [...items.hours].map(({ name }) => name),
    bots: [...items.bots].map(({ name }) => name),
    files: items.files.map(({ id, type }) => ({ id, type })),
    models: [...items.models].map(({ name }) => name),
    surveys: [...items.surveys].map(({ name }) => name),
    secrets: [...items.secrets].map(({ name }) => name),
  };
}

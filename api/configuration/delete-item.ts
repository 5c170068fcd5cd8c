import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { PrivilegeHolder } from '../../contracts/privileges.ts';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { lastManager, managersOf } from './check-roles.ts';
import { requireTheirs } from './require-allowed.ts';
import { getItem, keyOf, type ConfigurationItem } from './find-item.ts';
import { kindOf, type ItemNoun } from './nouns.ts';
import { announceConfiguration } from './announce-configuration.ts';
import { changeInTurn } from './change-in-turn.ts';

interface Deletion {
  stored: ConfigurationSnapshot;
  before: ConfigurationItem;
  key: string;
}

/**
 * Deletes one item, whose conversations, messages and parts stay. A conversation under way goes on with what it knows.
 * @throws AppError NOT_FOUND; FORBIDDEN; STILL_IN_USE naming what refers to it
 */
export async function deleteItem(
  deps: AppDependencies,
  { noun, name, caller, privileges }: { noun: ItemNoun; name: string; caller: AuditedCaller } & PrivilegeHolder,
): Promise<void> {
  const plan = async (stored: ConfigurationSnapshot): Promise<Deletion> => {
    const before = getItem(stored, noun, name);
    const key = keyOf(before);
    if (noun === 'users' || noun === 'roles') requireTheirs({ privileges }, stored, { kind: kindOf[noun], key });
    const details = findUses(stored, noun, name);
    if (details.length > 0) throw new AppError('STILL_IN_USE', { details });
    return { stored, before, key };
  };
  const { stored } = await changeInTurn(deps, plan, async ({ before, key }) => {
    const change = describeChange({ kind: kindOf[noun], name, before, after: undefined });
    await deps.audit.record([{ ...change, ...caller, at: deps.now() }]);
    // Before it, too: where this process dies in between, nobody finds the item to delete it once more.
    if ('username' in before) await forgetUser(deps, before);
    await deps.store[noun].delete(key);
    if ('username' in before) {
      await forgetUser(deps, before);
      // Last: without it they would come in by their password alone, as long as they are there.
      await deps.secondFactors.delete(before.id);
    }
    await deps.store.itemSources.delete({ kind: kindOf[noun], key });
  });
  deps.configuration.invalidate();
  await announceConfiguration(deps, stored, await loadConfiguration(deps.store));
  deps.logger.info({ noun, name }, 'configuration deleted');
}

/** Another user of this name must find nothing of theirs: no log-in, no chosen state. Chats go on as after a log-out. */
async function forgetUser(
  { sessions, presence, ownCannedResponses, savedSearches, recordExports, now }: AppDependencies,
  { id, username }: Pick<User, 'id' | 'username'>,
): Promise<void> {
  await sessions.deleteOfUser(username);
  await ownCannedResponses.deleteOfUser(id);
  await savedSearches.deleteOfUser(id);
  await recordExports.expireOfUser(id, now());
  await presence.delete(username);
}

/** The fields by which items refer to one of a noun. */
const referringFields = {
  accounts: ['account'],
  services: ['service', 'services'],
  hours: ['hours'],
  secrets: ['token', 'secret'],
  surveys: ['survey'],
  evaluationForms: ['form'],
  teams: ['teams'],
  users: ['evaluators'],
} as const;

function findUses(stored: ConfigurationSnapshot, noun: ItemNoun, name: string): InputProblem[] {
  if (noun === 'roles') return findHolders(stored, name);
  if (noun === 'users')
    return [
      ...findLastManager(stored, name),
      ...findDirectUses(stored, noun, name),
      ...findRoutingUses(stored, noun, name),
    ];
  if (noun === 'services') return [...findDirectUses(stored, noun, name), ...findRoutingUses(stored, noun, name)];
  return findDirectUses(stored, noun, name);
}

function findDirectUses(stored: ConfigurationSnapshot, noun: ItemNoun, name: string): InputProblem[] {
  if (!isReferredTo(noun)) return [];
  const fields = referringFields[noun];
  const candidates = [
    ...stored.entries().map((item) => ({ item, list: 'entries', kind: 'entry' })),
    ...stored.services().map((item) => ({ item, list: 'services', kind: 'service' })),
    ...stored.bots().map((item) => ({ item, list: 'bots', kind: 'bot' })),
    ...stored.models().map((item) => ({ item, list: 'models', kind: 'model' })),
    ...stored.webhooks().map((item) => ({ item, list: 'webhooks', kind: 'webhook' })),
    ...stored.evaluationAssignments().map((item) => ({
      item,
      list: 'evaluation-assignment-rules',
      kind: 'evaluation-assignment',
    })),
  ];
  return candidates.flatMap(({ item, list, kind }) => {
    const field = fields.find((each) => [Reflect.get(item, each)].flat().includes(name));
    if (field === undefined) return [];
    return [
      {
        path: `${list}.${item.name}`,
        message: `is used by ${kind} "${item.name}"`,
        remedy: `Give ${kind} "${item.name}" another ${field}, or delete it first.`,
      },
    ];
  });
}

/** The users who have a role. */
function findHolders(stored: ConfigurationSnapshot, role: string): InputProblem[] {
  return stored
    .users()
    .filter((user) => user.role === role)
    .map(({ username }) => ({
      path: `users.${username}`,
      message: `is the role of user "${username}"`,
      remedy: `Give user "${username}" another role first.`,
    }));
}

function findLastManager(stored: ConfigurationSnapshot, username: string): InputProblem[] {
  const managers = managersOf(stored.users(), stored.roles());
  return managers.length === 1 && managers[0] === username
    ? [{ path: `users.${username}`, ...lastManager(username) }]
    : [];
}

function isReferredTo(noun: ItemNoun): noun is keyof typeof referringFields {
  return noun in referringFields;
}

/** What teams, overflows, canned responses and evaluation forms name. */
function findRoutingUses(stored: ConfigurationSnapshot, noun: 'users' | 'services', name: string): InputProblem[] {
  const teams = stored.teams().filter(({ members, supervisors, services }) => {
    const named = noun === 'users' ? [...members, ...supervisors] : services.map(({ service }) => service);
    return named.includes(name);
  });
  const overflowing = stored
    .services()
    .filter(({ overflow = [] }) => noun === 'services' && overflow.some(({ service }) => service === name));
  const canned = stored.cannedResponses().filter(({ services = [] }) => noun === 'services' && services.includes(name));
  const forms = stored.evaluationForms().filter(({ services = [] }) => noun === 'services' && services.includes(name));
  return [
    ...teams.map((team) => ({ list: 'teams', kind: 'team', item: team.name })),
    ...overflowing.map((service) => ({ list: 'services', kind: 'service', item: service.name })),
    ...canned.map((response) => ({ list: 'canned-responses', kind: 'canned-response', item: response.name })),
    ...forms.map((form) => ({ list: 'evaluation-forms', kind: 'evaluation-form', item: form.name })),
  ].map(({ list, kind, item }) => ({
    path: `${list}.${item}`,
    message: `is used by ${kind} "${item}"`,
    remedy: `Take it out of ${kind} "${item}" first.`,
  }));
}

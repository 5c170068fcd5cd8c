import { mayDo, privilegesOfRole } from '../../contracts/privileges.ts';
import { DEFAULT_GROUP } from '../../contracts/routing.ts';
import type { Origin, ProposedConfiguration } from './proposed-configuration.ts';

/** A name that an item of routing holds, and those there are. */
interface RoutingReference {
  field: string;
  what: string;
  name: string;
  known: Iterable<string>;
}

/** Whom teams name, where services overflow to, and the group whose settings a document holds. */
export function listRoutingReferences(
  items: ProposedConfiguration['items'],
  { kind, key }: Origin,
): RoutingReference[] {
  const { services, users, teams, cannedResponses, evaluationForms, surveys, bots, models } = items;
  if (kind === 'group') {
    const known = [DEFAULT_GROUP, ...[...services.values()].map(({ group }) => group)];
    return [{ field: 'name', what: 'service of a group', name: key, known }];
  }
  if (kind === 'service') return listServiceReferences({ services, surveys, bots, models }, key);
  if (kind === 'canned-response' || kind === 'evaluation-form') {
    const named = (kind === 'canned-response' ? cannedResponses : evaluationForms).get(key)?.services ?? [];
    return named.map((name, index) => ({ field: `services.${index}`, what: 'service', name, known: services.keys() }));
  }
  if (kind === 'evaluation-assignment') return listAssignmentReferences(items, key);
  const team = kind === 'team' ? teams.get(key) : undefined;
  if (!team) return [];
  const people = (field: 'members' | 'supervisors'): RoutingReference[] =>
    team[field].map((name, index) => ({ field: `${field}.${index}`, what: 'user', name, known: users.keys() }));
  return [
    ...people('members'),
    ...people('supervisors'),
    ...team.services.map(({ service }, index) => ({
      field: `services.${index}.service`,
      what: 'service',
      name: service,
      known: services.keys(),
    })),
  ];
}

/** Of a rule that assigns evaluations: the form, whose chats are drawn, and who may grade them. */
function listAssignmentReferences(
  { evaluationAssignments, evaluationForms, services, teams, users, roles }: ProposedConfiguration['items'],
  key: string,
): RoutingReference[] {
  const rule = evaluationAssignments.get(key);
  if (!rule) return [];
  const graders = [...users.values()].filter(({ role }) =>
    mayDo({ privileges: privilegesOfRole(role, roles.values()) }, 'grade-chats'),
  );
  const each = (field: 'services' | 'teams' | 'evaluators', what: string, known: string[]): RoutingReference[] =>
    (rule[field] ?? []).map((name, index) => ({ field: `${field}.${index}`, what, name, known }));
  return [
    { field: 'form', what: 'evaluation form', name: rule.form, known: evaluationForms.keys() },
    ...each('services', 'service', [...services.keys()]),
    ...each('teams', 'team', [...teams.keys()]),
    ...each(
      'evaluators',
      'user who may grade chats',
      graders.map(({ username }) => username),
    ),
  ];
}

/** Where a service overflows to, who suggests answers to its agents, and what its customers are asked. */
function listServiceReferences(
  { services, surveys, bots, models }: Pick<ProposedConfiguration['items'], 'services' | 'surveys' | 'bots' | 'models'>,
  key: string,
): RoutingReference[] {
  const { overflow = [], survey, suggestions: { bot, model } = {} } = services.get(key) ?? {};
  const others = [...services.keys()].filter((name) => name !== key);
  return [
    ...(survey === undefined ? [] : [{ field: 'survey', what: 'survey', name: survey, known: surveys.keys() }]),
    ...overflow.map(({ service: name }, index) => ({
      field: `overflow.${index}.service`,
      what: 'service',
      name,
      known: others,
    })),
    ...(bot === undefined ? [] : [{ field: 'suggestions.bot', what: 'bot', name: bot, known: bots.keys() }]),
    ...(model === undefined ? [] : [{ field: 'suggestions.model', what: 'model', name: model, known: models.keys() }]),
  ];
}

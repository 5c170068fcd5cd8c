import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';

/**
 * The noun of each kind of configuration: of its list in a snapshot, its map in a draft and its repository. In the order in
 * which they are written: each after what it refers to.
 */
export const nounOf = {
  secret: 'secrets',
  bot: 'bots',
  model: 'models',
  hours: 'hours',
  'chat-settings': 'chatSettings',
  retention: 'retention',
  'contact-field': 'contactFields',
  'case-status': 'caseStatuses',
  'evaluation-form': 'evaluationForms',
  survey: 'surveys',
  scenario: 'scenarioHeads',
  account: 'accounts',
  service: 'services',
  group: 'groups',
  entry: 'entries',
  role: 'roles',
  user: 'users',
  team: 'teams',
  'evaluation-assignment': 'evaluationAssignments',
  'canned-response': 'cannedResponses',
  label: 'labels',
  webhook: 'webhooks',
} as const satisfies Record<ConfigurationDocument['kind'], string>;

export type ConfigurationKind = keyof typeof nounOf;

type KindOf = { readonly [Kind in ConfigurationKind as (typeof nounOf)[Kind]]: Kind };

/** The kind of what a noun names. */
export const kindOf = Object.fromEntries(Object.entries(nounOf).map(([kind, noun]) => [noun, kind])) as KindOf;

/** Lists whose items can be changed and deleted one by one; scenarios are published and rolled back. */
export type ItemNoun = Exclude<keyof KindOf, 'scenarioHeads'>;

import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { findRetentionProblem } from '../../contracts/retention.ts';
import { findSurveyProblem } from '../../contracts/quality-configuration-schema.ts';
import { nounOf, type ConfigurationKind } from './nouns.ts';
import type { DocumentPlace } from './read-duration.ts';

/** Kinds that are kept as they are written, under their names: they refer to nothing that is checked here, and hold no secret. */
const PLAIN_KINDS = [
  'bot',
  'model',
  'contact-field',
  'case-status',
  'webhook',
  'canned-response',
  'label',
  'chat-settings',
  'retention',
  'evaluation-form',
  'evaluation-assignment',
  'survey',
] as const satisfies ConfigurationKind[];

type PlainDocument = Extract<ConfigurationDocument, { kind: (typeof PLAIN_KINDS)[number] }>;

const plainKinds: ReadonlySet<ConfigurationKind> = new Set(PLAIN_KINDS);

export function isPlain(document: ConfigurationDocument): document is PlainDocument {
  return plainKinds.has(document.kind);
}

/** Puts it over the draft; gives its name. */
export function putPlain({ proposed, place }: DocumentPlace, document: PlainDocument): string {
  const problem = document.kind === 'survey' ? findSurveyProblem(document) : undefined;
  if (problem) {
    const remedy = 'Let conditions name earlier questions, and translations what there is.';
    proposed.problems.push({ path: `${place}.${problem.path}`, message: problem.message, remedy });
  }
  const unreachable = document.kind === 'retention' ? findRetentionProblem(document) : undefined;
  if (unreachable) proposed.problems.push({ ...unreachable, path: `${place}.${unreachable.path}` });
  const { kind, ...item } = document;
  const defaults = kind === 'case-status' ? { isClosed: false, position: 0 } : {};
  // The kind names the map of its own items.
  const ofKind = proposed.items[nounOf[kind]] as Map<string, object>;
  ofKind.set(item.name, { ...defaults, ...withoutUndefined(item) });
  return item.name;
}

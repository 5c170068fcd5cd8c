import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { nounOf, type ConfigurationKind } from './nouns.ts';
import type { ProposedConfiguration } from './proposed-configuration.ts';

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
] as const satisfies ConfigurationKind[];

type PlainDocument = Extract<ConfigurationDocument, { kind: (typeof PLAIN_KINDS)[number] }>;

const plainKinds: ReadonlySet<ConfigurationKind> = new Set(PLAIN_KINDS);

export function isPlain(document: ConfigurationDocument): document is PlainDocument {
  return plainKinds.has(document.kind);
}

/** Puts it over the draft; gives its name. */
export function putPlain({ items }: ProposedConfiguration, document: PlainDocument): string {
  const { kind, ...item } = document;
  const defaults = kind === 'case-status' ? { isClosed: false, position: 0 } : {};
  // The kind names the map of its own items.
  const ofKind = items[nounOf[kind]] as Map<string, object>;
  ofKind.set(item.name, { ...defaults, ...withoutUndefined(item) });
  return item.name;
}

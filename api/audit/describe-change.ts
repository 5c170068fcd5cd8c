import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { NewAuditEntry } from '../../contracts/audit.ts';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { documentOf } from '../configuration/describe-configuration.ts';
import type { ConfigurationItem } from '../configuration/find-item.ts';

type Kind = ConfigurationDocument['kind'];
type Fields = Readonly<Record<string, unknown>>;

const MASK = '***';
/** Of a field as JSON; a longer one is told by its hash. */
const MAX_CHARACTERS = 10_000;

/** What is stored of an item that no answer shows, by the field of its document. */
const secretFields: Partial<Record<Kind, Readonly<Record<string, string>>>> = {
  account: { pageToken: 'pageToken', appSecret: 'appSecret', verifyToken: 'verifyToken' },
  secret: { value: 'value' },
  user: { password: 'passwordHash' },
};

/** One item of configuration before and after a change. */
export interface ItemChange {
  kind: Kind;
  name: string;
  before: ConfigurationItem | ScenarioHead | undefined;
  after: ConfigurationItem | ScenarioHead | undefined;
}

/** The entry of a change: the fields that differ, where a secret shows only that it does. */
export function describeChange({
  kind,
  name,
  before,
  after,
}: ItemChange): Pick<NewAuditEntry, 'action' | 'subject' | 'before' | 'after'> {
  const [was, is] = [before && fieldsOf(kind, before), after && fieldsOf(kind, after)];
  const verb = !was ? 'created' : is ? 'changed' : 'deleted';
  const names = Object.keys({ ...was, ...is }).filter((field) => !isDeepStrictEqual(was?.[field], is?.[field]));
  const pick = (fields: Fields): Fields =>
    Object.fromEntries(
      names.flatMap((field) => (field in fields ? [[field, show(kind, field, fields[field])] as const] : [])),
    );
  return {
    action: `configuration.${verb}`,
    subject: { kind, name },
    ...(was && { before: pick(was) }),
    ...(is && { after: pick(is) }),
  };
}

function fieldsOf(kind: Kind, item: ConfigurationItem | ScenarioHead): Fields {
  const { kind: _kind, ...shown } = kind === 'scenario' ? { kind, ...item } : describe(kind, item);
  const secrets = Object.entries(secretFields[kind] ?? {}).map(([field, stored]) => [field, Reflect.get(item, stored)]);
  return { ...shown, ...Object.fromEntries(secrets) };
}

function describe(kind: Exclude<Kind, 'scenario'>, item: object): ConfigurationDocument {
  return (documentOf[kind] as (item: object) => ConfigurationDocument)(item);
}

function show(kind: Kind, field: string, value: unknown): unknown {
  if (secretFields[kind]?.[field] !== undefined) return MASK;
  const text = JSON.stringify(value);
  if (text.length <= MAX_CHARACTERS) return value;
  return { characters: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}

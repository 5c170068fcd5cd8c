import { isRecord } from '../../contracts/is-record.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import { blockId } from '../blocks/common-schema.ts';
import { blockEnvelopeKeys, blockEnvelopeSchema } from '../document/document-schema.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';
import { checkShape } from './check-shape.ts';
import { knownKeys } from './known-keys-schema.ts';
import type { WrittenAt } from './read-source.ts';

/** A block as far as it could be read. */
export interface CheckedBlock {
  block?: ScenarioBlock;
  findings: Finding[];
}

const TYPE_NAMES = Object.keys(blockTypes);

/** Checks one entry of `blocks` for itself, without its neighbours. */
export function checkBlock(id: string, value: unknown, writtenAt?: WrittenAt): CheckedBlock {
  const path: SourcePath = ['blocks', id];
  const findings: Finding[] = checkShape(blockId, id, { path }).findings.map((finding) => ({
    ...finding,
    atKey: true,
  }));
  if (!isRecord(value)) {
    findings.push(
      error(
        path,
        'bad-block',
        'A block is a map.',
        value === null
          ? `Write its type below it, two spaces further right than ${quoted(id)}: send-message: { text: … }.`
          : `Write ${quoted(id)} as a map with a block type: send-message: { text: … }.`,
      ),
    );
    return { findings };
  }
  const type = findType(value, path, findings);
  const envelope = checkShape(blockEnvelopeSchema, value, { path, writtenAt });
  findings.push(...envelope.findings);
  if (type === undefined) return { findings };
  const fields = checkShape<unknown>(blockTypes[type].schema, value[type], { path: [...path, type], writtenAt });
  findings.push(...withoutConsequences(fields.findings).map((finding) => atEnvelope(finding, type)));
  if (!envelope.value || fields.value === undefined) return { findings };
  return { block: toBlock(id, type, { fields: fields.value, ...envelope.value }), findings };
}

/** What is told of a block beside its type's own fields: which type it is, as far as anybody can tell. */
function findType(value: Record<string, unknown>, path: SourcePath, findings: Finding[]): BlockType | undefined {
  const keys = Object.keys(value).filter((key) => !blockEnvelopeKeys.includes(key));
  const types = keys.filter(isBlockType);
  // "exit" with the exits of a block is a slip of the pen.
  const [type, second] = types.length === 2 && isMeantAsExits(value) ? types.filter((key) => key !== 'exit') : types;
  if (types.length === 2 && second === undefined) findings.push(unknownKey('exit', type, path));
  for (const key of keys.filter((name) => !isBlockType(name))) findings.push(unknownKey(key, type, path));
  if (type !== undefined && second !== undefined) {
    const message = `A block has one type, this one has ${types.map(quoted).join(' and ')}.`;
    const remedy = `Make a block of each: "${second}" under an id of its own, behind this one.`;
    findings.push({ ...error([...path, second], 'two-block-types', message, remedy), atKey: true });
    checkOthers(value, { types, path, findings });
    return undefined;
  }
  if (keys.length === 0) {
    findings.push(
      error(path, 'no-block-type', 'The block says nothing to do.', `Add one of: ${TYPE_NAMES.join(', ')}.`),
    );
  }
  if (type === undefined) checkMeant(value, { keys, path, findings });
  return type;
}

/** `exit: { timeout: end }` instead of `exits`; the block "exit" has no fields. */
function isMeantAsExits({ exit }: Record<string, unknown>): boolean {
  return (
    isRecord(exit) && Object.values(exit).every((target) => typeof target === 'string') && Object.keys(exit).length > 0
  );
}

/** What is wrong inside of a block of two types, too. */
function checkOthers(
  value: Record<string, unknown>,
  { types, path, findings }: { types: readonly BlockType[]; path: SourcePath; findings: Finding[] },
): void {
  for (const type of types) {
    const { findings: inside } = checkShape<unknown>(blockTypes[type].schema, value[type], { path: [...path, type] });
    findings.push(...withoutConsequences(inside));
  }
}

/** What is wrong inside of a type whose name is misspelt, too. */
function checkMeant(
  value: Record<string, unknown>,
  { keys, path, findings }: { keys: readonly string[]; path: SourcePath; findings: Finding[] },
): void {
  for (const key of keys) {
    const meant = findNearestName(key, TYPE_NAMES);
    if (meant === undefined || !isBlockType(meant)) continue;
    const { findings: inside } = checkShape<unknown>(blockTypes[meant].schema, value[key], { path: [...path, key] });
    findings.push(...withoutConsequences(inside));
  }
}

/** What is missing only because its key is misspelt is not told a second time. */
function withoutConsequences(findings: readonly Finding[]): Finding[] {
  const misspelt = findings.filter(({ code, remedy }) => code === 'unknown-key' && remedy.startsWith('Did you mean'));
  return findings.filter(({ code, path }) => {
    const isShort = code === 'bad-branch' || code === 'bad-message';
    const isMissing = code === 'missing' || code === 'bad-input-field';
    return !misspelt.some(({ remedy, path: key }) => {
      const parent = key.slice(0, -1).join('/');
      if (isShort) return parent === path.join('/');
      return isMissing && parent === path.slice(0, -1).join('/') && remedy.includes(`"${path.at(-1)}"`);
    });
  });
}

/** Exits, a title and a note stand beside the type, not in its fields. */
function atEnvelope(finding: Finding, type: BlockType): Finding {
  const key = finding.path.at(-1);
  const isOfBlock =
    finding.code === 'unknown-key' && finding.path.length === 4 && blockEnvelopeKeys.includes(String(key));
  return isOfBlock ? { ...finding, remedy: `Put "${key}" beside "${type}", not into it.` } : finding;
}

function unknownKey(key: string, type: BlockType | undefined, path: SourcePath): Finding {
  if (type === undefined) {
    const message = `${quoted(key)} is not a block type.`;
    return { ...error([...path, key], 'unknown-block-type', message, suggest(key, TYPE_NAMES)), atKey: true };
  }
  const isField = knownKeys(blockTypes[type].schema, []).includes(key);
  const remedy = isField ? `Put it into "${type}": ${type}: { ${key}: … }.` : suggest(key, blockEnvelopeKeys);
  return { ...error([...path, key], 'unknown-key', `${quoted(key)} is not known here.`, remedy), atKey: true };
}

interface BlockParts {
  fields: unknown;
  title?: string | undefined;
  note?: string | undefined;
  tags?: string[] | undefined;
  next?: string | undefined;
  exits?: Record<string, string> | undefined;
}

function toBlock(id: string, type: BlockType, { fields, title, note, tags, next, exits }: BlockParts): ScenarioBlock {
  const block = {
    id,
    type,
    fields,
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(tags !== undefined && { tags }),
    ...(next !== undefined && { next }),
    exits: exits ?? {},
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very type let the fields through
  return block as ScenarioBlock;
}

// oxlint-disable-next-line max-params -- a finding in one line
function error(path: SourcePath, code: string, message: string, remedy: string): Finding {
  return { severity: 'error', code, message, remedy, path };
}

function isBlockType(key: string): key is BlockType {
  return Object.hasOwn(blockTypes, key);
}

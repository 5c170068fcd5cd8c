import { isRecord } from '../../contracts/is-record.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import { blockId } from '../blocks/common-schema.ts';
import { blockEnvelopeKeys, blockEnvelopeSchema } from '../document/document-schema.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';
import { checkShape } from './check-shape.ts';
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
        `Write ${quoted(id)} as a map with a block type: send-message: { text: … }.`,
      ),
    );
    return { findings };
  }
  const type = findType(value, path, findings);
  const envelope = checkShape(blockEnvelopeSchema, value, { path, writtenAt });
  findings.push(...envelope.findings);
  if (type === undefined) return { findings };
  const fields = checkShape<unknown>(blockTypes[type].schema, value[type], { path: [...path, type], writtenAt });
  findings.push(...fields.findings);
  if (!envelope.value || fields.value === undefined) return { findings };
  return { block: toBlock(id, type, { fields: fields.value, ...envelope.value }), findings };
}

function findType(value: Record<string, unknown>, path: SourcePath, findings: Finding[]): BlockType | undefined {
  const keys = Object.keys(value).filter((key) => !blockEnvelopeKeys.includes(key));
  const types = keys.filter(isBlockType);
  const [type, second] = types;
  for (const key of keys.filter((name) => !isBlockType(name))) findings.push(unknownKey(key, type, path));
  if (second !== undefined) {
    const message = `A block has one type, this one has ${types.map(quoted).join(' and ')}.`;
    findings.push({ ...error([...path, second], 'two-block-types', message, 'Make a block of each.'), atKey: true });
  }
  if (keys.length === 0) {
    findings.push(
      error(path, 'no-block-type', 'The block says nothing to do.', `Add one of: ${TYPE_NAMES.join(', ')}.`),
    );
  }
  return second === undefined ? type : undefined;
}

function unknownKey(key: string, type: BlockType | undefined, path: SourcePath): Finding {
  const finding =
    type === undefined
      ? error([...path, key], 'unknown-block-type', `${quoted(key)} is not a block type.`, suggest(key, TYPE_NAMES))
      : error([...path, key], 'unknown-key', `${quoted(key)} is not known here.`, suggest(key, blockEnvelopeKeys));
  return { ...finding, atKey: true };
}

interface BlockParts {
  fields: unknown;
  title?: string | undefined;
  note?: string | undefined;
  tags?: string[] | undefined;
  exits?: Record<string, string> | undefined;
}

function toBlock(id: string, type: BlockType, { fields, title, note, tags, exits }: BlockParts): ScenarioBlock {
  const block = {
    id,
    type,
    fields,
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(tags !== undefined && { tags }),
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

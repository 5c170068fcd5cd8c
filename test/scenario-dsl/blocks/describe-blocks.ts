import { getBlockWays } from '../../../scenario-dsl/blocks/block-behaviours.ts';
import { blockTypes, type BlockType } from '../../../scenario-dsl/blocks/block-types-schema.ts';
import { listExits } from '../../../scenario-dsl/document/list-exits-schema.ts';
import { createScenarioJsonSchema, type JsonSchema } from '../../../scenario-dsl/document/scenario-json-schema.ts';
import { readBlockExample } from './block-examples.ts';

const groups = { talk: 'Talk', decide: 'Decide', route: 'Route', data: 'Data' };

/** Every block type with its fields, exits, differences and runnable example, as Markdown. */
export function describeBlocks(): string {
  const types = Object.keys(blockTypes) as BlockType[];
  return Object.entries(groups)
    .flatMap(([group, title]) => [
      `## ${title}`,
      ...types.filter((type) => blockTypes[type].guide.group === group).map(describeBlock),
    ])
    .join('\n\n');
}

function describeBlock(type: BlockType): string {
  const { title, notes = [], differs } = blockTypes[type].guide;
  const schema = schemaOf(type);
  const { source, tests } = readBlockExample(type);
  return [
    `### ${title} \`${type}\``,
    schema.description ?? '',
    describeFields(schema),
    describeExits(type),
    notes.map((note) => `- ${note}`).join('\n'),
    ...(differs === undefined ? [] : [`Differs: ${differs}`]),
    `\`\`\`yaml\n${source}\`\`\``,
    `<details><summary>A test of every way out</summary>\n\n\`\`\`yml\n${tests}\`\`\`\n\n</details>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function schemaOf(type: BlockType): JsonSchema {
  const block = createScenarioJsonSchema().$defs?.['block'];
  const schema = block?.properties?.[type];
  if (typeof schema !== 'object') throw new Error(`The JSON Schema has no block type ${type}.`);
  return schema;
}

function describeFields(schema: JsonSchema): string {
  const rows = listFields(schema, '');
  if (rows.length === 0) return '';
  return `| field | | |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/** Nested maps and lists of maps by their paths: `wait.into`, `choices[].title`. */
function listFields(schema: JsonSchema, prefix: string): string[] {
  const forms = schema.anyOf?.some((form) => typeof form === 'object' && form.type === 'array') ? schema.anyOf : [];
  const [items, map] = forms.map((form) => (typeof form === 'object' ? listFields(form, prefix) : []));
  // What is a list of maps, or a map for each item of a list, is told once, with what only the map has.
  if (items && map) return [...items, ...map.filter((row) => !items.includes(row.replace(prefix, `${prefix}[]`)))];
  const inner = innermost(schema);
  const required = new Set(inner.schema.required ?? []);
  return Object.entries(inner.schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field !== 'object') return [];
    const path = `${prefix}${inner.suffix}${prefix + inner.suffix === '' ? '' : '.'}${name}`;
    const row = `| \`${path}\` | ${describeType(field)}${required.has(name) ? ', needed' : ''} | ${cell(field.description ?? '')} |`;
    return [row, ...listFields(field, path)];
  });
}

function innermost(schema: JsonSchema): { schema: JsonSchema; suffix: string } {
  const { items } = schema;
  return schema.type === 'array' && typeof items === 'object' && !Array.isArray(items)
    ? { schema: items, suffix: '[]' }
    : { schema, suffix: '' };
}

function describeType(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  const any = schema.anyOf?.filter((each) => typeof each === 'object' && ('type' in each || 'properties' in each));
  if (schema.type === undefined && any && any.length > 0) {
    return [...new Set(any.map((each) => describeType(each)))].join(' or ');
  }
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'map';
  if (schema.type === 'string') return 'text';
  return schema.type === undefined ? 'anything' : String(schema.type);
}

function describeExits(type: BlockType): string {
  const exits = listExits(type);
  const { document } = readBlockExample(type);
  const example = document.blocks.find((block) => block.type === type);
  const hasNext = example && getBlockWays(example).ways.some(({ way }) => way === 'next');
  if (exits.length === 0) return hasNext ? 'Goes on at the next block.' : '';
  const rows = exits.map(({ name, kind, when }) => `| \`${name}\` | ${kind} | ${cell(when)} |`);
  return `| exit | | taken when |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

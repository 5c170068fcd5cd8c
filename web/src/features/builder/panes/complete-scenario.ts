import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { BuilderState } from '../model/builder-store.ts';
import { asSchema, fieldsOf } from '../forms/schema-field.ts';

const ENVELOPE = ['title', 'note', 'tags', 'next', 'exits'];

/** What fits where the text is written: blocks where something goes, variables, types, fields and exits. */
export function completeScenario(
  context: CompletionContext,
  { graph, types, variables }: Pick<BuilderState, 'graph' | 'types' | 'variables'>,
): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const variable = /\$\(([\w.-]*)$/.exec(before);
  if (variable) {
    const options = variables.map(({ name, description }): Completion => ({
      label: name,
      type: 'variable',
      ...(description !== undefined && { detail: description }),
    }));
    return { from: context.pos - (variable[1] ?? '').length, options };
  }
  const target = /(?:^|[\s{,])(?:go|else|next|goto|catch|default|[a-z-]+): ?([a-z0-9-]*)$/.exec(before);
  if (target && isTarget(before)) {
    const options = [...graph.blocks.map(({ id, title }) => option(id, title)), option('end', undefined)];
    return { from: context.pos - (target[1] ?? '').length, options: unique(options) };
  }
  const word = /(?:^|[\s{,])([A-Za-z-]*)$/.exec(before);
  if (!word || (!context.explicit && (word[1] ?? '') === '')) return null;
  const options = keysAt(context, { graph, types });
  return options.length === 0 ? null : { from: context.pos - (word[1] ?? '').length, options };
}

function isTarget(before: string): boolean {
  return /(?:go|else|next|goto|catch|default): ?[a-z0-9-]*$/.test(before) || /exits:.*: ?[a-z0-9-]*$/.test(before);
}

function option(label: string, detail: string | undefined): Completion {
  return { label, type: 'constant', ...(detail !== undefined && { detail }) };
}

function unique(options: readonly Completion[]): Completion[] {
  return [...new Map(options.map((each) => [each.label, each])).values()];
}

/** The keys that can stand here: of a block its types, inside of a type its fields, in `exits` its exits. */
function keysAt(context: CompletionContext, { graph, types }: Pick<BuilderState, 'graph' | 'types'>): Completion[] {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const around = findAround(context, line.number);
  if (around.block === undefined) return [];
  const known = types.find(
    ({ type }) => type === (around.type ?? graph.blocks.find(({ id }) => id === around.block)?.type),
  );
  if (/exits: *\{[^}]*$/.test(before) || around.isInExits)
    return (known?.exits ?? []).map(({ name, when }) => key(name, when));
  if (/: *\{[^}]*$/.test(before) || around.isInType)
    return fieldsOf(asSchema(known?.schema)).map(({ name, description }) => key(name, description));
  return [
    ...types.map(({ type, description }) => key(type, description)),
    ...ENVELOPE.map((name) => key(name, undefined)),
  ];
}

function key(label: string, info: string | undefined): Completion {
  return { label, apply: `${label}: `, type: 'property', ...(info !== undefined && { info }) };
}

interface Around {
  block?: string;
  type?: string;
  isInExits: boolean;
  isInType: boolean;
}

/** Which block, and which key of it, a line stands in, by how far in it stands. */
function findAround(context: CompletionContext, number: number): Around {
  const { doc } = context.state;
  const found: Around = { isInExits: false, isInType: false };
  let depth = indentOf(doc.line(number).text);
  for (let at = number - 1; at >= 1; at -= 1) {
    const { text } = doc.line(at);
    const [, indent = '', name] = /^( *)([A-Za-z][\w-]*):/.exec(text) ?? [];
    if (name === undefined || indent.length >= depth) continue;
    depth = indent.length;
    if (indent.length === 4) {
      found.isInExits = name === 'exits';
      found.isInType = name !== 'exits';
      if (name !== 'exits') found.type = name;
    }
    if (indent.length === 2) return { ...found, block: name };
    if (indent.length === 0) return found;
  }
  return found;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

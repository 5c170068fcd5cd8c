import { isRecord } from '../../contracts/is-record.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { listSnippets, withSnippets } from '../document/snippets.ts';
import type { PlacedText } from '../document/texts-by-language.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';

/** A text by its name: one, or one in each language. */
export type Snippets = Readonly<Record<string, string | PlacedText['texts']>>;

/**
 * Puts the snippets of a scenario into its blocks, so that nothing behind the parser knows of them, and says which are named
 * and missing, and which nobody says. `placeOf`: where one stands.
 */
export function putInSnippets(
  blocks: readonly ScenarioBlock[],
  snippets: Snippets,
  placeOf: (name: string) => SourcePath = (name) => ['snippets', name],
): { blocks: ScenarioBlock[]; findings: Finding[] } {
  const known = new Map(Object.entries(snippets));
  const used = new Set<string>();
  const findings: Finding[] = [];
  const saying = blocks.map((block) => {
    const uses = listSnippets(block.fields, ['blocks', block.id, block.type]);
    for (const { path, name } of uses) {
      used.add(name);
      if (!known.has(name)) findings.push(unknownSnippet(path, name, [...known.keys()]));
    }
    findings.push(...findNamedByAt(block.fields, { known, path: ['blocks', block.id, block.type] }));
    // The fields are those of this very block, with texts where texts are taken.
    return uses.length === 0 ? block : ({ ...block, fields: withSnippets(block.fields, known) } as ScenarioBlock);
  });
  const unused = [...known.keys()].filter((name) => !used.has(name)).map((name) => unusedSnippet(name, placeOf(name)));
  return { blocks: saying, findings: [...findings, ...unused] };
}

/** `text: "@hello"`, as other builders name a text. */
function findNamedByAt(
  value: unknown,
  { known, path }: { known: ReadonlyMap<string, unknown>; path: Finding['path'] },
): Finding[] {
  if (typeof value === 'string') {
    const name = value.startsWith('@') ? value.slice(1) : '';
    if (!known.has(name)) return [];
    const message = `${quoted(value)} is said as it stands, and there is a snippet of that name.`;
    return [{ severity: 'warning', code: 'not-substituted', message, remedy: `Write { snippet: ${name} }.`, path }];
  }
  if (Array.isArray(value))
    return value.flatMap((each, index) => findNamedByAt(each, { known, path: [...path, index] }));
  return isRecord(value)
    ? Object.entries(value).flatMap(([key, each]) => findNamedByAt(each, { known, path: [...path, key] }))
    : [];
}

function unknownSnippet(path: Finding['path'], name: string, known: readonly string[]): Finding {
  return {
    severity: 'error',
    code: 'unknown-snippet',
    message: `There is no snippet ${quoted(name)}.`,
    remedy: known.length === 0 ? `Write it beside "blocks": snippets: { ${name}: … }.` : suggest(name, known),
    path: [...path, 'snippet'],
  };
}

function unusedSnippet(name: string, path: SourcePath): Finding {
  return {
    severity: 'warning',
    code: 'unused-snippet',
    message: `No block says the snippet ${quoted(name)}.`,
    remedy: `Say it somewhere, text: { snippet: ${name} }, or take it out.`,
    path,
    atKey: true,
  };
}

// The way from an author's text to a document: yaml, zod and every check live behind this file, for api and CLI.
// The workflow bundle has `compile-scenario.ts` and `step.ts` only and takes what this let through.
import { envelopeSchema } from '../document/document-schema.ts';
import {
  LANGUAGE_VERSION,
  type AnywhereRule,
  type ScenarioBlock,
  type ScenarioDocument,
} from '../document/document.ts';
import type { ParameterType, ScenarioInput } from '../document/parameters.ts';
import { isRecord } from '../../contracts/is-record.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { BUILT_IN_IDS } from '../document/built-in-blocks.ts';
import type { Finding, SourcePath } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import {
  checkDefaultExits,
  checkDefaultTimeout,
  checkNext,
  completeBlocks,
  type DefaultExits,
} from './complete-blocks.ts';
import { checkBlock } from './check-block.ts';
import { checkHandlers, checkReach, checkRules, checkTargets } from './check-flow.ts';
import { checkLoops } from './check-loops.ts';
import { checkShape } from './check-shape.ts';
import { withChoice } from '../document/texts-by-language.ts';
import { putInSnippets, type Snippets } from './put-in-snippets.ts';
import { readTexts, type Texts } from './read-texts.ts';
import { speakLanguages } from './speak-languages.ts';
import { readSource, type ReadSource, type WrittenAt } from './read-source.ts';

const MAX_BLOCKS = 2000;
const MAX_PROBLEMS = 500;

/** `readable`: where there are errors, the blocks that could be read, for checks that look at each by itself. */
interface ParsedScenario {
  document?: ScenarioDocument;
  readable?: ScenarioDocument;
  problems: Problem[];
}

/**
 * Reads and checks a scenario, and says everything that is wrong with it at once, in the order of the file (up to 500 problems).
 * Gives a document when there is no error (there may be warnings). Never throws, whatever the text is.
 */
export function parseScenario(source: string): ParsedScenario {
  const read = readSource(source);
  const checked: { document?: ScenarioDocument; findings: Finding[] } =
    read.value === undefined ? { findings: [] } : checkDocument(read);
  const problems = [...read.findings, ...checked.findings]
    .map((finding) => read.locate(finding))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, MAX_PROBLEMS);
  const isSound = checked.document !== undefined && problems.every(({ severity }) => severity === 'warning');
  if (!checked.document) return { problems };
  return isSound ? { document: checked.document, problems } : { readable: checked.document, problems };
}

function checkDocument({ value, writtenAt }: Pick<ReadSource, 'value' | 'writtenAt'>): {
  document?: ScenarioDocument;
  findings: Finding[];
} {
  const envelope = checkShape(envelopeSchema, value, { path: [], writtenAt });
  const entries = findBlocks(value);
  const checkedBlocks = entries
    ? checkBlocks(entries, { writtenAt, defaults: findDefaultExits(value), anywhere: findRules(value) })
    : { blocks: [], findings: [] };
  const findings = [...envelope.findings, ...checkedBlocks.findings];
  if (!envelope.value) return { findings };
  const {
    attendant: _written,
    defaults: _wired,
    blocks: _unchecked,
    inputs,
    results,
    snippets = {},
    texts,
    languages: written,
    ...head
  } = envelope.value;
  const named = readTexts(texts, written);
  const languages = named.languages && [...named.languages];
  const speaking = { languages, language: head.language, locale: head.locale };
  const spoken = speakLanguages(checkedBlocks.blocks, speaking, snippets);
  const ofTexts = withChoice(named.snippets, speaking) as Snippets;
  const saying = putInSnippets(spoken.blocks, { ...spoken.snippets, ...ofTexts }, (name) => placeOfText(name, texts));
  findings.push(...named.findings, ...findTwice(snippets, named.snippets), ...spoken.findings);
  // Names of what is not here are no mistakes.
  if (!Array.isArray(texts)) findings.push(...withoutHasty(saying.findings, checkedBlocks.blocks, entries));
  const document: ScenarioDocument = {
    attendant: LANGUAGE_VERSION,
    ...withoutUndefined({
      ...head,
      languages,
      inputs: inputs && toInputs(inputs),
      results: results && withTypes(results),
    }),
    blocks: saying.blocks,
  };
  return { document, findings };
}

/** Of a snippet that nobody says nothing is known where a block cannot be read: it may say it. */
function withoutHasty(
  findings: readonly Finding[],
  blocks: readonly ScenarioBlock[],
  entries: readonly [string, unknown][] = [],
): Finding[] {
  const read = new Set(blocks.map(({ id }) => id));
  const isWhole = entries.every(([id]) => read.has(id));
  return findings.filter(({ code }) => isWhole || code !== 'unused-snippet');
}

/** Where a text stands that is said by its name: the first language that has it. */
function placeOfText(name: string, texts: Texts | undefined): SourcePath {
  const [code] = Object.entries(texts ?? {}).find(([, named]) => isRecord(named) && Object.hasOwn(named, name)) ?? [];
  return code === undefined ? ['snippets', name] : ['texts', code, name];
}

function findTwice(snippets: Snippets, named: Snippets): Finding[] {
  return Object.keys(snippets)
    .filter((name) => Object.hasOwn(named, name))
    .map((name) => ({
      severity: 'error',
      code: 'duplicate-key',
      message: `"${name}" is a snippet, and stands among the texts as well.`,
      remedy: 'Give one of them another name, or take it out.',
      path: ['snippets', name],
      atKey: true,
    }));
}

/** `brandName: text` means the same as `brandName: { type: text }`. */
function toInputs(
  written:
    | readonly string[]
    | Readonly<Record<string, ParameterType | { type: ParameterType; optional?: boolean | undefined }>>,
): Record<string, ScenarioInput> {
  return Object.fromEntries(
    Object.entries(withTypes(written)).map(([name, input]) => {
      if (typeof input === 'string') return [name, { type: input }];
      return [name, { type: input.type, ...(input.optional === true && { optional: true as const }) }];
    }),
  );
}

/** Names alone can be anything. */
function withTypes<Type>(written: readonly string[] | Readonly<Record<string, Type>>): Record<string, Type | 'any'> {
  return isNames(written) ? Object.fromEntries(written.map((name) => [name, 'any'])) : { ...written };
}

function isNames(written: object): written is readonly string[] {
  return Array.isArray(written);
}

function checkBlocks(
  entries: [string, unknown][],
  {
    writtenAt,
    defaults,
    anywhere,
  }: { writtenAt: WrittenAt | undefined; defaults: DefaultExits; anywhere: AnywhereRule[] },
): { blocks: ScenarioBlock[]; findings: Finding[] } {
  if (entries.length === 0 || entries.length > MAX_BLOCKS)
    return { blocks: [], findings: [wrongCount(entries.length)] };
  const checked = entries.map(([id, value]) => checkBlock(id, value, writtenAt));
  const written = checked.flatMap(({ block }) => (block ? [block] : []));
  const findings = checked.flatMap((result) => result.findings);
  const ids = [...new Set([...entries.map(([id]) => id), ...BUILT_IN_IDS])];
  const wrongTargets = [
    ...checkTargets(written, ids),
    ...checkDefaultExits(defaults, ids),
    ...checkRules(anywhere, ids),
  ];
  findings.push(...wrongTargets, ...checkHandlers(written), ...checkNext(written));
  findings.push(...checkDefaultTimeout(written, defaults));
  const blocks = completeBlocks(written, { defaults, anywhere });
  // A block that cannot be read, or a way that leads nowhere, would make every block behind it look unreachable.
  if (written.length === entries.length && wrongTargets.length === 0) {
    findings.push(...checkReach({ blocks, anywhere }), ...checkLoops(blocks));
  }
  return { blocks, findings };
}

/** The entries of `blocks` even where the rest of the file is wrong, so that all problems are told at once. */
function findBlocks(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null || !('blocks' in value)) return undefined;
  const { blocks } = value;
  return typeof blocks === 'object' && blocks !== null && !Array.isArray(blocks) ? Object.entries(blocks) : undefined;
}

/** Those that are written as they should be; the envelope's schema tells of the others. */
function findDefaultExits(value: unknown): DefaultExits {
  const defaults = isRecord(value) && isRecord(value['defaults']) ? value['defaults']['exits'] : undefined;
  if (!isRecord(defaults)) return {};
  return Object.fromEntries(
    Object.entries(defaults).flatMap(([name, target]) => (typeof target === 'string' ? [[name, target]] : [])),
  );
}

/** As far as they are written as they should be: what a rule with a mistake leads to is no block without a way to it. */
function findRules(value: unknown): AnywhereRule[] {
  const rules = isRecord(value) && Array.isArray(value['anywhere']) ? (value['anywhere'] as unknown[]) : [];
  return rules.map((rule) => {
    const { go, except } = isRecord(rule) ? rule : {};
    return {
      go: typeof go === 'string' ? go : 'end',
      except: Array.isArray(except) ? except.filter((id) => typeof id === 'string') : [],
    };
  });
}

function wrongCount(count: number): Finding {
  return {
    severity: 'error',
    code: count === 0 ? 'no-blocks' : 'too-many-blocks',
    message:
      count === 0 ? 'The scenario has no blocks.' : `The scenario has ${count} blocks; ${MAX_BLOCKS} are possible.`,
    remedy: count === 0 ? 'Add at least one block under "blocks".' : 'Split it.',
    path: ['blocks'],
    atKey: true,
  };
}

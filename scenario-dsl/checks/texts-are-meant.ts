import { findNearestName } from '../../contracts/nearest-name.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { EACH, type Expression } from '../expression/expression.ts';
import { functionNames } from '../expression/functions/functions.ts';
import { parseValue } from '../expression/value-expression.ts';
import { worldVariables } from '../expression/world-variables.ts';
import { quoted } from '../problems/finding.ts';
import { listBlockTexts, parseBlockText, type BlockText } from './block-texts.ts';
import type { Check, CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';
import { findMarkup } from './foreign-markup.ts';
import { findFilters, findGroupedNumbers, type Slip } from './foreign-values.ts';

const name = 'texts-are-meant';

const MAX_FINDINGS = 200;

/** Text that is said as it stands although it looks like a substitution or an expression, of ours or of another builder. */
export const textsAreMeant: Check = {
  name,
  promise: 'No text looks like a substitution or an expression and is none.',
  certainty: 'bounded',
  run: (flow) => {
    const known = collectNames(flow);
    const hasZone = flow.document.timeZone !== undefined;
    const findings = flow.document.blocks.flatMap((block) => checkBlock(block, { known, hasZone }));
    return { findings: findings.slice(0, MAX_FINDINGS) };
  },
};

/** Variables of the world, and those that some block sets. */
function collectNames({ ways }: Flow): ReadonlySet<string> {
  const set = ways.flatMap(({ sets }) => sets).filter((each) => !each.endsWith('.*'));
  return new Set([...worldVariables.map((variable) => variable.name), ...set]);
}

interface Surroundings {
  known: ReadonlySet<string>;
  /** The scenario says in which time zone it tells times. */
  hasZone: boolean;
}

function checkBlock(block: ScenarioBlock, { known, hasZone }: Surroundings): CheckFinding[] {
  const slips = listBlockTexts(block).flatMap((text) =>
    [
      ...findForeign(text, known),
      ...findArithmetic(text),
      ...(hasZone ? [] : findZonelessTime(text)),
      ...findCutFallback(text),
      ...findFilters(text),
      ...findGroupedNumbers(text),
    ].map((slip) => ({ ...slip, path: text.path })),
  );
  return [...slips, ...findMarkup(block)].map(({ path, ...slip }): CheckFinding => ({
    check: name,
    severity: 'warning',
    code: 'not-substituted',
    ...slip,
    path: ['blocks', block.id, ...path],
  }));
}

const bracedForms: readonly RegExp[] = [/\{\{\{?\s*([^{}]{1,100}?)\s*\}?\}\}/g, /\$\{\s*([^{}]{1,100}?)\s*\}/g];

const BRACES = /(?<![{$#@])\{\s*([A-Za-z_][\w.-]{0,99})\s*\}(?!\})/g;

/** Substitutions as other builders write them, the name in the first group. Those without a doubt come first. */
const foreignForms: readonly RegExp[] = [
  ...bracedForms,
  /[#@]\{\s*([A-Za-z_][\w.-]{0,99})\s*\}/g,
  /<%=?\s*([A-Za-z_][\w.-]{0,99})\s*%>/g,
  /\$\[\s*([A-Za-z_][\w.-]{0,99})\s*\]/g,
  /＄[(（]\s*([A-Za-z_][\w.-]{0,99})\s*[)）]/g,
  /%(?![0-9A-Fa-f]{2}%)([A-Za-z_][\w.-]{0,99})%/g,
];

/** Forms that are ordinary text as well, and meant only where the name is one that there is. */
const doubtfulForms: readonly RegExp[] = [
  /\$\s+\(\s*([A-Za-z_][\w.-]{0,99})\s*\)/g,
  BRACES,
  /\[\[\s*([A-Za-z_][\w.-]{0,99})\s*\]\]/g,
  /<<?\s*([A-Za-z_][\w.-]{0,99})\s*>>?/g,
  /(?<![$\w])\$([A-Za-z_][\w.-]{0,99})/g,
  /(?<![\w@])@([A-Za-z_]\w{0,40}(?:\.[A-Za-z_][\w.]{0,40})?)/g,
];

function findForeign({ source, path, role }: BlockText, known: ReadonlySet<string>): Slip[] {
  if (role === 'condition') return [];
  // In an address %, @ and # have a meaning of their own, and braces none.
  const isAddress = path.includes('url') || path.includes('image');
  const [surely, perhaps] = isAddress ? [bracedForms, [BRACES]] : [foreignForms, doubtfulForms];
  const sure = surely.flatMap((form) => [...source.matchAll(form)]);
  const doubtful = perhaps.flatMap((form) =>
    [...source.matchAll(form)].filter(([, inner = '']) => isKnown(inner, known)),
  );
  return withoutOverlap([...sure, ...doubtful]).map(({ 0: whole, 1: inner = '', index }) => ({
    at: index,
    length: whole.length,
    message: `${quoted(whole)} is said as it stands.`,
    remedy: `Did you mean $(${meantName(inner, known)})?`,
  }));
}

/** A variable, a part of one, or the item of a list. */
function isKnown(inner: string, known: ReadonlySet<string>): boolean {
  const steps = inner.replace(/\.+$/, '').split('.');
  return steps[0] === EACH || steps.some((_step, index) => known.has(steps.slice(0, index + 1).join('.')));
}

/** `{{name}}` is not told as `{name}` once more. */
function withoutOverlap(matches: readonly RegExpExecArray[]): RegExpExecArray[] {
  return matches.filter(
    (match, index) =>
      !matches
        .slice(0, index)
        .some((other) => match.index >= other.index && match.index < other.index + other[0].length),
  );
}

function meantName(inner: string, known: ReadonlySet<string>): string {
  const word = /[A-Za-z_][\w.-]*/.exec(inner)?.[0] ?? inner;
  if (isKnown(word, known)) return word.replace(/\.+$/, '');
  // What other builders call so is the customer's, not the Page's or the entry's.
  if (/^(name|first_?name|user_?name)$/i.test(word)) return 'customer.firstName';
  return findNearestName(word, known) ?? [...known].find((each) => each.endsWith(`.${word}`)) ?? word;
}

/** A value that would be calculated if it began with `=`: `$(n) + 1`, `upper($(name))`, `$(a) > 5`. */
function findArithmetic({ source, role }: BlockText): Slip[] {
  const trimmed = source.trim();
  if (role === 'text' && /^= ?[\w$('"]/.test(trimmed) && trimmed.includes('$(')) {
    const remedy = 'Calculate it in a Set Variable before, or inside of $(…): $(price * 2).';
    return [
      { at: 0, length: source.length, message: `Text is said as it stands, with the "=" at its beginning.`, remedy },
    ];
  }
  if (role !== 'value' || trimmed.startsWith('=') || !looksCalculated(trimmed)) return [];
  return [
    {
      at: 0,
      length: source.length,
      message: `${quoted(source)} is text, and is not calculated.`,
      remedy: `For an expression begin with "=": '= ${trimmed}'.`,
    },
  ];
}

const SUBSTITUTION = /\$\((?:[^()]|\([^()]*\))*\)/g;

function looksCalculated(source: string): boolean {
  if (!source.includes('$(')) return isCall(source) && !('fault' in parseValue(`= ${source}`));
  // V stands for a variable, N for a number; other letters make it a text.
  if (/[VN]/.test(source.replaceAll(SUBSTITUTION, ''))) return false;
  const shape = source.replaceAll(SUBSTITUTION, 'V').replaceAll(/\b\d+(?:\.\d+)?\b/g, 'N');
  if (/^[VN()\s+*-]+$/.test(shape) && /[+*]/.test(shape.replace(/^\s*\+/, ''))) return isBinary(shape);
  if (/^[VN()\s+*/%-]+$/.test(shape) && /N/.test(shape)) return /\s[-+*/%]\s/.test(shape) && isBinary(shape);
  return /^V\s+(?:==|!=|<=|>=|<|>)\s+\S/.test(shape) || isCall(source);
}

function isCall(source: string): boolean {
  const [, called = ''] = /^([A-Za-z]+)\(.*\)$/s.exec(source) ?? [];
  return functionNames.includes(called);
}

/** Something on both sides of each sign: +$(phone) is no sum. */
function isBinary(shape: string): boolean {
  return /^[\s(]*[VN]/.test(shape) && /[VN][\s)]*$/.test(shape) && !/[VN]\s*[VN]/.test(shape);
}

/** Without a time zone moments are told in UTC, which is the customer's time of day in one part of the world only. */
function findZonelessTime(text: BlockText): Slip[] {
  if (/UTC|GMT|Zulu/i.test(text.source)) return [];
  const expression = parseBlockText(text);
  return expression ? listCalls(expression).flatMap((call) => (tellsTime(call) ? [zoneSlip(call)] : [])) : [];
}

type Call = Extract<Expression, { kind: 'call' }>;

function zoneSlip({ at, end }: Call): Slip {
  return {
    at,
    length: end - at,
    message:
      'Nothing here says in which time zone this tells the time; where entry and deployment say nothing, in UTC.',
    remedy: 'Write it at the top of the scenario: timeZone: Europe/Vienna.',
  };
}

function tellsTime({ name: called, args: [moment, pattern] }: Call): boolean {
  if (called !== 'formatDate' || pattern?.kind !== 'text' || !moment) return false;
  const isHour = pattern.template.some(
    (part) => typeof part === 'string' && /[Hh]/.test(part.replaceAll(/\[[^\]]*\]/g, '')),
  );
  return isHour && moments.has(nameOf(moment));
}

function nameOf(expression: Expression): string {
  if (expression.kind === 'substitution') return nameOf(expression.value);
  return expression.kind === 'variable' ? expression.path.join('.') : '';
}

const moments: ReadonlySet<string> = new Set([
  'now',
  'hours.nextChangeAt',
  'item.at',
  'item.startedAt',
  'item.windowClosesAt',
]);

function listCalls(expression: Expression): Call[] {
  const inside = partsOf(expression).flatMap(listCalls);
  return expression.kind === 'call' ? [expression, ...inside] : inside;
}

function partsOf(expression: Expression): readonly Expression[] {
  if ('left' in expression) return [expression.left, expression.right];
  if ('operand' in expression) return [expression.operand];
  if (expression.kind === 'substitution') return [expression.value];
  if (expression.kind === 'list') return expression.items;
  if (expression.kind === 'text') return expression.template.filter((part) => typeof part !== 'string');
  return expression.kind === 'call' ? expression.args : [];
}

/** `$(name|(nobody))`: the fallback goes to the first parenthesis that closes, and the second one is said always. */
function findCutFallback({ source }: BlockText): Slip[] {
  return [...source.matchAll(/\$\(([\w.-]+)\|([^()]*\([^()]*)\)\)/g)].map(
    ({ 0: whole, index, 1: variable = '', 2: fallback = '' }) => ({
      at: index,
      length: whole.length,
      message: 'A fallback ends at the first ")"; the second one is said behind every value.',
      remedy: `Write $(default(${variable}, '${fallback})')).`,
    }),
  );
}

import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../../contracts/duration.ts';
import { toKebab } from '../../contracts/kebab-name.ts';
import type { Json } from '../../contracts/json.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { findChangedNumber } from '../expression/find-changed-number.ts';
import { parseCondition } from '../expression/parse-condition.ts';
import { findTemplateFaults } from '../expression/find-template-faults.ts';
import type { SyntaxFault } from '../expression/template.ts';
import { LANGUAGE_PATTERN } from '../expression/choose-language.ts';
import { languageRemedy, shortDuration } from './remedies.ts';
import { toSnippetReference, type SaidText, type TextByLanguage } from '../expression/said-text.ts';
import { parseNamed, parseValue } from '../expression/value-expression.ts';
import { VARIABLE_NAME_PATTERN } from '../../contracts/variable-name.ts';
import { parseVariablePath } from '../expression/variables.ts';

/** Rides in a zod issue to the problem made of it. `at`: the character of the value that is meant. */
export interface IssueParams {
  code: string;
  remedy: string;
  at?: number;
}

/** What the keys of `blocks` look like. No dots: they would be paths in the machine. */
export const BLOCK_ID_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_BLOCK_ID_LENGTH = 100;

const DURATION_REMEDY = 'Write a number and a unit: 500ms, 1.5s, 10s, 2m, 24h or 1d; more than nothing, at most 30d.';

type Fail = (message: string, params: IssueParams) => void;

/** Text that passes `check`. */
function checkedText(check: (text: string, fail: Fail) => void): z.ZodString {
  return z.string().superRefine((text, context) => {
    check(text, (message, params) => context.addIssue({ code: 'custom', message, params: { ...params } }));
  });
}

function failSyntax(fault: SyntaxFault, fail: Fail, params: Omit<IssueParams, 'at'>): void {
  fail(fault.message, { ...params, ...(fault.remedy !== undefined && { remedy: fault.remedy }), at: fault.at });
}

function checkSubstitution(text: string, fail: Fail): void {
  for (const fault of findTemplateFaults(text)) {
    failSyntax(fault, fail, {
      code: 'bad-substitution',
      remedy: 'Write $(name), $(name.part) or $(name|fallback); for the characters "$(" themselves write "$$(".',
    });
  }
}

function checkNotBlank(text: string, fail: Fail): void {
  if (text.trim() === '') fail('The text is empty.', { code: 'empty-text', remedy: 'Write some text.' });
}

function kebabRemedy(name: string, example: string): string {
  const meant = toKebab(name);
  return meant === ''
    ? `Use small letters, digits and single hyphens, with a letter first: ${example}.`
    : `Write ${meant}: small letters, digits and single hyphens, with a letter first.`;
}

export const blockId = checkedText((text, fail) => {
  if (text.length <= MAX_BLOCK_ID_LENGTH && BLOCK_ID_PATTERN.test(text)) return;
  fail(`"${text.slice(0, 60)}" is not a block id.`, {
    code: 'bad-block-id',
    remedy: kebabRemedy(text, 'ask-name'),
  });
}).meta({ pattern: BLOCK_ID_PATTERN.source, maxLength: MAX_BLOCK_ID_LENGTH, description: 'Id of a block.' });

export const scenarioName = checkedText((value, fail) => {
  if (value.length <= MAX_BLOCK_ID_LENGTH && BLOCK_ID_PATTERN.test(value)) return;
  fail(`"${value.slice(0, 60)}" is not the name of a scenario.`, {
    code: 'bad-name',
    remedy: kebabRemedy(value, 'mobile-chat'),
  });
}).meta({ pattern: BLOCK_ID_PATTERN.source, maxLength: MAX_BLOCK_ID_LENGTH, description: 'Name of a scenario.' });

const SUBSTITUTION_HELP = 'Text; $(name) or $(name|fallback) puts a variable in.';

/** Text that may hold `$(…)`; it may be empty. */
export const text = checkedText(checkSubstitution).describe(SUBSTITUTION_HELP);

function checkValue(value: string, fail: Fail): void {
  if (!value.startsWith('=')) return checkSubstitution(value, fail);
  const parsed = parseValue(value);
  const fault = 'fault' in parsed ? parsed.fault : findChangedNumber(parsed.expression, value);
  if (!fault) return;
  failSyntax(fault, fail, {
    code: 'bad-expression',
    remedy: `Write a value as in: = $(price) * 2; for text that begins with "=" write $('=').`,
  });
}

/** A value: `= expression`, else text that may hold `$(…)`. */
export const valueText = checkedText(checkValue).describe(
  'Text; $(name) puts a variable in, and alone keeps its type. What begins with = is an expression: = $(price) * 2.',
);

/** Where the items come from: the name of a variable, `$(…)`, or `= expression`. */
export const listSource = checkedText((value, fail) => {
  const parsed = parseNamed(value);
  const isList = 'fault' in parsed || parsed.expression.kind !== 'text';
  if ('fault' in parsed) failSyntax(parsed.fault, fail, { code: 'bad-list', remedy: LIST_REMEDY });
  if (!isList) fail(`"${value.slice(0, 60)}" is no list.`, { code: 'bad-list', remedy: LIST_REMEDY });
}).describe('The list: the name of its variable, or = and an expression. In the other fields each item is $(each).');

const LIST_REMEDY = `Write the name of a variable, or = and an expression: each: slots, each: "= filter(slots, each.free)".`;

/** Text that may hold `$(…)` and is not blank. */
export const filledText = checkedText((value, fail) => {
  checkNotBlank(value, fail);
  checkSubstitution(value, fail);
}).meta({ minLength: 1, description: SUBSTITUTION_HELP });

/** Anything that a file can hold; every text in it is a value: `= expression`, or text that may hold `$(…)`. */
export const jsonValue = z
  .unknown()
  .transform((value) => value as Json)
  .superRefine((value, context) => {
    const check = (inner: Json, path: (string | number)[]): void => {
      if (typeof inner === 'string') {
        checkValue(inner, (message, params) =>
          context.addIssue({ code: 'custom', path, message, params: { ...params } }),
        );
      } else if (typeof inner === 'object' && inner !== null) {
        const isList = Array.isArray(inner);
        Object.entries(inner).forEach(([key, each]) => check(each, [...path, isList ? Number(key) : key]));
      }
    };
    check(value, []);
  });

/** A number, or text that becomes one. */
export const numberOrText = z.union([z.number(), filledText], {
  error: 'a number, or text with $(…) that becomes one',
});

/** What a customer is shown in one message. */
const messageText = checkedText((value, fail) => {
  checkNotBlank(value, fail);
  checkSubstitution(value, fail);
  if (value.length <= MESSENGER_LIMITS.text) return;
  fail(`The text has ${value.length} characters; Messenger takes ${MESSENGER_LIMITS.text}.`, {
    code: 'text-too-long',
    remedy: 'Say it in two Send Message blocks.',
  });
}).meta({ minLength: 1, maxLength: MESSENGER_LIMITS.text, description: SUBSTITUTION_HELP });

/** What the keys of `snippets` look like. */
const SNIPPET_NAME_PATTERN = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

function checkSnippetName(value: string, fail: Fail): void {
  if (value.length <= MAX_BLOCK_ID_LENGTH && SNIPPET_NAME_PATTERN.test(value)) return;
  fail(`"${value.slice(0, 60)}" is not the name of a snippet.`, {
    code: 'bad-name',
    remedy: kebabRemedy(value, 'opening-hours'),
  });
}

const snippetShape = { pattern: SNIPPET_NAME_PATTERN.source, maxLength: MAX_BLOCK_ID_LENGTH };
export const snippetName = checkedText(checkSnippetName).meta({ ...snippetShape, description: 'Name of a snippet.' });

/** Instead of the code of a language: the text of that name is put there. */
const SNIPPET = 'snippet';

function languageCode(others: readonly string[]): z.ZodString {
  return checkedText((value, fail) => {
    if (LANGUAGE_PATTERN.test(value) || others.includes(value)) return;
    fail(`"${value.slice(0, 60)}" is not the code of a language.`, {
      code: 'bad-language',
      remedy:
        findNearestName(value, others) === undefined
          ? languageRemedy(value, 'Write a text, or one in each language: { de: …, en: … }.')
          : `Did you mean "${findNearestName(value, others)}"?`,
    });
  });
}

/** A text, or one in each language of the scenario; which chooses among them is put in when the whole file is known. */
function inLanguages(schema: z.ZodType<string>): z.ZodType<SaidText> {
  const byLanguage = z
    .record(languageCode([]), schema)
    .transform((texts): TextByLanguage => ({ ...texts, byLanguage: '' }));
  // The words of a text alone, because most are.
  return z.union([schema, byLanguage], 'text').describe(IN_LANGUAGES_HELP);
}

const IN_LANGUAGES_HELP = `${SUBSTITUTION_HELP} Or one in each language: { de: …, en: … }.`;

/** As it is, or `{ snippet: name }`, in whose place the parser puts the snippet. One shape for both maps, so that a slip in either is told. */
function orSnippet(schema: z.ZodType<string>): z.ZodType<SaidText> {
  const map = z
    .record(languageCode([SNIPPET]), schema)
    .superRefine(({ [SNIPPET]: name, ...others }, context) => {
      if (name === undefined) return;
      const fail: Fail = (message, params) =>
        context.addIssue({ code: 'custom', path: [SNIPPET], message, params: { ...params } });
      if (Object.keys(others).length === 0) checkSnippetName(name, fail);
      else
        fail('A snippet and texts are two things.', {
          code: 'bad-snippet',
          remedy: `Write the snippet alone, { snippet: ${name.slice(0, 60)} }, which can hold all languages, or the texts.`,
        });
    })
    .transform((texts): SaidText => {
      const { [SNIPPET]: name } = texts;
      return name === undefined ? { ...texts, byLanguage: '' } : toSnippetReference(name);
    })
    .meta({ properties: { [SNIPPET]: { type: 'string', ...snippetShape, description: 'Name of a snippet.' } } });
  return z.union([schema, map], 'text').describe(IN_LANGUAGES_HELP);
}

/** A text that a customer is told, under its name. */
export const snippetText = inLanguages(messageText);

/** Texts by their names, for each language. */
export const textsByLanguage = z.record(
  checkedText((value, fail) => {
    if (LANGUAGE_PATTERN.test(value)) return;
    fail(`"${value.slice(0, 60)}" is not the code of a language.`, {
      code: 'bad-language',
      remedy: 'Write the texts under the code of their language, de, en or pt-BR: texts: { en: { hello: Hello } }.',
    });
  }),
  z.record(snippetName, messageText),
);

/** What a customer is shown in one message, in one language or several. */
export const saidMessage = orSnippet(messageText);

/** A title that a customer is shown, in one language or several. */
export const saidTitle = orSnippet(filledText);

/** Takes anything first, so that a plain number is told its unit rather than its type. */
export const duration = z
  .unknown()
  .superRefine((value, context) => {
    // What is not there is missing, which the pipe tells.
    if (value === undefined || (typeof value === 'string' && parseDuration(value) !== undefined)) return;
    const isSeconds = typeof value === 'number' && value > 0 && value < 100_000;
    const remedy = isSeconds
      ? `Write it with its unit: ${value}s, or ${value}m for minutes.`
      : (shortDuration(value) ?? DURATION_REMEDY);
    const params: IssueParams = { code: 'bad-duration', remedy };
    const shown = JSON.stringify(value).slice(0, 60);
    context.addIssue({ code: 'custom', message: `${shown} is not a duration.`, params: { ...params } });
  })
  .pipe(z.string())
  .meta({
    type: 'string',
    pattern: DURATION_PATTERN.source,
    description: 'How long: 500ms, 1.5s, 10s, 2m, 24h or 1d; at most 30d.',
  });

export const variableName = checkedText((value, fail) => {
  if (parseVariablePath(value)) return;
  const [, inner] = /^\$\(([^()|]*)(?:\|[^)]*)?\)$/.exec(value.trim()) ?? [];
  fail(`"${value.slice(0, 60)}" is not a variable name.`, {
    code: 'bad-variable-name',
    remedy:
      inner !== undefined && parseVariablePath(inner.trim())
        ? `Write ${inner.trim()}, without $().`
        : 'Use letters, digits, _ and -, a letter first, with dots between parts: customer.firstName.',
  });
}).meta({ pattern: VARIABLE_NAME_PATTERN.source, description: 'Name of a variable: question, customer.firstName.' });

export const condition = checkedText((value, fail) => {
  const parsed = parseCondition(value);
  const fault = 'fault' in parsed ? parsed.fault : findChangedNumber(parsed.condition, value);
  if (!fault) return;
  failSyntax(fault, fail, {
    code: 'bad-condition',
    remedy: `Compare as in: $(question) contains 'invoice' and $(age|0) >= 18.`,
  });
}).describe(`A condition: $(question) contains 'invoice' and not ($(age|0) < 18).`);

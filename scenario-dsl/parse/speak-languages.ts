import { getSentTexts } from '../blocks/block-behaviours.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { codesOf, findTexts, hasWords, namesIn, withChoice, type PlacedText } from '../document/texts-by-language.ts';
import type { Snippets } from './put-in-snippets.ts';
import { tellLacking } from './read-texts.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';

/** What the top of a scenario says of its languages. */
interface Spoken {
  languages: string[] | undefined;
  language: string | undefined;
  locale: string | undefined;
}

/** Each of these is told at its text. */
const MAX_FINDINGS = 200;

/**
 * Puts into every text in several languages what chooses among them, so that a block knows it wherever it is started, and
 * checks that everything is said in every language, with the same variables.
 */
export function speakLanguages(
  blocks: readonly ScenarioBlock[],
  spoken: Spoken,
  snippets: Snippets,
): { blocks: ScenarioBlock[]; snippets: Snippets; findings: Finding[] } {
  const findings = [...checkHead(spoken), ...checkSnippets(snippets, spoken)];
  const speaking = blocks.map((block) => {
    const texts = findTexts(block.fields, ['blocks', block.id, block.type]);
    findings.push(...texts.flatMap((text) => checkText(text, spoken)), ...findPlain(block, spoken));
    // The fields are those of this very block, with the same texts in them.
    return texts.length === 0 ? block : ({ ...block, fields: withChoice(block.fields, spoken) } as ScenarioBlock);
  });
  return {
    blocks: speaking,
    snippets: withChoice(snippets, spoken) as Snippets,
    findings: findings.slice(0, MAX_FINDINGS),
  };
}

/** Each is told once, where it stands, and not wherever it is said. */
function checkSnippets(snippets: Snippets, spoken: Spoken): Finding[] {
  const plain = Object.entries(snippets).filter(([, text]) => typeof text === 'string' && hasWords(text));
  return [
    ...findTexts(snippets, ['snippets']).flatMap((text) => checkText(text, spoken)),
    ...(spoken.languages ? plain.map(([name]) => inOneLanguage(['snippets', name], spoken.languages ?? [])) : []),
  ];
}

function problem(path: SourcePath, parts: Pick<Finding, 'code' | 'message' | 'remedy'> & Partial<Finding>): Finding {
  return { severity: 'error', path, ...parts };
}

function checkHead({ languages, language, locale }: Spoken): Finding[] {
  const findings: Finding[] = [];
  if (languages && language === undefined) {
    const message = 'Nothing says which of the languages is spoken.';
    findings.push(
      problem(['languages'], { code: 'no-language', message, remedy: 'Write beside it: language: $(lang|en).' }),
    );
  }
  if (language !== undefined && !languages) {
    const message = '"language" chooses among "languages", of which there are none.';
    findings.push(
      problem(['language'], { code: 'no-languages', message, remedy: 'Write beside it: languages: [de, en].' }),
    );
  }
  if (languages && locale !== undefined) {
    const message = 'Dates and numbers are written as in the language that is spoken.';
    const remedy = 'Take "locale" out; a country stands in the language: languages: [de-AT, en-GB].';
    findings.push(problem(['locale'], { code: 'two-locales', message, remedy }));
  }
  return findings;
}

function checkText({ path, texts }: PlacedText, { languages }: Spoken): Finding[] {
  if (!languages) {
    const message = 'This text is in several languages, and the scenario does not say which it speaks.';
    const remedy = `Write at the top: languages: [${codesOf(texts).join(', ')}] and language: $(lang|${codesOf(texts)[0] ?? 'en'}).`;
    return [problem(path, { code: 'no-languages', message, remedy })];
  }
  const codes = codesOf(texts);
  const missing = languages.filter((code) => !codes.includes(code));
  const unknown = codes.filter((code) => !languages.includes(code));
  return [
    ...unknown.map((code) =>
      problem([...path, code], {
        code: 'unknown-language',
        message: `${quoted(code)} is not one of the scenario’s languages.`,
        remedy: suggest(code, languages),
        atKey: true,
      }),
    ),
    ...(missing.length === 0
      ? []
      : [
          problem(path, {
            code: 'missing-language',
            message: `The text is missing in ${missing.join(', ')}.`,
            remedy: `Add ${missing.map((code) => `${code}: …`).join(', ')}.`,
          }),
        ]),
    ...checkVariables({ path, texts }),
  ];
}

function checkVariables({ path, texts }: PlacedText): Finding[] {
  return tellLacking(
    codesOf(texts).map((language) => ({ names: namesIn(texts[language] ?? ''), path: [...path, language] })),
  );
}

/** Whether the reply to a block is the language: `into: lang`, where that chooses it. */
function asksFor({ fields }: ScenarioBlock, language: string): boolean {
  const { into, wait } = fields as { into?: string; wait?: { into?: string } };
  return namesIn(language).has(into ?? wait?.into ?? '');
}

/** A text with words in it that is the same in every language was forgotten, more often than not. */
function findPlain(block: ScenarioBlock, { languages, language: choice = '' }: Spoken): Finding[] {
  // Who is asked for the language has not told it.
  if (!languages || asksFor(block, choice)) return [];
  return getSentTexts(block)
    .filter(({ language, source, what }) => what !== 'payload' && language === undefined && hasWords(source))
    .map(({ path }) => inOneLanguage(['blocks', block.id, block.type, ...path], languages));
}

function inOneLanguage(path: SourcePath, languages: readonly string[]): Finding {
  return problem(path, {
    severity: 'warning',
    code: 'one-language',
    message: 'This is said in one language only.',
    remedy: `Write it in each: { ${languages.map((code) => `${code}: …`).join(', ')} }.`,
  });
}

import { namesIn } from '../document/texts-by-language.ts';
import { quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';
import type { Snippets } from './put-in-snippets.ts';

/** Texts by their names, for each language; or the files that hold them, which are put in before a scenario is published. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>> | readonly string[];

/** What a message bears of many names. */
const MAX_NAMES = 10;

/**
 * Turns the texts of each language into snippets, whose texts stand together, and says what a language lacks. `languages` are
 * those of the scenario, else those of the texts.
 */
export function readTexts(
  texts: Texts | undefined,
  languages: readonly string[] | undefined,
): { snippets: Snippets; languages: readonly string[] | undefined; findings: Finding[] } {
  if (texts === undefined) return { snippets: {}, languages, findings: [] };
  if (isFiles(texts)) return { snippets: {}, languages, findings: [inFiles(texts)] };
  const own = Object.keys(texts);
  const [only] = own;
  // One language of texts and none of the scenario: they have names, and nothing chooses among them.
  if (own.length === 1 && only !== undefined && !languages) {
    return { snippets: { ...texts[only] }, languages, findings: [] };
  }
  const spoken = languages ?? own;
  const names = [...new Set(Object.values(texts).flatMap((named) => Object.keys(named)))];
  return {
    snippets: Object.fromEntries(names.map((name) => [name, textsOf(name, texts)])),
    languages: spoken,
    findings: [
      ...own.filter((code) => !spoken.includes(code)).map((code) => notSpoken(code, spoken)),
      ...spoken.flatMap((code) => findMissing(code, texts, names)),
      ...names.flatMap((name) => compareVariables(name, texts)),
    ],
  };
}

function isFiles(texts: Texts): texts is readonly string[] {
  return Array.isArray(texts);
}

function textsOf(name: string, texts: Exclude<Texts, readonly string[]>): { byLanguage: string } {
  const said = Object.entries(texts).flatMap(([code, named]) =>
    named[name] === undefined ? [] : [[code, named[name]]],
  );
  return { ...Object.fromEntries(said), byLanguage: '' };
}

function inFiles(files: readonly string[]): Finding {
  return {
    severity: 'error',
    code: 'texts-in-files',
    message: `The texts of ${files.slice(0, MAX_NAMES).join(', ')} are not in this text of the scenario.`,
    remedy:
      '"attendant check", "test", "simulate" and "publish" read them from beside the scenario\'s file; here write them out: texts: { en: { hello: Hello } }.',
    path: ['texts'],
  };
}

function notSpoken(code: string, languages: readonly string[]): Finding {
  return {
    severity: 'error',
    code: 'unknown-language',
    message: `${quoted(code)} is none of the scenario’s languages.`,
    remedy: suggest(code, languages),
    path: ['texts', code],
    atKey: true,
  };
}

/** All at once, for whoever translates. */
function findMissing(code: string, texts: Exclude<Texts, readonly string[]>, names: readonly string[]): Finding[] {
  const known = texts[code];
  const missing = known ? names.filter((name) => known[name] === undefined) : names;
  if (missing.length === 0) return [];
  const more = missing.length > MAX_NAMES ? ` and ${missing.length - MAX_NAMES} more` : '';
  const listed = `${missing.slice(0, MAX_NAMES).join(', ')}${more}`;
  return [
    {
      severity: 'error',
      code: 'missing-language',
      message: `In ${code} ${missing.length === 1 ? 'a text is' : `${missing.length} texts are`} missing: ${listed}.`,
      remedy: `Write under "${code}": ${missing
        .slice(0, 3)
        .map((name) => `${name}: …`)
        .join(', ')}.`,
      path: ['texts', code],
      atKey: true,
    },
  ];
}

function compareVariables(name: string, texts: Exclude<Texts, readonly string[]>): Finding[] {
  const said = Object.entries(texts).flatMap(([code, { [name]: text }]) =>
    text === undefined ? [] : [{ names: namesIn(text), path: ['texts', code, name] }],
  );
  return tellLacking(said);
}

/** What one language tells of the order, the others should too. */
export function tellLacking(said: readonly { names: ReadonlySet<string>; path: SourcePath }[]): Finding[] {
  const all = new Set(said.flatMap(({ names }) => [...names]));
  return said.flatMap(({ names, path }) => {
    const lacking = [...all].filter((each) => !names.has(each));
    if (lacking.length === 0) return [];
    const language = String(path[0] === 'texts' ? path[1] : path.at(-1));
    const message = `Other languages say ${lacking.map((each) => `$(${each})`).join(', ')} here, and ${quoted(language)} does not.`;
    const remedy = 'Say the same in each of them.';
    return [{ severity: 'warning', code: 'other-variables', message, remedy, path }];
  });
}

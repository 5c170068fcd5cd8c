import { CHAT_TEXTS } from '../../contracts/chat-settings.ts';
import { hasWords } from '../document/texts-by-language.ts';
import { quoted } from '../problems/finding.ts';
import type { Check, CheckConfiguration, CheckFinding } from './check-report.ts';

const name = 'entries-speak-its-languages';

/** What entries tell customers by themselves is in the languages in which their scenario speaks. */
export const entriesSpeak: Check = {
  name,
  promise: 'What entries that begin this scenario tell customers by themselves is in each of its languages.',
  certainty: 'sound',
  run: ({ document: { scenario, languages } }, { configuration, version }) => {
    if (!languages) return { findings: [] };
    if (!configuration) return { notRun: 'Name the configuration with --config <folder or address>.' };
    return {
      findings: configuration.entries
        .filter((entry) => begins(entry, scenario, version))
        .flatMap((entry) => checkEntry(entry, languages)),
    };
  },
};

/** Whether an entry begins a text: by name, and at its version where it is pinned to one. */
export function begins({ scenario }: { scenario: string }, text: string, version: string | undefined): boolean {
  const [begun, pinned] = scenario.split('@', 2);
  return begun === text && (pinned === undefined || version?.startsWith(pinned) !== false);
}

function checkEntry(
  { name: entry, texts = {} }: CheckConfiguration['entries'][number],
  languages: readonly string[],
): CheckFinding[] {
  return CHAT_TEXTS.flatMap((setting): CheckFinding[] => {
    const text = texts[setting] ?? '';
    const isOne = typeof text === 'string';
    if (isOne && !hasWords(text)) return [];
    const missing = isOne ? [] : languages.filter((code) => !Object.hasOwn(text, code));
    if (!isOne && missing.length === 0) return [];
    const what = `Entry ${quoted(entry)} begins this scenario, and its ${setting}`;
    return [
      {
        check: name,
        severity: 'warning',
        code: 'missing-language',
        message: isOne ? `${what} is one text for all languages.` : `${what} is missing in ${missing.join(', ')}.`,
        remedy: isOne
          ? `Write it in each, in the entry, its account or the chat settings: ${setting}: { ${languages.map((code) => `${code}: …`).join(', ')} }.`
          : `Add ${missing.map((code) => `${code}: …`).join(', ')} to it.`,
        path: ['languages'],
      },
    ];
  });
}

// Where and when a run is, as expressions see it: the time zone, how its language writes, and the moment that is worked on.
// All of it stands among the variables, because they are what goes through every expression.
import { writeDay, writeMoment, dayOf } from './calendar.ts';
import { chooseLanguage, parseLanguageChoice } from './choose-language.ts';
import type { Variables } from './variables.ts';
import { isKnownZone } from './zones.ts';

/** By what dates and numbers are written and read. */
export interface Place {
  timeZone: string;
  locale: string;
}

/** No name that an author can write; a step puts the moment there that it works on. */
const NOW = '(now)';

/** What the scenario speaks. */
const LANGUAGES = '(languages)';

/** As what nobody says anything else of is written. */
export const DEFAULT_LOCALE = 'en';

/** What the variables say; an unknown zone is UTC. */
export function getPlace(variables: Variables): Place {
  return { timeZone: getTimeZone(variables), locale: findLocale(variables) ?? DEFAULT_LOCALE };
}

/** The zone of a run: `$(timeZone)`. */
export function getTimeZone({ timeZone }: Variables): string {
  return typeof timeZone === 'string' && isKnownZone(timeZone) ? timeZone : 'UTC';
}

/** How the run's language writes dates and numbers, `$(locale)`, else the language that it speaks; undefined where nobody says it. */
export function findLocale(variables: Variables): string | undefined {
  return getWritten(variables) ?? findSpoken(variables);
}

/** The language in which a run's customer is talked to: what its scenario speaks, else as it writes dates and numbers. */
export function findLanguage(variables: Variables): string | undefined {
  return findSpoken(variables) ?? getWritten(variables);
}

function getWritten({ locale }: Variables): string | undefined {
  return typeof locale === 'string' && locale !== '' ? locale : undefined;
}

function findSpoken(variables: Variables): string | undefined {
  const { [LANGUAGES]: spoken } = variables;
  if (!isSpoken(spoken)) return undefined;
  const choice = parseLanguageChoice(spoken.language);
  return choice && chooseLanguage(spoken.languages, choice, variables);
}

/** What a scenario speaks, and what chooses among it. */
interface Spoken {
  languages: readonly string[];
  language: string;
}

/** As variables, of which no author can name one. */
export function withLanguages({ languages, language }: Spoken): Variables {
  return { [LANGUAGES]: { languages, language } };
}

function isSpoken(value: unknown): value is Spoken {
  return typeof value === 'object' && value !== null && 'languages' in value && 'language' in value;
}

/** Tells the moment (epoch milliseconds) that `$(now)` and `$(today)` are about. */
export function withNow(variables: Variables, now: number): Variables {
  return { ...variables, [NOW]: now };
}

/** The moment that a run works on; undefined where nobody told. */
function findNow(variables: Variables): number | undefined {
  const now = variables[NOW];
  return typeof now === 'number' ? now : undefined;
}

/** The day that it is in the run's zone, in days since 1970. */
export function findToday(variables: Variables): number | undefined {
  const now = findNow(variables);
  return now === undefined ? undefined : dayOf({ ms: now, hasTime: true }, getTimeZone(variables));
}

/** `$(today)` and `$(now)`, where no variable of the author's has that name. */
export function readClock(name: string | undefined, variables: Variables): string | undefined {
  if (name === 'today') {
    const today = findToday(variables);
    return today === undefined ? undefined : writeDay(today);
  }
  const now = name === 'now' ? findNow(variables) : undefined;
  return now === undefined ? undefined : writeMoment({ ms: now, hasTime: true });
}

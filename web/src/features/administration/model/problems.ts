import type { ErrorBody } from '../../../../../contracts/http-api-schema.ts';

/** What is wrong with a form: by field, and what belongs to none. */
export interface FormProblems {
  byField: Readonly<Record<string, string>>;
  others: readonly string[];
}

export const NO_PROBLEMS: FormProblems = { byField: {}, others: [] };

const OF_DOCUMENT = /^documents\.0(?:\.|$)/;

/**
 * Puts what the server found where it belongs: at the field that a path names, else at the one that holds it
 * (`dispositions.2.name` at `dispositions`), else at the foot of the form.
 */
export function problemsOf(error: ErrorBody, fields: readonly string[]): FormProblems {
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, message, remedy } of error.details) {
    const place = path.replace(OF_DOCUMENT, '');
    const field = fields
      .filter((name) => place === name || place.startsWith(`${name}.`) || name.startsWith(`${place}.`))
      .toSorted((one, other) => other.length - one.length)[0];
    const within = field === undefined || place === field || field.startsWith(place) ? '' : placeWithin(place, field);
    const text = sentence(`${within}${message}`, remedy);
    if (field === undefined || place === '') others.push(place === '' ? text : `${place}: ${text}`);
    else byField[field] ??= text;
  }
  if (error.details.length === 0) others.push(error.message);
  return { byField, others };
}

/** `2.name` as people count: `row 3, name: `. */
function placeWithin(place: string, field: string): string {
  const [index = '', ...rest] = place.slice(field.length + 1).split('.');
  const row = /^\d+$/.test(index) ? [`${Number(index) + 1}`] : [index];
  return `${[...row, ...rest].join(', ')}: `;
}

function sentence(message: string, remedy: string | undefined): string {
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  const ended = /[.!?]$/.test(first) ? first : `${first}.`;
  return remedy === undefined ? ended : `${ended} ${remedy}`;
}

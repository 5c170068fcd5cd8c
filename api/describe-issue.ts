import type { InputProblem } from '../contracts/app-error.ts';

/** One validation issue as the Zod provider hands it on. */
export interface SchemaIssue {
  keyword: string;
  instancePath: string;
  message: string;
  params: Record<string, unknown>;
}

interface Finding {
  message: string;
  remedy: string;
}

const units: Record<string, string> = { string: ' characters', array: ' items' };

function describeType({ message, params }: SchemaIssue): Finding {
  const expected = String(params['expected']);
  const received = /received (\w+)/.exec(message)?.[1] ?? 'something else';
  if (received === 'undefined') return { message: 'is missing', remedy: `Add it: it is of type ${expected}.` };
  const hint = expected === 'string' && received === 'number' ? ' In YAML, put the number in quotes.' : '';
  return { message: `is of type ${received}`, remedy: `Make it of type ${expected}.${hint}` };
}

function describeSize({ keyword, params }: SchemaIssue): Finding {
  const unit = units[String(params['origin'])] ?? '';
  if (keyword === 'too_big') {
    const maximum = String(params['maximum']);
    return { message: `is more than ${maximum}${unit}`, remedy: `Keep it to ${maximum}${unit} or less.` };
  }
  const minimum = String(params['minimum']);
  if (minimum === '1' && unit !== '') return { message: 'is empty', remedy: 'Give it a value.' };
  return { message: `is less than ${minimum}${unit}`, remedy: `Make it ${minimum}${unit} or more.` };
}

function describeChoice(choices: unknown): Finding {
  const list = Array.isArray(choices) ? choices.map(String).join(', ') : 'the documented values';
  return { message: 'is not one of the allowed values', remedy: `Use one of: ${list}.` };
}

function describe(issue: SchemaIssue): Finding {
  switch (issue.keyword) {
    case 'invalid_type':
      return describeType(issue);
    case 'too_small':
    case 'too_big':
      return describeSize(issue);
    case 'invalid_value':
      return describeChoice(issue.params['values']);
    case 'invalid_union':
      return describeChoice(issue.params['options']);
    default:
      return { message: issue.message, remedy: 'Correct it; the API document shows its form.' };
  }
}

/**
 * Words a validation issue for a person: the place, what is wrong and the remedy. Each unknown key is a problem of its
 * own. Never repeats a value: it may be a secret. `root`: what stands before the path, as `querystring`.
 */
export function describeIssue(issue: SchemaIssue, root: string): InputProblem[] {
  const path = [root, ...issue.instancePath.split('/')].filter((step) => step !== '').join('.');
  const { keys } = issue.params;
  if (issue.keyword === 'unrecognized_keys' && Array.isArray(keys)) {
    return keys.map((key) => ({
      path: path === '' ? String(key) : `${path}.${String(key)}`,
      message: 'is not a known key',
      remedy: 'Remove it, or correct its spelling.',
    }));
  }
  return [{ path, ...describe(issue) }];
}

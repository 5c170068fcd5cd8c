import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';

const page = readFileSync('docs/scenario-language.md', 'utf8');
const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map((match) => match[1] ?? '');

describe('The examples of docs/scenario-language.md', () => {
  it.each(examples)('can be published: %#', (example) => {
    const { isPublishable, problems } = checkSource(example);
    expect(problems).toEqual([]);
    expect(isPublishable).toBe(true);
  });

  it('have a block of each of these types', () => {
    const types = ['comment', 'request-input', 'switch', 'wait', 'send-message', 'exit', 'goto'];
    expect(types.filter((type) => !examples.some((example) => example.includes(` ${type}: `)))).toEqual([]);
  });
});

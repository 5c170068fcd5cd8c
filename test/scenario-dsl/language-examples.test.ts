import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';

const examplesOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```yaml\n([^]*?)^```$/gm)].map((match) => match[1] ?? '');

describe.each(['docs/scenario-language.md', 'docs/fetch-url-recipes.md'])('The examples of %s', (page) => {
  it.each(examplesOf(page))('can be published: %#', (example) => {
    const { isPublishable, problems } = checkSource(example);
    expect(problems).toEqual([]);
    expect(isPublishable).toBe(true);
  });
});

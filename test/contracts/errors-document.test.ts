import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../contracts/error-codes.ts';

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'errors.md');

function describeErrors(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { httpStatus, retryable, userMessage }]) =>
      `| \`${code}\` | ${httpStatus} | ${retryable ? 'yes' : 'no'} | ${userMessage} |`,
  );
  return `# Errors

Every error that leaves Attendant is one row of \`contracts/error-codes.ts\`, answered as \`{ code, message, details }\` with
\`details: [{ path, message, remedy?, line?, column? }]\`. This page is that table; \`test/contracts/errors-document.test.ts\`
compares the two, and writes the page anew with \`vitest run -u\`.

| code | status | try again | message |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

describe('docs/errors.md', () => {
  it('is the table of error codes', async () => {
    await expect(describeErrors()).toMatchFileSnapshot(file);
  });
});

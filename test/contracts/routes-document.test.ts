import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccessPolicy } from '../../contracts/access-policy.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'routes.md');

function whoOf(access: AccessPolicy): string {
  if (access === 'public') return 'anybody';
  return access === 'anybody' ? 'who is logged in' : access.join(', ');
}

function describeRoute([name, { method, path: url, access, summary, errors = [] }]: [string, HttpRoute]): string {
  const who = whoOf(access);
  const codes = errors.map((code) => `\`${code}\``).join(', ');
  return `| \`${method} ${url}\` | ${who} | ${summary} | ${codes} | \`${name}\` |`;
}

function describeRoutes(): string {
  return `# Routes

Every route is one row of \`contracts/http-routes.ts\`: the api registers its handlers from it, \`GET /api/v1/openapi.json\` and the
typed client (\`contracts/http-client.ts\`) are made from it. This page is that table; \`test/contracts/routes-document.test.ts\`
compares the two, and writes the page anew with \`vitest run -u\`. What a route refuses because of its policy, its inputs or an
outage (\`UNAUTHENTICATED\`, \`FORBIDDEN\`, \`SECOND_FACTOR_MISSING\`, \`REQUEST_INVALID\`, \`BODY_NOT_JSON\`, \`BODY_TOO_LARGE\`, \`SERVICE_UNAVAILABLE\`,
\`INTERNAL\`) is not repeated: [errors.md](errors.md). One of the named privileges is enough: [roles.md](roles.md). What is more to say stands in [api.md](api.md).

| route | who may call it | what it does | its own errors | row |
| --- | --- | --- | --- | --- |
${Object.entries<HttpRoute>(httpRoutes).map(describeRoute).join('\n')}
`;
}

describe('docs/routes.md', () => {
  it('is the table of routes', async () => {
    await expect(describeRoutes()).toMatchFileSnapshot(file);
  });
});

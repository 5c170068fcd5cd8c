import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { ensureSchemathesis, runProgram } from '../support/schemathesis.ts';

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack({ env: { ATTENDANT_DEMO: '1' } });
});
afterAll(() => stack.remove());

describe('the HTTP API, asked whatever its document allows and forbids', () => {
  it('answers no 5xx and no status that its document does not name', { timeout: 1_500_000 }, async () => {
    const program = await ensureSchemathesis();
    const { code, output } = await runProgram(program, [
      '--config-file',
      path.join(import.meta.dirname, 'schemathesis.toml'),
      'run',
      `${stack.url}/api/v1/openapi.json`,
      '--header',
      `Authorization: Bearer ${stack.adminToken}`,
      '--checks',
      'not_a_server_error,status_code_conformance',
      // Stateful walks repeat what examples, coverage and fuzzing ask, for many times the time.
      '--phases',
      'examples,coverage,fuzzing',
      '--seed',
      '20261122',
      '--max-examples',
      '5',
      '--generation-deterministic',
      '--no-color',
      '--suppress-health-check',
      'all',
      '--request-timeout',
      '20',
      '--continue-on-failure',
    ]);
    expect(code, output.slice(-20_000)).toBe(0);
  });
});

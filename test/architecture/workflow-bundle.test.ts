import { bundleWorkflowCode } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE_SOURCE } from '../../worker/create-worker.ts';

let modules: string[];

beforeAll(async () => {
  // The bundler itself refuses Node built-ins; what it took is named in the module table.
  const { code } = await bundleWorkflowCode({ ...BUNDLE_SOURCE, logger: quiet });
  modules = [...code.matchAll(/^\/\*\*\*\/ "([^"]+)"$/gm)].map(([, name]) => name ?? '');
}, 60_000);

const ignore = (): void => undefined;
const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: console.error };

describe('the workflow bundle', () => {
  it('holds the actors and the scenario engine', () => {
    expect(modules.some((name) => name.includes('workflows/conversation/conversation.ts'))).toBe(true);
    expect(modules.some((name) => name.includes('scenario-dsl/run/step.ts'))).toBe(true);
  });

  it.each(['zod', 'yaml', 'fastify', 'mongodb', 'pino', '@temporalio/client'])('holds no %s', (name) => {
    expect(modules.filter((module) => module.includes(`node_modules/${name}/`))).toEqual([]);
  });

  it('holds no code of activities, adapters or the api', () => {
    expect(modules.filter((name) => /^\.\/(activities|adapters|api|worker|cli|dev)\//.test(name))).toEqual([]);
  });

  it('holds no Node built-in', () => {
    expect(modules.filter((name) => name.startsWith('node:') || name.startsWith('external'))).toEqual([]);
  });
});

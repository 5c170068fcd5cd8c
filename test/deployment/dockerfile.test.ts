import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const dockerfile = read('Dockerfile');
const stages = dockerfile.split(/^FROM /m).slice(1);
const lastStage = stages.at(-1) ?? '';

describe('Dockerfile', () => {
  it('passes the linter of the Docker language server', () => {
    const problems = validate(dockerfile).map(({ range, message }) => [range.start.line + 1, message]);
    expect(problems).toEqual([]);
  });

  it('runs as a user without rights', () => {
    expect(lastStage).toMatch(/^USER node$/m);
  });

  it('takes production dependencies only into the last stage', () => {
    expect(lastStage).not.toMatch(/npm (ci|install)/);
    expect(lastStage).toContain('--from=dependencies /app/node_modules');
    expect(stages[1]).toContain('npm ci --omit=dev');
  });

  it('takes every stage from the same pinned base', () => {
    expect(new Set(stages.map((stage) => stage.split(/\s/)[0]))).toEqual(new Set(['node:24-slim']));
  });

  it('holds no secret', () => {
    expect(dockerfile).not.toMatch(/^(ARG|ENV).*(TOKEN|SECRET|PASSWORD|ENCRYPTION_KEY)/m);
  });

  it('copies only files that are there and that .dockerignore lets through', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = '']) => list.split(' '));
    const ignored = new Set(read('.dockerignore').split('\n'));
    for (const source of sources) {
      expect(existsSync(path.join(root, source)), source).toBe(true);
      expect(ignored.has(source.split('/')[0] ?? ''), source).toBe(false);
    }
  });
});

describe('.dockerignore', () => {
  it('keeps secrets, data and local builds out of the build', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.attendant', 'node_modules', 'dist', '.git']));
  });
});

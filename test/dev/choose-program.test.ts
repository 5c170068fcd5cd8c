import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseProgram } from '../../dev/embedded/choose-program.ts';
import { NoServerError } from '../../dev/embedded/embedded-options.ts';
import { findMongoProgram, STAND_IN_FILE } from '../../dev/embedded/mongo-program.ts';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { startTemporalServer } from '../../dev/embedded/start-temporal-server.ts';
import { findTemporalProgram } from '../../dev/embedded/temporal-program.ts';

const choice = (title: string, found?: string) => ({ title, find: () => Promise.resolve(found) });
const failing = (title: string) => ({ title, find: () => Promise.reject(new Error('no network')) });
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);

async function makeProgram(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\n', { mode: 0o755 });
}

describe('chooseProgram', () => {
  it('takes the first choice that gives a program and says which', async () => {
    lines.length = 0;
    const choices = [choice('on the PATH'), failing('download'), choice('built', '/b'), choice('later', '/l')];
    expect(await chooseProgram('Temporal', choices, log)).toBe('/b');
    expect(lines).toEqual(['Temporal: built']);
  });

  it('fails with one message that lists what was tried and every way out', async () => {
    const error = await chooseProgram('Temporal', [choice('on the PATH'), failing('download')], log).catch(String);
    for (const part of [
      'No Temporal could be found or made',
      'on the PATH: not there',
      'download: no network',
      'docker compose up',
      'TEMPORAL_ADDRESS',
      'MONGODB_URI',
      'Go 1.25',
      'Maven',
      'PATH: temporal, mongod',
    ]) {
      expect(error).toContain(part);
    }
  });

  it('gives up at once when aborted', async () => {
    const abort = { title: 'x', find: () => Promise.reject(new DOMException('stop', 'AbortError')) };
    await expect(chooseProgram('Temporal', [abort, choice('later', '/l')], log)).rejects.toThrow('stop');
  });
});

describe('the choice of a server', () => {
  let folder: string;
  let onPath: string;
  const options = () => ({ cacheDir: path.join(folder, 'cache'), dataDir: path.join(folder, 'data'), log });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'attendant-choice-'));
    onPath = path.join(folder, 'bin');
    await makeProgram(path.join(onPath, 'temporal'));
    await makeProgram(path.join(onPath, 'mongod'));
    await makeProgram(path.join(folder, 'cache', 'temporal-1.5.1', 'temporal'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('starts nothing where the environment names the servers', async () => {
    const env = { TEMPORAL_ADDRESS: 'temporal.example:7233', MONGODB_URI: 'mongodb://mongo.example/a', PATH: onPath };
    const temporal = await startTemporalServer({ ...options(), env });
    const mongo = await startMongoServer({ ...options(), env });
    expect([temporal.address, temporal.pid]).toEqual(['temporal.example:7233', undefined]);
    expect([mongo.uri, mongo.pid]).toEqual(['mongodb://mongo.example/a', undefined]);
  });

  it('takes a program on the PATH before an earlier build', async () => {
    const env = { PATH: onPath };
    expect(await findTemporalProgram({ ...options(), env })).toBe(path.join(onPath, 'temporal'));
    expect(await findMongoProgram({ ...options(), env })).toEqual({
      kind: 'mongod',
      program: path.join(onPath, 'mongod'),
    });
  });

  it('takes an earlier build before it downloads or builds', async () => {
    const program = await findTemporalProgram({ ...options(), env: { PATH: '/nowhere' } });
    expect(program).toBe(path.join(folder, 'cache', 'temporal-1.5.1', 'temporal'));
  });

  it('stays with the stand-in whose data it finds, although a mongod is on the PATH', async () => {
    const dataDir = path.join(folder, 'stand-in-data');
    await mkdir(dataDir);
    await writeFile(path.join(dataDir, STAND_IN_FILE), '');
    const found = findMongoProgram({ ...options(), dataDir, env: { PATH: onPath } });
    await expect(found).rejects.toThrow(NoServerError);
  });
});

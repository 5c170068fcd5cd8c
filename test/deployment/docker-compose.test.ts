import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configKeys } from '../../adapters/config.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  restart?: string;
  mem_limit?: string;
  logging?: unknown;
  user?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  entrypoint?: string[];
  networks?: string[];
  healthcheck?: unknown;
  depends_on?: Record<string, { condition: string }>;
}

interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
}

const root = path.join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const text = read('docker-compose.yml');
const compose: ComposeFile = parse(text, { merge: true });
const services = Object.entries(compose.services);
const isOneShot = (name: string): boolean =>
  services.some(([, service]) => service.depends_on?.[name]?.condition === 'service_completed_successfully');
const whoIsOn = (network: string): string[] =>
  services.filter(([, { networks = [] }]) => networks.includes(network)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('follows the Compose specification', () => {
    // Schema of compose-go v2.9.1 (Apache-2.0), the parser inside docker compose.
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajvFormats.default(ajv, ['uri', 'duration']);
    ajv.addFormat('ports', true).addFormat('expose', true).addFormat('subnet_ip_address', true);
    const { $schema: _draft, ...schema } = JSON.parse(read('test/fixtures/compose-spec.json'));
    const validate = ajv.compile(schema);
    expect(validate(compose), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
  });

  it('waits only for services it has, in a way they can fulfil', () => {
    const waits = services.flatMap(([, { depends_on: dependencies = {} }]) => Object.entries(dependencies));
    for (const [name, { condition }] of waits) {
      const service = compose.services[name];
      expect(service, name).toBeDefined();
      if (condition === 'service_healthy') expect(service?.healthcheck, name).toBeDefined();
    }
  });

  it('bounds the memory and the logs of every container', () => {
    for (const [name, { mem_limit: memory, logging }] of services) {
      expect(memory, name).toMatch(/^\d+[mg]$/);
      expect(logging, name).toMatchObject({ driver: 'local', options: { 'max-size': expect.any(String) } });
    }
  });

  it('restarts what runs for good, and one-shot jobs only when they fail', () => {
    for (const [name, { restart }] of services) {
      expect(restart, name).toBe(isOneShot(name) ? 'on-failure:5' : 'unless-stopped');
    }
  });

  it('pins every foreign image to a version', () => {
    const foreign = services.flatMap(([, { image, build }]) => (build === undefined && image ? [image] : []));
    expect(foreign.length).toBeGreaterThan(0);
    expect(foreign.filter((image) => !/:\d/.test(image))).toEqual([]);
  });

  it('holds no secret: each is asked for with the command that makes it', () => {
    const secrets = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD|TOKEN|SECRET|ENCRYPTION_KEY/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(3);
    // What goes with a choice, as another key or a mail server, may be absent, and is then handed on as none.
    const needed = secrets.filter(([name, value]) => value !== `\${${name}:-}`);
    expect(needed.filter(([, value]) => !/^\$\{[A-Z_]+:\?make it with openssl .+\}$/.test(value))).toEqual([]);
  });

  it('publishes ports to this host only', () => {
    const ports = services.flatMap(([, { ports: published = [] }]) => published);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('lets each database be reached by those who ask it, and by nobody else', () => {
    expect(whoIsOn('mongo').toSorted()).toEqual(['api', 'mongo', 'mongo-init', 'worker']);
    expect(whoIsOn('postgres').toSorted()).toEqual(['postgres', 'temporal', 'temporal-schema']);
    expect(whoIsOn('outside').toSorted()).toEqual(['api', 'worker']);
    const internal = Object.entries(compose.networks).filter(([, network]) => network.internal === true);
    expect(internal.map(([name]) => name).toSorted()).toEqual(['mongo', 'postgres', 'temporal']);
  });

  it('puts every container on a network with what it waits for by its health', () => {
    for (const [name, { networks = [], depends_on: dependencies = {} }] of services) {
      expect(networks.length, name).toBeGreaterThan(0);
      for (const [other, { condition }] of Object.entries(dependencies)) {
        const theirs = compose.services[other]?.networks ?? [];
        if (condition === 'service_healthy')
          expect(
            theirs.some((network) => networks.includes(network)),
            `${name} and ${other}`,
          ).toBe(true);
      }
    }
  });

  it('publishes ports of containers only that are on a network that leads out', () => {
    for (const [name, { ports = [], networks = [] }] of services) {
      if (ports.length > 0)
        expect(
          networks.filter((network) => compose.networks[network]?.internal !== true),
          name,
        ).not.toEqual([]);
    }
  });

  it('has api and worker log in to MongoDB as a user of their own, and take ciphertext only', () => {
    for (const name of ['api', 'worker']) {
      const { MONGODB_URI: uri, ATTENDANT_PAYLOAD_CODEC: codec } = compose.services[name]?.environment ?? {};
      expect(uri).toMatch(/^mongodb:\/\/attendant:\$\{MONGODB_PASSWORD:\?make it with openssl [^}]+\}@mongo:/);
      expect(codec).toBe('${ATTENDANT_PAYLOAD_CODEC:-required}');
    }
    expect(compose.services['mongo']?.environment).toMatchObject({ MONGO_INITDB_ROOT_USERNAME: 'root' });
  });

  it('declares every named volume and finds every file it mounts', () => {
    for (const volume of services.flatMap(([, { volumes = [] }]) => volumes)) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(() => readFileSync(path.join(root, source))).toThrow('EISDIR');
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  it('gives api and worker keys that the configuration knows', () => {
    for (const name of ['api', 'worker']) {
      const given = Object.keys(compose.services[name]?.environment ?? {});
      expect(given.filter((key) => !configKeys.some((known) => known === key))).toEqual([]);
      expect(given).toEqual(expect.arrayContaining(['MONGODB_URI', 'TEMPORAL_ADDRESS', 'ATTENDANT_ENCRYPTION_KEY']));
    }
  });
});

describe('the start of MongoDB', () => {
  it('makes a key file that only its owner may read, and starts mongod with it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'attendant-mongo-'));
    writeFileSync(path.join(folder, 'docker-entrypoint.sh'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const keyfile = path.join(folder, 'keyfile');
    const start = (password: string): string =>
      execFileSync('sh', [path.join(root, 'deploy/mongo/start.sh'), 'mongod', '--replSet', 'rs0'], {
        encoding: 'utf8',
        env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, KEYFILE: keyfile, MONGO_INITDB_ROOT_PASSWORD: password },
      });
    expect(start('one').trim()).toBe(`mongod --replSet rs0 --keyFile ${keyfile}`);
    expect(statSync(keyfile).mode & 0o777).toBe(0o600);
    const first = readFileSync(keyfile, 'utf8');
    expect(first.trim()).toMatch(/^[0-9a-f]{64}$/);
    start('two');
    expect(readFileSync(keyfile, 'utf8')).not.toBe(first);
    rmSync(folder, { recursive: true });
  });

  it.each([false, true])(
    'gives the product its user (there already: %s), with no right beyond its database',
    (isThere) => {
      const calls: unknown[][] = [];
      const note =
        (name: string) =>
        (...given: unknown[]): void =>
          void calls.push([name, ...given]);
      const databases: Record<string, object> = {
        admin: { auth: note('auth') },
        attendant: { getUser: () => isThere, createUser: note('create'), updateUser: note('update') },
      };
      runInNewContext(read('deploy/mongo/initiate.js'), {
        process: { env: { MONGO_INITDB_ROOT_PASSWORD: 'of root', MONGODB_PASSWORD: 'of the product' } },
        db: { hello: () => ({ isWritablePrimary: true }), getSiblingDB: (name: string) => databases[name] },
        rs: { status: () => ({}) },
      });
      expect(calls[0]).toEqual(['auth', 'root', 'of root']);
      const roles = [{ role: 'readWrite', db: 'attendant' }];
      const user = { pwd: 'of the product', roles };
      expect(calls[1]).toEqual(isThere ? ['update', 'attendant', user] : ['create', { user: 'attendant', ...user }]);
    },
  );
});

describe('the dynamic configuration of Temporal', () => {
  it('sets the keys the embedded server is started with, to the same values', () => {
    const file: Record<string, { value: unknown }[]> = parse(read('deploy/temporal/dynamicconfig.yaml'));
    const starter = read('dev/embedded/start-temporal-server.ts');
    for (const [key, [setting]] of Object.entries(file)) {
      expect(starter).toContain(`'${key}=${JSON.stringify(setting?.value)}'`);
    }
    expect(Object.keys(file)).toHaveLength(starter.match(/'(history|matching|system)\.\w+=/g)?.length ?? 0);
  });
});

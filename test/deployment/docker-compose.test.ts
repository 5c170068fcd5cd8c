import { readFileSync } from 'node:fs';
import path from 'node:path';
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
  healthcheck?: unknown;
  depends_on?: Record<string, { condition: string }>;
}

interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const root = path.join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const text = read('docker-compose.yml');
const compose: ComposeFile = parse(text, { merge: true });
const services = Object.entries(compose.services);
const isOneShot = (name: string): boolean =>
  services.some(([, service]) => service.depends_on?.[name]?.condition === 'service_completed_successfully');

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
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD|TOKEN|ENCRYPTION_KEY/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(3);
    // The previous key is there only while keys change: none is no mistake.
    const needed = secrets.filter(([name]) => name !== 'ATTENDANT_ENCRYPTION_KEY_PREVIOUS');
    expect(needed.filter(([, value]) => !/^\$\{[A-Z_]+:\?make it with openssl .+\}$/.test(value))).toEqual([]);
  });

  it('publishes ports to this host only', () => {
    const ports = services.flatMap(([, { ports: published = [] }]) => published);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
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

describe('the dynamic configuration of Temporal', () => {
  it('sets the keys the embedded server is started with, to the same values', () => {
    const file: Record<string, { value: unknown }[]> = parse(read('deploy/temporal/dynamicconfig.yaml'));
    const starter = read('dev/embedded/start-temporal-server.ts');
    for (const [key, [setting]] of Object.entries(file)) {
      expect(starter).toContain(`'${key}=${JSON.stringify(setting?.value)}'`);
    }
    expect(Object.keys(file)).toHaveLength(starter.match(/'(history|system)\.\w+=/g)?.length ?? 0);
  });
});

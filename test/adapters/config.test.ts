import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../adapters/config-error.ts';
import { configKeys, readConfig, readStackConfig } from '../../adapters/config.ts';

const encryptionKey = Buffer.alloc(32, 7).toString('base64');
const complete = { MONGODB_URI: 'mongodb://127.0.0.1:27017/attendant', ATTENDANT_ENCRYPTION_KEY: encryptionKey };

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('fills in the defaults', () => {
    expect(readConfig(complete)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('.attendant'),
      cacheDir: path.resolve('.attendant/cache'),
      graphUrl: 'https://graph.facebook.com',
      graphVersion: 'v26.0',
      bodyLimitBytes: 8 * 1024 * 1024,
      temporalAddress: '127.0.0.1:7233',
      temporalNamespace: 'default',
      logLevel: 'info',
      isEmbedded: false,
    });
  });

  it('decodes the encryption key to its 32 bytes', () => {
    expect(readConfig(complete).encryptionKey).toEqual(Buffer.alloc(32, 7));
  });

  it('refuses a missing database and a missing key outside and inside embedded mode, with a remedy each', () => {
    const missing = [
      'MONGODB_URI is missing: set it to a connection string like mongodb://host:27017/attendant',
      'ATTENDANT_ENCRYPTION_KEY is missing: set it to 32 bytes in base64; make them with: openssl rand -base64 32',
    ];
    expect(problemsOf({})).toEqual(missing);
    expect(problemsOf({ ATTENDANT_EMBEDDED: '1' })).toEqual(missing);
  });

  it('takes roles that ship as those that require a second factor, and says where others do', () => {
    const of = (roles: string) => ({ ...complete, ATTENDANT_SECOND_FACTOR_ROLES: roles });
    expect(readConfig(complete).secondFactorRoles).toEqual([]);
    expect(readConfig(of('admin, operator')).secondFactorRoles).toEqual(['admin', 'operator']);
    const [problem] = problemsOf(of('admin,quality'));
    expect(problem).toContain('ATTENDANT_SECOND_FACTOR_ROLES must be a list like admin,operator of roles that ship');
    expect(problem).toContain('requireSecondFactor');
  });

  it('lists every wrong key at once and shows no value', () => {
    const env = {
      ATTENDANT_ENCRYPTION_KEY: 'c2VjcmV0',
      ATTENDANT_ADMIN_TOKEN: 'secret',
      ATTENDANT_PORT: '70000',
      ATTENDANT_DEMO: 'yes',
      ATTENDANT_GRAPH_URL: 'ftp://x',
      TEMPORAL_ADDRESS: 'http://temporal:7233',
      LOG_LEVEL: 'loud',
    };
    const problems = problemsOf(env);
    const wrong = ['MONGODB_URI', ...Object.keys(env)];
    expect(new Set(problems.map((problem) => problem.split(' ')[0]))).toEqual(new Set(wrong));
    expect(problems.join('\n')).not.toMatch(/secret|c2VjcmV0|70000/);
  });

  it('refuses an unknown ATTENDANT_ key and names the one that was meant', () => {
    expect(problemsOf({ ...complete, ATTENDANT_PROT: '3001' })).toEqual([
      'ATTENDANT_PROT is not a key: did you mean ATTENDANT_PORT?',
    ]);
    expect(problemsOf({ ...complete, ATTENDANT_SOMETHING_ELSE: '1' })).toEqual([
      'ATTENDANT_SOMETHING_ELSE is not a key: remove it; .env.example lists every key',
    ]);
  });

  it('takes an empty value for none, as docker compose passes it', () => {
    expect(readConfig({ ...complete, ATTENDANT_PORT: '', ATTENDANT_ADMIN_TOKEN: '' })).toMatchObject({
      port: 3000,
      adminToken: undefined,
    });
  });

  it('encrypts payloads unless embedded or told otherwise', () => {
    expect(readConfig(complete).payloadCodec).toBe('on');
    expect(readConfig({ ...complete, ATTENDANT_EMBEDDED: '1' }).payloadCodec).toBe('off');
    expect(readConfig({ ...complete, ATTENDANT_EMBEDDED: '1', ATTENDANT_PAYLOAD_CODEC: 'on' }).payloadCodec).toBe('on');
    expect(readConfig({ ...complete, ATTENDANT_PAYLOAD_CODEC: 'required' }).payloadCodec).toBe('required');
    expect(readConfig({ ...complete, ATTENDANT_PAYLOAD_CODEC: 'off' }).payloadCodec).toBe('off');
  });

  it('passes the TEMPORAL_ variables on to envconfig, without the user profile when embedded', () => {
    const env = { ...complete, TEMPORAL_API_KEY: 'k', HOME: '/home/ann', PATH: '/bin' };
    expect(readConfig(env).temporalEnv).toEqual({ TEMPORAL_API_KEY: 'k', HOME: '/home/ann' });
    expect(readConfig({ ...env, ATTENDANT_EMBEDDED: '1' }).temporalEnv).toEqual({ TEMPORAL_API_KEY: 'k' });
  });

  it('drops the slash at the end of a URL', () => {
    expect(readConfig({ ...complete, ATTENDANT_GRAPH_URL: 'http://127.0.0.1:4000/' }).graphUrl).toBe(
      'http://127.0.0.1:4000',
    );
  });
});

describe('readStackConfig', () => {
  it('needs neither a database nor a key', () => {
    expect(readStackConfig({})).toMatchObject({ mongodbUri: undefined, encryptionKey: undefined });
  });
});

function toExample(line: string): [string, string][] {
  const [, name, value] = /^# ([A-Z_]+)=(.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

describe('.env.example', () => {
  const lines = readFileSync(path.join(import.meta.dirname, '..', '..', '.env.example'), 'utf8').split('\n');
  const byKey = new Map(lines.flatMap(toExample));

  it('lists every key and no other', () => {
    expect(new Set(byKey.keys())).toEqual(new Set(configKeys));
  });

  it('explains every key in the line above it', () => {
    const unexplained = [...byKey.keys()].filter((name) => {
      const index = lines.findIndex((line) => line.startsWith(`# ${name}=`));
      return !/^# \S+ /.test(lines[index - 1] ?? '');
    });
    expect(unexplained).toEqual([]);
  });

  it('shows values the schema accepts', () => {
    const given = Object.fromEntries([...byKey].filter(([, value]) => value !== ''));
    expect(() => readStackConfig(given)).not.toThrow();
  });
});

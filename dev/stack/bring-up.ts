import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { canListen, findFreePorts } from '../embedded/free-ports.ts';
import { tryLock } from '../embedded/lock-file.ts';
import { mongoUriOf } from '../embedded/start-mongo-server.ts';
import { cacheWorkflowBundle } from './cache-workflow-bundle.ts';
import { keepSecret } from './keep-secret.ts';
import { allOrFirstError, launchSimulator, launchWorkerAndApi, type Secrets } from './launch-programs.ts';
import { launchServers } from './launch-servers.ts';
import { rotateLog } from './rotate-log.ts';
import { logFileOf, type StackContext, type StackOptions } from './stack-context.ts';
import { type ProcessName, StackFile } from './stack-file.ts';
import { stopLeftovers } from './stop-leftovers.ts';

/** A stack that is up. `adminTokenPlace` tells a person where the token is; `stop` ends all processes in order. */
export interface Stack {
  url: string;
  simulatorUrl: string;
  adminToken: string;
  adminTokenPath: string;
  logsDir: string;
  stop: () => Promise<void>;
}

/** Thrown when a stack cannot start for a reason its user can mend. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** Those who take work stop first, those who keep it last. */
const STOP_ORDER: readonly ProcessName[][] = [['api'], ['worker'], ['simulator'], ['temporal', 'mongo']];
const PROCESS_NAMES = STOP_ORDER.flat();

/**
 * Brings up a whole stack on one data folder and gives it when everything serves; on any failure what has started is
 * stopped again.
 * @throws StackError for a folder or port in use
 * @throws NoServerError
 */
export async function bringUp(options: StackOptions): Promise<Stack> {
  const { dataDir } = options.config;
  await mkdir(path.join(dataDir, 'logs'), { recursive: true });
  const lock = await tryLock(path.join(dataDir, 'stack.lock'));
  if (!lock.isTaken) {
    throw new StackError(
      `Process ${lock.holder} already runs a stack in ${dataDir}. Stop it (kill ${lock.holder}), or use another folder: ATTENDANT_DATA_DIR.`,
    );
  }
  try {
    return await bringUpLocked(options, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function bringUpLocked(options: StackOptions, release: () => Promise<void>): Promise<Stack> {
  const { dataDir } = options.config;
  await stopLeftovers(dataDir, options.log);
  await Promise.all(PROCESS_NAMES.map((name) => rotateLog(logFileOf(options, name))));
  const secrets = await keepSecrets(options);
  const ports = await choosePorts(options);
  const context: StackContext = {
    ...options,
    file: new StackFile(dataDir, initialState(dataDir, ports)),
    supervisions: new Map(),
  };
  const stop = async (): Promise<void> => {
    await stopInOrder(context);
    await release();
  };
  try {
    await launchAll(context, ports, secrets);
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, simulator: simulatorState } = context.file.state;
  const isGiven = options.config.adminToken !== undefined;
  return {
    url,
    simulatorUrl: simulatorState.url,
    adminToken: secrets.adminToken,
    adminTokenPath: isGiven ? 'ATTENDANT_ADMIN_TOKEN of the environment' : path.join(dataDir, 'admin-token'),
    logsDir: path.join(dataDir, 'logs'),
    stop,
  };
}

/** The bundle is made, or found, and the simulator started while the servers come up. */
async function launchAll(context: StackContext, ports: Ports, secrets: Secrets): Promise<void> {
  const { config, programs } = context;
  let { workflowBundle } = config;
  const findBundle = async (): Promise<void> => {
    if (programs.workflows === undefined) return;
    workflowBundle ??= await cacheWorkflowBundle({
      ...context,
      projectDir: programs.workflows,
      cacheDir: config.cacheDir,
    });
  };
  await allOrFirstError([launchServers(context, ports), launchSimulator(context, secrets), findBundle()]);
  await launchWorkerAndApi(context, { ...secrets, workflowBundle });
}

async function keepSecrets({ config }: StackOptions): Promise<Secrets> {
  const { dataDir, adminToken, encryptionKey } = config;
  return {
    adminToken:
      adminToken ?? (await keepSecret(path.join(dataDir, 'admin-token'), () => randomBytes(32).toString('hex'))),
    encryptionKey:
      encryptionKey?.toString('base64') ??
      (await keepSecret(path.join(dataDir, 'encryption-key'), () => randomBytes(32).toString('base64'))),
  };
}

type Ports = Record<'temporal' | 'simulator' | 'api', number>;

/** Ports stay the same for the life of a stack, so that who comes back is found again. */
async function choosePorts({ config }: StackOptions): Promise<Ports> {
  const [temporal = 0, freeSimulator, freeApi] = await findFreePorts(3);
  const simulator = config.simulatorPort || freeSimulator || 0;
  const api = config.port || freeApi || 0;
  await checkPort('127.0.0.1', simulator, 'ATTENDANT_SIMULATOR_PORT');
  await checkPort(config.host, api, 'ATTENDANT_PORT');
  return { temporal, simulator, api };
}

async function checkPort(host: string, port: number, variable: string): Promise<void> {
  if (await canListen(host, port)) return;
  throw new StackError(
    `Port ${port} of ${host} is in use. Stop the program that listens there, or take another: ${variable}=${port + 1} npm start (0 takes a free one).`,
  );
}

function initialState(dataDir: string, ports: Ports): StackFile['state'] {
  return {
    url: `http://127.0.0.1:${ports.api}`,
    supervisor: { pid: process.pid },
    temporal: { address: `127.0.0.1:${ports.temporal}` },
    mongo: { uri: mongoUriOf(dataDir) },
    simulator: { url: `http://127.0.0.1:${ports.simulator}` },
    worker: {},
    api: { port: ports.api },
    startedAt: new Date().toISOString(),
  };
}

async function stopInOrder({ file, supervisions }: StackContext): Promise<void> {
  for (const names of STOP_ORDER) {
    await Promise.all(names.map((name) => supervisions.get(name)?.stop() ?? Promise.resolve()));
  }
  await file.save();
}

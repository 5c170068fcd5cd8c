import { startChild } from './start-child.ts';
import { launch, logFileOf, type StackContext } from './stack-context.ts';

/** What our own processes are told beside the user's environment. */
export interface Secrets {
  adminToken: string;
  encryptionKey: string;
}

/** Secrets, and the bundle the worker starts with; undefined where it makes its own. */
export interface ProgramSettings extends Secrets {
  workflowBundle: string | undefined;
}

/** Brings up worker and api side by side. */
export async function launchWorkerAndApi(context: StackContext, settings: ProgramSettings): Promise<void> {
  const { log } = context;
  log('starting worker and api');
  await allOrFirstError([launchProgram(context, 'worker', settings), launchProgram(context, 'api', settings)]);
  log('worker and api are ready');
}

/** Brings up the simulator, which needs no server. */
export async function launchSimulator(context: StackContext, secrets: Secrets): Promise<void> {
  await launchProgram(context, 'simulator', { ...secrets, workflowBundle: undefined });
  context.log(`Messenger simulator: ${context.file.state.simulator.url}`);
}

/** Waits for all, so that whatever has started by then is known and can be stopped. */
export async function allOrFirstError(starts: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(starts)) if (result.status === 'rejected') throw result.reason;
}

function launchProgram(
  context: StackContext,
  name: 'simulator' | 'worker' | 'api',
  settings: ProgramSettings,
): Promise<void> {
  const { programs, projectDir } = context;
  return launch(context, name, (signal) =>
    startChild({
      name,
      file: programs[name],
      projectDir,
      logFile: logFileOf(context, name),
      env: toChildEnv(context, settings),
      signal,
    }),
  );
}

/**
 * The whole configuration, spelled out: a child reads it by readConfig alone and needs no default. Temporal's other
 * variables (TLS, API key) belong to a server the user named and would keep the embedded one from being reached.
 */
function toChildEnv({ config, env, file }: StackContext, settings: ProgramSettings): NodeJS.ProcessEnv {
  const { state } = file;
  const isOwnTemporal = !env['TEMPORAL_ADDRESS'];
  const isForChild = (name: string): boolean => !(isOwnTemporal && name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => isForChild(name))),
    ATTENDANT_EMBEDDED: '1',
    ATTENDANT_HOST: config.host,
    ATTENDANT_PORT: String(state.api.port),
    ATTENDANT_DATA_DIR: config.dataDir,
    ATTENDANT_CACHE_DIR: config.cacheDir,
    ATTENDANT_GRAPH_URL: env['ATTENDANT_GRAPH_URL'] || state.simulator.url,
    ATTENDANT_GRAPH_VERSION: config.graphVersion,
    ATTENDANT_SIMULATOR_PORT: new URL(state.simulator.url).port,
    ATTENDANT_SIMULATOR_URL: state.simulator.url,
    ATTENDANT_PRIVATE_HOSTS: [new URL(state.simulator.url).host, ...config.privateHosts].join(','),
    ATTENDANT_ADMIN_TOKEN: settings.adminToken,
    ATTENDANT_ENCRYPTION_KEY: settings.encryptionKey,
    ATTENDANT_WORKFLOW_BUNDLE: settings.workflowBundle ?? '',
    MONGODB_URI: state.mongo.uri,
    TEMPORAL_ADDRESS: state.temporal.address,
    TEMPORAL_NAMESPACE: isOwnTemporal ? 'default' : config.temporalNamespace,
  };
}

import { startChild } from './start-child.ts';
import { launch, logFileOf, type Programs, type StackContext } from './stack-context.ts';

/** What our own processes are told beside the user's environment. */
export interface Secrets {
  adminToken: string;
  encryptionKey: string;
}

/** Brings up the simulator, then worker and api side by side. */
export async function launchPrograms(context: StackContext, secrets: Secrets): Promise<void> {
  const { file, log } = context;
  log('starting the Messenger simulator');
  await launchProgram(context, 'simulator', secrets);
  log(`simulator at ${file.state.simulator.url}; starting worker and api`);
  const launches = await Promise.allSettled([
    launchProgram(context, 'worker', secrets),
    launchProgram(context, 'api', secrets),
  ]);
  for (const result of launches) if (result.status === 'rejected') throw result.reason;
  log('worker and api are ready');
}

function launchProgram(context: StackContext, name: keyof Programs, secrets: Secrets): Promise<void> {
  const { programs, projectDir } = context;
  return launch(context, name, (signal) =>
    startChild({
      name,
      file: programs[name],
      projectDir,
      logFile: logFileOf(context, name),
      env: toChildEnv(context, secrets),
      signal,
    }),
  );
}

/**
 * The whole configuration, spelled out: a child reads it by readConfig alone and needs no default. Temporal's other
 * variables (TLS, API key) belong to a server the user named and would keep the embedded one from being reached.
 */
function toChildEnv({ config, env, file }: StackContext, secrets: Secrets): NodeJS.ProcessEnv {
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
    ATTENDANT_ADMIN_TOKEN: secrets.adminToken,
    ATTENDANT_ENCRYPTION_KEY: secrets.encryptionKey,
    MONGODB_URI: state.mongo.uri,
    TEMPORAL_ADDRESS: state.temporal.address,
    TEMPORAL_NAMESPACE: isOwnTemporal ? 'default' : config.temporalNamespace,
  };
}

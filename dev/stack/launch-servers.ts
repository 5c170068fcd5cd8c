import { startMongoServer } from '../embedded/start-mongo-server.ts';
import { startTemporalServer } from '../embedded/start-temporal-server.ts';
import { allOrFirstError } from './launch-programs.ts';
import { launch, type StackContext } from './stack-context.ts';

/**
 * Brings up Temporal and MongoDB side by side. A server that dies comes back at the same address with the same files, so
 * that worker and api find it again without being told.
 */
export async function launchServers(context: StackContext, ports: { temporal: number }): Promise<void> {
  const { config, env, file, log } = context;
  const embedded = {
    cacheDir: config.cacheDir,
    dataDir: config.dataDir,
    env: { ...env, ATTENDANT_DATA_DIR: config.dataDir },
    log,
  };
  await allOrFirstError([
    launch(context, 'temporal', async (signal) => {
      const server = await startTemporalServer({ ...embedded, port: ports.temporal, signal });
      file.state.temporal.address = server.address;
      return server.process;
    }),
    launch(context, 'mongo', async (signal) => {
      const server = await startMongoServer({ ...embedded, signal });
      file.state.mongo.uri = server.uri;
      return server.process;
    }),
  ]);
}

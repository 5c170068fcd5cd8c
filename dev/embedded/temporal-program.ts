import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { buildIntoCache } from './build-into-cache.ts';
import { chooseProgram } from './choose-program.ts';
import type { EmbeddedOptions } from './embedded-options.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';
import { isReachable } from './is-reachable.ts';
import { runTool } from './run-tool.ts';

/** Newer tags hold a `replace` directive and cannot be installed by `go install`. */
const CLI_VERSION = '1.5.1';
const BUILT = `temporal-${CLI_VERSION}`;
const DOWNLOADED = 'temporal-download';
const DOWNLOAD_HOST = 'https://temporal.download';

/**
 * Finds or makes the `temporal` program and gives its path.
 * @throws NoServerError when there is no way to one
 */
export function findTemporalProgram(options: EmbeddedOptions): Promise<string> {
  const { cacheDir, env, log } = options;
  return chooseProgram<string>(
    'Temporal',
    [
      { title: 'program "temporal" on the PATH', find: () => findOnPath('temporal', env) },
      { title: `earlier build in ${cacheDir}`, find: () => findInCache(cacheDir) },
      { title: `download from ${DOWNLOAD_HOST}`, find: () => download(options) },
      { title: `built with Go from the module proxy (CLI ${CLI_VERSION})`, find: () => build(options) },
    ],
    log,
  );
}

async function findInCache(cacheDir: string): Promise<string | undefined> {
  for (const name of [BUILT, DOWNLOADED]) {
    const program = path.join(cacheDir, name, 'temporal');
    if (await isExecutable(program)) return program;
  }
  return undefined;
}

async function download(options: EmbeddedOptions): Promise<string | undefined> {
  if (!(await isReachable(DOWNLOAD_HOST))) return undefined;
  const folder = await buildIntoCache({ ...options, name: DOWNLOADED, build: downloadInto });
  return path.join(folder, 'temporal');
}

/** The SDK's downloader only runs as part of a server start, so one is started and stopped. */
async function downloadInto(folder: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const { readdir } = await import('node:fs/promises');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder } },
  });
  await environment.teardown();
  const name = (await readdir(folder)).find((file) => file.startsWith('temporal'));
  if (name === undefined) throw new Error('the download left no program');
  await rename(path.join(folder, name), path.join(folder, 'temporal'));
}

async function build(options: EmbeddedOptions): Promise<string | undefined> {
  const go = await findOnPath('go', options.env);
  if (go === undefined) return undefined;
  const folder = await buildIntoCache({ ...options, name: BUILT, build: (into) => goInstall(go, into, options) });
  return path.join(folder, 'temporal');
}

/** Go keeps what it compiled in its own cache, so an interrupted build goes on where it was. */
async function goInstall(go: string, folder: string, { env, log, signal }: EmbeddedOptions): Promise<void> {
  log(`Temporal: building CLI ${CLI_VERSION} with Go, once; about 4 minutes on 2 cores`);
  await mkdir(folder, { recursive: true });
  await runTool({
    program: go,
    args: ['install', `github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`],
    env: { ...env, GOBIN: folder, CGO_ENABLED: '0' },
    progress: (seconds) => log(`Temporal: still building (${seconds} s)`),
    ...(signal ? { signal } : {}),
  });
}

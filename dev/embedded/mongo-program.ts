import { createHash } from 'node:crypto';
import { access, copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildIntoCache } from './build-into-cache.ts';
import { chooseProgram } from './choose-program.ts';
import type { EmbeddedOptions } from './embedded-options.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';
import { isReachable } from './is-reachable.ts';
import { runTool } from './run-tool.ts';

/** A real server, or the Java stand-in with its class path. */
export type MongoProgram =
  { kind: 'mongod'; program: string } | { kind: 'stand-in'; program: string; classPath: string };

const MONGOD_VERSION = '8.0.15';
const DOWNLOADED = `mongod-${MONGOD_VERSION}`;
const DOWNLOAD_HOST = 'https://fastdl.mongodb.org';
const SOURCES = path.join(import.meta.dirname, 'mongo');
const JAVA_FILES = ['MongoStandIn.java', 'IndexedDatabase.java', 'SecondaryIndex.java'];

/** The files of a data folder: a stack stays with the kind of server that wrote them. */
export const STAND_IN_FILE = 'mongo.mv';
export const MONGOD_FOLDER = 'mongod';

/**
 * Finds or makes a MongoDB. A data folder the stand-in has written stays with the stand-in, even when a `mongod`
 * has been installed since: the two cannot read each other's files.
 * @throws NoServerError when there is no way to one
 */
export async function findMongoProgram(options: EmbeddedOptions): Promise<MongoProgram> {
  const isStandInData = await exists(path.join(options.dataDir, STAND_IN_FILE));
  const real = [
    { title: 'program "mongod" on the PATH', find: () => findMongod(options) },
    { title: `earlier download in ${options.cacheDir}`, find: () => findDownloaded(options.cacheDir) },
  ];
  const cached = { title: `stand-in built earlier in ${options.cacheDir}`, find: () => findStandIn(options) };
  const download = { title: `download from ${DOWNLOAD_HOST}`, find: () => downloadMongod(options) };
  const build = { title: 'stand-in from Maven Central (mongo-java-server, H2)', find: () => buildStandIn(options) };
  const choices = isStandInData ? [cached, build] : [...real, cached, download, build];
  return chooseProgram<MongoProgram>('MongoDB', choices, options.log);
}

async function findMongod({ env }: EmbeddedOptions): Promise<MongoProgram | undefined> {
  const program = await findOnPath('mongod', env);
  return program === undefined ? undefined : { kind: 'mongod', program };
}

async function findDownloaded(cacheDir: string): Promise<MongoProgram | undefined> {
  const program = path.join(cacheDir, DOWNLOADED, 'mongod');
  return (await isExecutable(program)) ? { kind: 'mongod', program } : undefined;
}

async function downloadMongod(options: EmbeddedOptions): Promise<MongoProgram | undefined> {
  if (!(await isReachable(DOWNLOAD_HOST))) return undefined;
  const folder = await buildIntoCache({ ...options, name: DOWNLOADED, build: downloadMongodInto });
  return { kind: 'mongod', program: path.join(folder, 'mongod') };
}

async function downloadMongodInto(folder: string): Promise<void> {
  const { MongoBinary } = await import('mongodb-memory-server-core');
  const downloaded = await MongoBinary.getPath({ version: MONGOD_VERSION, downloadDir: folder });
  await copyFile(downloaded, path.join(folder, 'mongod'));
}

/** Java and the class path, where both exist already. */
async function findStandIn(options: EmbeddedOptions): Promise<MongoProgram | undefined> {
  const java = await findOnPath('java', options.env);
  const folder = path.join(options.cacheDir, await nameOfStandIn());
  return java !== undefined && (await exists(folder)) ? toStandIn(java, folder) : undefined;
}

async function buildStandIn(options: EmbeddedOptions): Promise<MongoProgram | undefined> {
  const [java, javac, mvn] = await Promise.all(['java', 'javac', 'mvn'].map((tool) => findOnPath(tool, options.env)));
  if (java === undefined || javac === undefined || mvn === undefined) return undefined;
  options.log('MongoDB: fetching mongo-java-server from Maven Central and compiling the launcher, once; some seconds');
  const folder = await buildIntoCache({
    ...options,
    name: await nameOfStandIn(),
    build: (into) => buildStandInInto(into, { javac, mvn }, options),
  });
  return toStandIn(java, folder);
}

async function buildStandInInto(
  folder: string,
  tools: { javac: string; mvn: string },
  { env, log, signal }: EmbeddedOptions,
): Promise<void> {
  const libraries = path.join(folder, 'lib');
  const copyOptions = ['-DincludeScope=runtime', `-DoutputDirectory=${libraries}`];
  const bounds = { env, ...(signal ? { signal } : {}) };
  await runTool({
    ...bounds,
    program: tools.mvn,
    args: ['-B', '-ntp', '-f', path.join(SOURCES, 'pom.xml'), 'dependency:copy-dependencies', ...copyOptions],
    progress: (seconds) => log(`MongoDB: still fetching (${seconds} s)`),
  });
  await runTool({
    ...bounds,
    program: tools.javac,
    args: [
      '-cp',
      `${libraries}/*`,
      '-d',
      path.join(folder, 'classes'),
      ...JAVA_FILES.map((file) => path.join(SOURCES, file)),
    ],
  });
}

function toStandIn(program: string, folder: string): MongoProgram {
  return { kind: 'stand-in', program, classPath: `${folder}/classes:${folder}/lib/*` };
}

/** Named by its sources, so that a changed launcher is compiled again. */
async function nameOfStandIn(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['pom.xml', ...JAVA_FILES]) hash.update(await readFile(path.join(SOURCES, file)));
  return `mongo-stand-in-${hash.digest('hex').slice(0, 12)}`;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

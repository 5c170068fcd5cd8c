/**
 * What every embedded server is told.
 * `cacheDir` holds programs and may be shared by any number of stacks; `dataDir` belongs to one stack.
 * `env` names servers that run already (TEMPORAL_ADDRESS, MONGODB_URI) and the PATH to look for programs.
 * `port` is free unless given. `signal` gives up a download or build.
 */
export interface EmbeddedOptions {
  cacheDir: string;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  port?: number;
  signal?: AbortSignal;
}

/** One line per way out, so that nobody is left with "not found" alone. */
const waysOut = `Ways out, any one of them:
  - run the whole product in containers: docker compose up
  - name servers that run already: TEMPORAL_ADDRESS=host:7233 MONGODB_URI=mongodb://host:27017/attendant
  - install the toolchains they are built with: Go 1.25 or newer (Temporal), JDK 17 or newer with Maven (MongoDB stand-in)
  - put the programs on the PATH: temporal, mongod
  - allow the network to reach temporal.download and fastdl.mongodb.org, or a Go proxy and Maven Central`;

/** Thrown when a server can neither be found nor made; the message holds what was tried and every way out. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';

  constructor(server: string, tried: readonly string[]) {
    const attempts = tried.map((attempt) => `  - ${attempt}`).join('\n');
    super(`No ${server} could be found or made. Tried, in this order:\n${attempts}\n${waysOut}`);
  }
}

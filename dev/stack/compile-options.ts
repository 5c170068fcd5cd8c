/** The checkout to compile, and the cache to compile it into. */
export interface CompileOptions {
  projectDir: string;
  cacheDir: string;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  signal?: AbortSignal;
}

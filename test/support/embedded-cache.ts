import path from 'node:path';

/** The folder of built servers that all tests share: a build takes minutes. */
export const cacheDir =
  process.env['ATTENDANT_CACHE_DIR'] ?? path.join(import.meta.dirname, '..', '..', '.attendant', 'cache');

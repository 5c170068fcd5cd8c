import path from 'node:path';
import { compileProduct } from '../../dev/stack/compile-product.ts';
import { cacheDir } from './embedded-cache.ts';

const projectDir = path.join(import.meta.dirname, '..', '..');
let product: Promise<string> | undefined;

/** The folder of the product as JavaScript: what is started from it does not compile itself. Sources stay as they are while tests run. */
export function compiledProduct(): Promise<string> {
  product ??= compileProduct({
    projectDir,
    cacheDir,
    env: process.env,
    log: (line) => process.stderr.write(`product: ${line}\n`),
  });
  return product;
}

import { readFileSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compressed = /\.(?:js|css|svg|json)$/;

/** Writes each asset compressed beside itself, once: the api then sends what lies there. */
function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir, 'assets');
    },
    async closeBundle() {
      const names = (await readdir(folder, { recursive: true })).filter((name) => compressed.test(name));
      await Promise.all(names.map((name) => compressFile(path.join(folder, name))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)]);
}

/** Languages whose emoji have names of their own. */
const EMOJI_LANGUAGES = ['en', 'de'];
const emojiPackage = path.join(import.meta.dirname, '..', 'node_modules', 'emojibase-data');
const { version: emojiVersion } = JSON.parse(readFileSync(path.join(emojiPackage, 'package.json'), 'utf8')) as {
  version: string;
};

/** Puts the names of emoji beside the assets: nothing is asked for elsewhere. */
function emojiNames(): Plugin {
  return {
    name: 'emoji-names',
    apply: 'build',
    async generateBundle() {
      for (const language of EMOJI_LANGUAGES) {
        for (const name of ['data.json', 'messages.json']) {
          const source = await readFile(path.join(emojiPackage, language, name));
          this.emitFile({ type: 'asset', fileName: `assets/emoji-${emojiVersion}/${language}/${name}`, source });
        }
      }
    },
  };
}

export default defineConfig({
  define: { __EMOJI_VERSION__: JSON.stringify(emojiVersion) },
  root: import.meta.dirname,
  plugins: [react(), emojiNames(), compress()],
  build: {
    // An inlined asset would need a wider content security policy.
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // The simulator's page is one of its own: nobody who answers chats loads it.
    rolldownOptions: {
      input: ['index.html', 'simulator.html'].map((page) => path.join(import.meta.dirname, page)),
    },
  },
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the nonce of each answer goes; `web/index.html` holds it. */
const NONCE_PLACE = '__CSP_NONCE__';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Attendant</title>
<h1>The console is not built</h1>
<p>The API works; its pages are missing beside it. <code>npm start</code> and <code>npm run build</code> build them:
then start it again.</p>
<ul>
<li><a href="/api/v1/openapi.json">API document (OpenAPI 3.1)</a></li>
<li><a href="/simulator">Messenger simulator</a></li>
<li><a href="/healthz">Health</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a></li>
</ul></html>
`;

/** What `vite build` made of `web/`, or that there is none. */
export interface ConsoleFiles {
  /** Folder of the assets. */
  folder: string;
  /** The page for one answer. */
  page(nonce: string): string;
}

/** Reads the built console, once for the life of the process. */
export async function readConsole(folder: string): Promise<ConsoleFiles> {
  return { folder, page: await readPage(folder, 'index.html', NOT_BUILT) };
}

/** Reads a document of the built console, or takes what stands in for it; gives what makes it for one answer. */
export async function readPage(folder: string, file: string, notBuilt: string): Promise<ConsoleFiles['page']> {
  const page = await readFile(path.join(folder, file), 'utf8').catch(() => notBuilt);
  return (nonce) => page.replaceAll(NONCE_PLACE, nonce);
}

/** Addresses of the api and its neighbours: what is not there is not there, and no page of the console. */
const NO_PAGES = /^\/(?:api|assets|clientweb|simulator|metrics|healthz|readyz)(?:\/|$)/;

/** Whether a path may be a page of the console: no address of the api, and no file. */
export function isConsolePath(pathname: string): boolean {
  return !NO_PAGES.test(pathname) && !/\.[^/]*$/.test(pathname);
}

/** What a page of the console may load and do: its own files, and styles that carry the answer's nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

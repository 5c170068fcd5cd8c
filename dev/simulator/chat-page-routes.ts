import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** Nothing but the page's own three files; no inline code, no other host. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FILES = [
  { path: '/simulator', file: 'simulator.html', type: 'text/html; charset=utf-8' },
  { path: '/simulator/simulator.css', file: 'simulator.css', type: 'text/css; charset=utf-8' },
  { path: '/simulator/simulator.js', file: 'simulator.js', type: 'text/javascript; charset=utf-8' },
];

/** Serves the chat page. Its links are relative to `/simulator`, so it also works behind another origin. */
export function registerChatPageRoutes(app: FastifyInstance): void {
  for (const { path, file, type } of FILES) {
    const content = readFileSync(new URL(`page/${file}`, import.meta.url));
    app.get(path, (_request, reply) =>
      reply
        .headers({
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-cache',
        })
        .send(content),
    );
  }
  for (const path of ['/', '/simulator/']) app.get(path, (_request, reply) => reply.redirect('/simulator', 302));
}

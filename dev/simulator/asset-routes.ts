import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { checkCredentials } from './check-graph-call.ts';
import { addressOf } from './file-routes.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatedFiles } from './simulated-files.ts';
import type { SimulatorStore } from './simulator-store.ts';

/** An `attachment_id` ends after 90 days. Source: Saving Assets. */
const ATTACHMENT_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

interface Upload {
  pageId: string;
  at: number;
  url: string;
}

/** What Pages have uploaded and made; it does not outlive the process. */
export class SimulatedAssets {
  readonly personas = new Map<string, { pageId: string; name: string }>();
  readonly uploads = new Map<string, Upload>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  addUpload(id: string, upload: Omit<Upload, 'at'>): void {
    this.uploads.set(id, { ...upload, at: this.#now() });
  }

  /** Where what was uploaded lies. */
  urlOf(id: string | undefined): string | undefined {
    return this.uploads.get(id ?? '')?.url;
  }

  isUsable(pageId: string, id: string): boolean {
    const upload = this.uploads.get(id);
    return upload?.pageId === pageId && this.#now() - upload.at < ATTACHMENT_LIFETIME_MS;
  }
}

interface AssetDeps {
  store: SimulatorStore;
  assets: SimulatedAssets;
  files: SimulatedFiles;
  newId: () => string;
}

interface AssetRequest {
  Params: { id: string };
  Querystring: { access_token?: string; appsecret_proof?: string };
}

const personaSchema = z.object({
  name: z.string().min(1).max(MESSENGER_LIMITS.personaName),
  profile_picture_url: z.url(),
});

/** The file of an upload form; undefined for what is no such form. */
async function readUpload(body: unknown, type: string | undefined): Promise<File | undefined> {
  if (!Buffer.isBuffer(body) || type === undefined) return undefined;
  const parsed = new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const form = await parsed.catch(() => undefined);
  const file = form?.get('filedata');
  return form?.has('message') && file instanceof File ? file : undefined;
}

/** Plays uploads and personas. Source: Attachment Upload API; Personas API. */
export function registerAssetRoutes(app: FastifyInstance, version: string, deps: AssetDeps): void {
  const { store, assets, files, newId } = deps;
  app.addContentTypeParser(
    /^multipart\/form-data/,
    { parseAs: 'buffer', bodyLimit: MESSENGER_LIMITS.attachmentBytes + 1024 * 1024 },
    (_request, body, done) => done(null, body),
  );
  app.post<AssetRequest>(`${version}/:id/message_attachments`, async ({ params, query, body, headers, socket }) => {
    checkCredentials(store.findPage(params.id), { token: query.access_token, proof: query.appsecret_proof });
    const file = await readUpload(body, headers['content-type']);
    if (!Buffer.isBuffer(body) || file === undefined) {
      throw new GraphRefusal('Param filedata: is required', { code: 100 });
    }
    if (body.length > MESSENGER_LIMITS.attachmentBytes) {
      throw new GraphRefusal('The attachment is too large', { code: 100, subcode: 2_018_109 });
    }
    const id = `a_${newId()}`;
    await files.put(id, Buffer.from(await file.arrayBuffer()));
    assets.addUpload(id, { pageId: params.id, url: addressOf(socket.localPort, id, file.name) });
    return { attachment_id: id };
  });
  app.post<AssetRequest>(`${version}/:id/personas`, ({ params, query, body }) => {
    checkCredentials(store.findPage(params.id), { token: query.access_token, proof: query.appsecret_proof });
    const parsed = personaSchema.safeParse(body);
    if (!parsed.success) throw new GraphRefusal('Param name or profile_picture_url: is not valid', { code: 100 });
    const id = `p_${newId()}`;
    assets.personas.set(id, { pageId: params.id, name: parsed.data.name });
    return { id };
  });
}

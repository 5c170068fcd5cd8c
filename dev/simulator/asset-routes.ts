import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { checkCredentials } from './check-graph-call.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatorStore } from './simulator-store.ts';

/** An `attachment_id` ends after 90 days. Source: Saving Assets. */
const ATTACHMENT_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

interface Upload {
  pageId: string;
  at: number;
  bytes: number;
}

/** What Pages have uploaded and made; it does not outlive the process. */
export class SimulatedAssets {
  readonly personas = new Map<string, { pageId: string; name: string }>();
  readonly uploads = new Map<string, Upload>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  addUpload(id: string, pageId: string, bytes: number): void {
    this.uploads.set(id, { pageId, at: this.#now(), bytes });
  }

  isUsable(pageId: string, id: string): boolean {
    const upload = this.uploads.get(id);
    return upload?.pageId === pageId && this.#now() - upload.at < ATTACHMENT_LIFETIME_MS;
  }
}

interface AssetDeps {
  store: SimulatorStore;
  assets: SimulatedAssets;
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

/** Plays uploads and personas. Source: Attachment Upload API; Personas API. */
export function registerAssetRoutes(app: FastifyInstance, version: string, deps: AssetDeps): void {
  const { store, assets, newId } = deps;
  app.addContentTypeParser(
    /^multipart\/form-data/,
    { parseAs: 'buffer', bodyLimit: MESSENGER_LIMITS.attachmentBytes + 1024 * 1024 },
    (_request, body, done) => done(null, body),
  );
  app.post<AssetRequest>(`${version}/:id/message_attachments`, ({ params, query, body }) => {
    checkCredentials(store.findPage(params.id), { token: query.access_token, proof: query.appsecret_proof });
    // Only the form's parts are looked for: what they hold is nobody's business here.
    const isForm = Buffer.isBuffer(body) && body.includes('name="message"') && body.includes('name="filedata"');
    if (!isForm) throw new GraphRefusal('Param filedata: is required', { code: 100 });
    if (body.length > MESSENGER_LIMITS.attachmentBytes) {
      throw new GraphRefusal('The attachment is too large', { code: 100, subcode: 2_018_109 });
    }
    const id = `a_${newId()}`;
    assets.addUpload(id, params.id, body.length);
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

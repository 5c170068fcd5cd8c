import type { FastifyInstance, FastifyReply } from 'fastify';
import { checkCredentials, checkSendBody, type SendBody } from './check-graph-call.ts';
import type { Faults } from './faults.ts';
import { registerProfileRoutes } from './graph-profile-routes.ts';
import { meetFault, registerGraphSetupRoutes } from './graph-setup-routes.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { CallLog } from './call-log.ts';
import { logGraphCalls } from './log-graph-calls.ts';
import type { PlatformRules } from './platform-rules.ts';
import { registerAssetRoutes, type SimulatedAssets } from './asset-routes.ts';
import type { Simulator, PageMessage } from './simulator.ts';
import type { SimulatedFiles } from './simulated-files.ts';
import type { SimulatedAttachment } from './simulator-record.ts';
import type { SimulatorStore } from './simulator-store.ts';
import type { Parties } from './webhook-body.ts';

export interface GraphDeps {
  simulator: Simulator;
  store: SimulatorStore;
  faults: Faults;
  newId: () => string;
  rules: PlatformRules;
  assets: SimulatedAssets;
  files: SimulatedFiles;
  log: CallLog;
  now: () => number;
  /** Resolves after the time. */
  pause: (ms: number) => Promise<void>;
}

interface GraphRequest {
  Params: { id: string };
  Querystring: { access_token?: string; appsecret_proof?: string };
}

const VERSION = '/:version(^v\\d+\\.\\d+$)';

/** Plays the Graph API: sending, profiles and set-up, under any version. */
export function registerGraphRoutes(app: FastifyInstance, deps: GraphDeps): void {
  app.setErrorHandler((error, _request, reply) => {
    const refusal =
      error instanceof GraphRefusal ? error : new GraphRefusal('The request could not be read', { code: 100 });
    return reply.status(refusal.httpStatus).send(refusal.toBody(deps.newId()));
  });

  logGraphCalls(app, deps);
  app.addHook('preHandler', async (request, reply) => {
    const { id: pageId } = request.params as { id?: string };
    const { access_token: token } = request.query as { access_token?: string };
    if (deps.rules.isAway(pageId)) return cut(reply);
    void reply.headers(deps.rules.usageHeaders(pageId));
    deps.rules.checkReachable(pageId, token);
  });

  registerGraphSetupRoutes(app, VERSION, deps);
  registerProfileRoutes(app, VERSION, deps);
  registerAssetRoutes(app, VERSION, deps);

  app.post<GraphRequest>(`${VERSION}/:id/messages`, async ({ params, query, body }, reply) => {
    checkCredentials(deps.store.findPage(params.id), { token: query.access_token, proof: query.appsecret_proof });
    const send = checkSendBody(body);
    const parties = { pageId: params.id, psid: send.recipient.id };
    if (send.message === undefined) {
      await takeAction(deps, parties, send);
      return { recipient_id: parties.psid };
    }
    checkPersona(deps, send);
    checkAttachmentId(deps, params.id, send);
    deps.rules.checkMessage(parties, send);
    const persona = deps.assets.personas.get(send.persona_id ?? '')?.name;
    const message = { ...toPageMessage(send.message, deps.assets), ...(persona !== undefined && { persona }) };
    return takeMessage(deps, { parties, message }, reply);
  });

  app.get<GraphRequest>(`${VERSION}/:id`, ({ params, query }) => {
    const page = deps.store.pages.find((candidate) => candidate.pageToken === query.access_token);
    checkCredentials(page, { token: query.access_token, proof: query.appsecret_proof });
    if (page !== undefined && page.pageId === params.id) {
      meetFault(deps, 'routing', page.pageId);
      const isShared = (page.otherApps ?? []).length > 0;
      return { id: page.pageId, messaging_feature_status: { hop_v2: true, msgr_multi_app: isShared } };
    }
    const customer = deps.store.findCustomer(params.id, page?.pageId);
    if (customer === undefined) {
      throw new GraphRefusal('No profile available for this user.', { code: 100, subcode: 2018218 });
    }
    const [first = '', ...last] = customer.name.split(' ');
    const { pictureUrl, locale } = customer;
    return {
      first_name: first,
      last_name: last.join(' '),
      ...(pictureUrl !== undefined && { profile_pic: pictureUrl }),
      ...(locale !== undefined && { locale }),
      id: params.id,
    };
  });
}

/** Typing, seen and reactions: shown, never in the thread. */
async function takeAction({ simulator }: GraphDeps, parties: Parties, send: SendBody): Promise<void> {
  const { sender_action: action, payload } = send;
  const isReaction = action === 'react' || action === 'unreact';
  if (isReaction !== (payload !== undefined)) {
    throw new GraphRefusal('Param payload: is for react and unreact, and needed there', { code: 100 });
  }
  if (action === 'typing_on' || action === 'typing_off') simulator.setTyping(parties, action === 'typing_on');
  await simulator.noteAction({
    ...parties,
    action: action ?? '',
    ...(payload && { mid: payload.message_id, reaction: payload.reaction }),
  });
}

function checkPersona({ assets }: GraphDeps, { persona_id: persona }: SendBody): void {
  if (persona === undefined || assets.personas.has(persona)) return;
  throw new GraphRefusal('Param persona_id: no such persona', { code: 100 });
}

function checkAttachmentId({ assets }: GraphDeps, pageId: string, { message }: SendBody): void {
  const payload = message?.attachment?.type === 'template' ? undefined : message?.attachment?.payload;
  const id = payload?.attachment_id;
  if (id === undefined || assets.isUsable(pageId, id)) return;
  throw new GraphRefusal('The attachment id is not valid or has expired', { code: 100 });
}

interface TakenMessage {
  parties: Parties;
  message: PageMessage;
}

/** Takes a valid message, with the fault that is on. */
async function takeMessage(
  { simulator, faults, pause }: GraphDeps,
  { parties, message }: TakenMessage,
  reply: FastifyReply,
): Promise<unknown> {
  const fault = faults.takeForSend(parties.pageId);
  if (fault?.kind === 'error') {
    await simulator.noteFailedSend({ ...parties, ...message, status: 'refused', errorCode: fault.code });
    throw new GraphRefusal(fault.message, fault);
  }
  if (fault?.kind === 'reset-before-accept') {
    await simulator.noteFailedSend({ ...parties, ...message, status: 'dropped' });
    return cut(reply);
  }
  const { mid } = await simulator.pageWrites(parties, message);
  if (fault?.kind === 'reset-after-accept') return cut(reply);
  if (fault !== undefined) await pause(fault.delayMs);
  if (fault?.kind === 'timeout-after-accept') return cut(reply);
  return { recipient_id: parties.psid, message_id: mid };
}

/** Ends the connection without an answer. */
function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function toPageMessage(message: NonNullable<SendBody['message']>, assets: SimulatedAssets): PageMessage {
  const { text, attachment, metadata, quick_replies: quickReplies } = message;
  return {
    ...(text !== undefined && { text }),
    ...(attachment !== undefined && { attachments: shownAttachments(attachment, assets) }),
    quickReplies: quickReplies.map((reply) =>
      reply.content_type === 'text'
        ? { title: reply.title, payload: reply.payload }
        : { title: reply.content_type, payload: '', contentType: reply.content_type },
    ),
    ...(metadata !== undefined && { metadata }),
  };
}

/** What a phone can show of an attachment. */
function shownAttachments(
  attachment: NonNullable<NonNullable<SendBody['message']>['attachment']>,
  assets: SimulatedAssets,
): SimulatedAttachment[] {
  if (attachment.type !== 'template') {
    const { url, attachment_id: attachmentId } = attachment.payload;
    return [{ type: attachment.type, url: url ?? assets.urlOf(attachmentId) }];
  }
  const { payload } = attachment;
  switch (payload.template_type) {
    case 'button':
      return [{ type: 'template', title: payload.text, buttons: payload.buttons }];
    case 'generic':
      return payload.elements.map(({ title, subtitle, image_url: url, buttons }) => ({
        type: 'template',
        title,
        subtitle,
        url,
        buttons,
      }));
    case 'media':
      return payload.elements.map(({ media_type: type, url, attachment_id: id, buttons }) => ({
        type,
        url: url ?? assets.urlOf(id),
        buttons,
      }));
    case 'receipt':
      return [
        { type: 'template', title: `Order ${payload.order_number}: ${payload.summary.total_cost} ${payload.currency}` },
      ];
  }
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { checkCredentials, checkSendBody, type SendBody } from './check-graph-call.ts';
import type { Faults } from './faults.ts';
import { registerProfileRoutes } from './graph-profile-routes.ts';
import { meetFault, registerGraphSetupRoutes } from './graph-setup-routes.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { Simulator, PageMessage } from './simulator.ts';
import type { SimulatorStore } from './simulator-store.ts';
import type { Parties } from './webhook-body.ts';

export interface GraphDeps {
  simulator: Simulator;
  store: SimulatorStore;
  faults: Faults;
  newId: () => string;
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

  registerGraphSetupRoutes(app, VERSION, deps);
  registerProfileRoutes(app, VERSION, deps);

  app.post<GraphRequest>(`${VERSION}/:id/messages`, async ({ params, query, body }, reply) => {
    checkCredentials(deps.store.findPage(params.id), { token: query.access_token, proof: query.appsecret_proof });
    const send = checkSendBody(body);
    const parties = { pageId: params.id, psid: send.recipient.id };
    if (send.message === undefined) {
      deps.simulator.setTyping(parties, send.sender_action === 'typing_on');
      return { recipient_id: parties.psid };
    }
    return takeMessage(deps, { parties, message: toPageMessage(send.message) }, reply);
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
    return { first_name: first, last_name: last.join(' '), id: params.id };
  });
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
    await simulator.noteFailedSend({ ...parties, ...message, fate: 'refused', errorCode: fault.code });
    throw new GraphRefusal('Refused on request', fault);
  }
  if (fault?.kind === 'reset-before-accept') {
    await simulator.noteFailedSend({ ...parties, ...message, fate: 'dropped' });
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

function toPageMessage(message: NonNullable<SendBody['message']>): PageMessage {
  const { text, attachment, metadata, quick_replies: quickReplies } = message;
  return {
    ...(text !== undefined && { text }),
    ...(attachment !== undefined && { attachments: [{ type: attachment.type, url: attachment.payload?.url }] }),
    quickReplies: quickReplies.map(({ title, payload }) => ({ title, payload })),
    ...(metadata !== undefined && { metadata }),
  };
}

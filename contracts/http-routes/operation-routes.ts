/** What operators ask of the ledger, the send lanes, alerts and dead letters, and what they do about them. */
import { alertParamsSchema, alertSchema, alertsQuerySchema } from '../alert-schema.ts';
import {
  deadLetterDetailSchema,
  deadLetterParamsSchema,
  deadLetterSchema,
  deadLettersQuerySchema,
} from '../dead-letter-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import {
  balanceQuerySchema,
  balanceResponseSchema,
  ledgerPartSchema,
  ledgerPartsQuerySchema,
  partActionResponseSchema,
  partParamsSchema,
} from '../ledger-schema.ts';
import { sendLaneParamsSchema, sendLaneViewSchema } from '../send-lane-schema.ts';
import type { HttpRoute } from './http-route.ts';

const list = { method: 'GET', access: ['see-operation'] } as const;
const partAction = {
  method: 'POST',
  tags: ['ledger'],
  access: ['operate'],
  params: partParamsSchema,
  errors: ['NOT_FOUND', 'PART_SETTLED'],
} as const;
const deadLetter = {
  tags: ['webhook'],
  access: ['operate'],
  params: deadLetterParamsSchema,
  errors: ['NOT_FOUND'],
} as const;

export const operationRoutes = {
  getLedgerBalance: {
    ...list,
    path: '/api/v1/ledger/balance',
    summary: 'What came in and went out, by Page and UTC day',
    tags: ['ledger'],
    query: balanceQuerySchema,
    responses: { 200: balanceResponseSchema },
  },
  listLedgerParts: {
    ...list,
    path: '/api/v1/ledger/parts',
    summary: 'Parts of unknown delivery status, failed ones, or those that wait for somebody, newest first',
    tags: ['ledger'],
    query: ledgerPartsQuerySchema,
    responses: { 200: listSchema(ledgerPartSchema) },
  },
  retryPart: {
    ...partAction,
    path: '/api/v1/ledger/parts/:id/retry',
    summary:
      'Send a part that waits, has failed, or is of unknown delivery status. An unknown one may reach the customer twice',
    responses: { 202: partActionResponseSchema },
    audit: 'part.retried',
  },
  discardPart: {
    ...partAction,
    path: '/api/v1/ledger/parts/:id/discard',
    summary: 'Give a part up that waits or is of unknown delivery status: it counts as failed',
    responses: { 200: partActionResponseSchema },
    audit: 'part.discarded',
  },
  listSendLanes: {
    ...list,
    path: '/api/v1/send-lanes',
    summary: 'How each Page stands with Meta: open, slow, held or closed, and what waits',
    tags: ['sendLanes'],
    responses: { 200: listSchema(sendLaneViewSchema) },
  },
  resumeSendLane: {
    method: 'POST',
    path: '/api/v1/send-lanes/:pageId/resume',
    summary: 'Say that a Page is repaired: what waits goes on in the order in which it came',
    tags: ['sendLanes'],
    access: ['operate'],
    params: sendLaneParamsSchema,
    responses: { 202: sendLaneViewSchema },
    errors: ['NOT_FOUND'],
    audit: 'send-lane.resumed',
  },
  listAlerts: {
    ...list,
    access: ['handle-alerts'],
    path: '/api/v1/alerts',
    summary: 'What operators and supervisors have to know about Pages and services, newest first',
    tags: ['alerts'],
    query: alertsQuerySchema,
    responses: { 200: listSchema(alertSchema) },
  },
  acknowledgeAlert: {
    method: 'POST',
    path: '/api/v1/alerts/:id/acknowledge',
    summary: 'Take an open alert up, so that others see that somebody does',
    tags: ['alerts'],
    access: ['handle-alerts'],
    params: alertParamsSchema,
    responses: { 200: alertSchema },
    errors: ['NOT_FOUND'],
    audit: 'alert.acknowledged',
  },
  resolveAlert: {
    method: 'POST',
    path: '/api/v1/alerts/:id/resolve',
    summary: 'Mark an alert as seen to; what goes on is noticed again',
    tags: ['alerts'],
    access: ['handle-alerts'],
    params: alertParamsSchema,
    responses: { 200: alertSchema },
    errors: ['NOT_FOUND'],
    audit: 'alert.resolved',
  },
  listDeadLetters: {
    ...list,
    path: '/api/v1/dead-letters',
    summary: 'Webhook bodies that could not be handled, and examples of unknown events, newest first',
    tags: ['webhook'],
    query: deadLettersQuerySchema,
    responses: { 200: listSchema(deadLetterSchema) },
  },
  getDeadLetter: {
    ...deadLetter,
    access: ['see-raw-deliveries'],
    method: 'GET',
    path: '/api/v1/dead-letters/:id',
    summary: 'One dead letter with its content',
    responses: { 200: deadLetterDetailSchema },
    audit: 'dead-letter.read',
  },
  replayDeadLetter: {
    ...deadLetter,
    method: 'POST',
    path: '/api/v1/dead-letters/:id/replay',
    summary: 'Handle a dead letter again; what was handled before is not handled twice',
    responses: { 200: deadLetterSchema },
    audit: 'dead-letter.replayed',
  },
} as const satisfies Record<string, HttpRoute>;

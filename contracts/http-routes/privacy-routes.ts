/** A customer's data, and what Meta calls for a person. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import {
  customerExportSchema,
  customerParamsSchema,
  dataDeletionParamsSchema,
  dataDeletionResponseSchema,
  erasureViewSchema,
} from '../privacy-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['privacy'] as const;
const customer = { tags, access: ['handle-privacy-requests'], params: customerParamsSchema } as const;
/** Forms, signed by the app secret. */
const callback = {
  method: 'POST',
  tags,
  access: access.public,
  hasRawBody: true,
  maxBodyBytes: 16 * 1024,
  errors: ['REQUEST_INVALID', 'SIGNATURE_INVALID'],
} as const;

export const privacyRoutes = {
  exportCustomer: {
    ...customer,
    method: 'GET',
    path: '/api/v1/customers/:pageId/:psid/export',
    summary: 'Everything that is stored of a customer',
    responses: { 200: customerExportSchema },
    errors: ['NOT_FOUND'],
    audit: 'customer.exported',
  },
  eraseCustomer: {
    ...customer,
    method: 'DELETE',
    path: '/api/v1/customers/:pageId/:psid',
    summary: 'Erase a customer from every store; looked at once more a minute later',
    responses: { 200: erasureViewSchema },
    errors: ['LEGAL_HOLD'],
    audit: 'customer.erased',
  },
  requestDataDeletion: {
    ...callback,
    path: '/clientweb/fb/data-deletion',
    summary: "Meta's request to delete a person's data",
    responses: { 200: dataDeletionResponseSchema },
  },
  getDataDeletion: {
    method: 'GET',
    path: '/clientweb/fb/data-deletion/:code',
    summary: 'How far a deletion is, for the person who asked for it',
    tags,
    access: access.public,
    params: dataDeletionParamsSchema,
    responses: { 200: z.string() },
    errors: ['NOT_FOUND'],
  },
  deauthorize: {
    ...callback,
    path: '/clientweb/fb/deauthorize',
    summary: "Meta's word that somebody has taken the app's rights away",
    responses: { 200: z.object({ success: z.literal(true) }) },
  },
} as const satisfies Record<string, HttpRoute>;

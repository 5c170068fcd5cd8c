/** Contacts, cases and internal messages as the API takes and gives them. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { CASE_PRIORITIES } from './case.ts';
import { CONSENTS } from './contact.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema, usernameSchema } from './identifiers-schema.ts';

const MAX_LISTED = 50;
const shortTextSchema = z.string().trim().min(1).max(200);
const longTextSchema = z.string().trim().min(1).max(10_000);
const emailSchema = z.email({ error: 'is not an e-mail address' }).max(254);
const phoneSchema = z
  .string()
  .max(50)
  .regex(/^(?=(\D*\d){3})[\d\s()+./-]+$/, { error: 'is not a telephone number' });
const queryTextSchema = z.string().min(1).max(200);

const identitySchema = z.object({
  pageId: z.string(),
  psid: z.string(),
  /** Name of the Page’s account; absent where it has none any more. */
  account: z.string().optional(),
});

const consentViewSchema = z.object({ state: z.enum(CONSENTS), at: z.iso.datetime(), by: z.string() });
const blockViewSchema = z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string().optional() });

/** What lists and conversations say of a contact. */
export const contactSummarySchema = z
  .object({
    id: z.string(),
    /** First and last name; empty where nobody has said. */
    name: z.string(),
    company: z.string().optional(),
    segment: z.string().optional(),
    tags: z.array(z.string()),
    isBlocked: z.boolean(),
  })
  .meta({ id: 'ContactSummary' });

export const contactViewSchema = contactSummarySchema
  .extend({
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    title: z.string().optional(),
    position: z.string().optional(),
    language: z.string().optional(),
    /** The person’s id in another system. */
    externalId: z.string().optional(),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    /** Fields of the deployment’s own, by name. */
    custom: z.record(z.string(), z.string()),
    consent: consentViewSchema.optional(),
    block: blockViewSchema.optional(),
    /** One for each Page that the person writes to. */
    identities: z.array(identitySchema),
    /** Contacts that were merged into this one, and can be given back. */
    merges: z.array(z.object({ contactId: z.string(), at: z.iso.datetime(), by: z.string() })),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Contact' });

export const contactListItemSchema = contactSummarySchema
  .extend({ emails: z.array(z.string()), phones: z.array(z.string()), createdAt: z.iso.datetime() })
  .meta({ id: 'ContactListItem' });

export const contactParamsSchema = z.object({ id: opaqueIdSchema });

export const contactQuerySchema = listQuerySchema.extend({
  /** Beginnings of names, company, e-mail addresses, numbers and tags: all of them have to be there. */
  query: queryTextSchema.optional(),
  tag: shortTextSchema.optional(),
  company: shortTextSchema.optional(),
  isBlocked: z.stringbool().optional(),
});

/** What is named changes; null takes a field away, lists are written whole. */
export const contactChangeSchema = z
  .strictObject({
    firstName: shortTextSchema.nullable(),
    lastName: shortTextSchema.nullable(),
    title: shortTextSchema.nullable(),
    position: shortTextSchema.nullable(),
    company: shortTextSchema.nullable(),
    segment: shortTextSchema.nullable(),
    language: shortTextSchema.nullable(),
    externalId: shortTextSchema.nullable(),
    emails: z.array(emailSchema).max(MAX_LISTED),
    phones: z.array(phoneSchema).max(MAX_LISTED),
    tags: z.array(shortTextSchema).max(MAX_LISTED),
    /** Only the fields that are named. */
    custom: z.record(nameSchema, z.string().min(1).max(2000).nullable()),
    consent: z.enum(CONSENTS).nullable(),
  })
  .partial();

export const contactBlockRequestSchema = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });

/** The contact that becomes part of the one of the address, or that is given back by it. */
export const contactPairRequestSchema = z.strictObject({ contactId: opaqueIdSchema });

const commentViewSchema = z.object({ id: z.string(), at: z.iso.datetime(), by: z.string(), text: z.string() });

const caseChangeViewSchema = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  /** A field, or `conversation`. */
  field: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});

/** What lists and conversations say of a case. */
export const caseSummarySchema = z
  .object({
    id: z.string(),
    /** What people call it by. */
    number: z.int(),
    title: z.string(),
    status: z.string(),
    /** Something is still to be done. */
    isOpen: z.boolean(),
    priority: z.enum(CASE_PRIORITIES),
    category: z.string().optional(),
    owner: z.string().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'CaseSummary' });

export const caseViewSchema = caseSummarySchema
  .extend({
    description: z.string().optional(),
    contact: contactSummarySchema.optional(),
    conversationIds: z.array(z.string()),
    comments: z.array(commentViewSchema),
    /** Who changed what, oldest first. */
    changes: z.array(caseChangeViewSchema),
    /** A user name, or `scenario`. */
    createdBy: z.string(),
  })
  .meta({ id: 'Case' });

export const caseParamsSchema = z.object({ id: opaqueIdSchema });

export const caseQuerySchema = listQuerySchema.extend({
  /** A number, or beginnings of words of the title. */
  query: queryTextSchema.optional(),
  status: nameSchema.optional(),
  isOpen: z.stringbool().optional(),
  owner: usernameSchema.optional(),
  contactId: opaqueIdSchema.optional(),
});

const caseFields = {
  title: shortTextSchema,
  status: nameSchema,
  priority: z.enum(CASE_PRIORITIES),
  description: longTextSchema,
  category: shortTextSchema,
  owner: usernameSchema,
};

export const caseRequestSchema = z.strictObject({
  /** Of the caller: a repeat makes no second case. */
  clientId: opaqueIdSchema,
  title: caseFields.title,
  /** The first open one where absent. */
  status: caseFields.status.optional(),
  priority: caseFields.priority.default('normal'),
  description: caseFields.description.optional(),
  category: caseFields.category.optional(),
  owner: caseFields.owner.optional(),
  /** Whose it is; that of the conversation where absent. */
  contactId: opaqueIdSchema.optional(),
  conversationId: opaqueIdSchema.optional(),
});

/** What is named changes; null takes an optional field away. */
export const caseChangeSchema = z
  .strictObject({
    ...caseFields,
    description: caseFields.description.nullable(),
    category: caseFields.category.nullable(),
    owner: caseFields.owner.nullable(),
  })
  .partial();

export const caseCommentRequestSchema = z.strictObject({ clientId: opaqueIdSchema, text: longTextSchema });
export const caseLinkRequestSchema = z.strictObject({ conversationId: opaqueIdSchema });

export const internalMessageViewSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    /** Whose scenario sent it. */
    conversationId: z.string(),
    at: z.iso.datetime(),
    readAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'InternalMessage' });

export const internalMessageQuerySchema = listQuerySchema.extend({ isUnread: z.stringbool().optional() });
export const internalMessageParamsSchema = z.object({ id: z.string().min(1).max(600) });

export type ContactView = z.infer<typeof contactViewSchema>;
export type ContactSummary = z.infer<typeof contactSummarySchema>;
export type ContactListItem = z.infer<typeof contactListItemSchema>;
export type ContactChangeRequest = z.infer<typeof contactChangeSchema>;
export type CaseView = z.infer<typeof caseViewSchema>;
export type CaseSummary = z.infer<typeof caseSummarySchema>;
export type CaseRequest = z.infer<typeof caseRequestSchema>;
export type CaseChangeRequest = z.infer<typeof caseChangeSchema>;
export type InternalMessageView = z.infer<typeof internalMessageViewSchema>;

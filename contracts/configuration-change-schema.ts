/** What `PATCH` takes of each kind of configuration: what is named changes, null takes an optional field away. */
import { z } from 'zod';
import {
  accountDocumentSchema,
  botDocumentSchema,
  modelDocumentSchema,
  entryDocumentSchema,
  hoursDocumentSchema,
  secretDocumentSchema,
  serviceDocumentSchema,
  userDocumentSchema,
} from './configuration-schema.ts';
import { retentionDocumentSchema } from './retention-schema.ts';
import { chatSettingsDocumentSchema } from './chat-settings-schema.ts';
import { cannedResponseDocumentSchema, labelDocumentSchema } from './desk-configuration-schema.ts';
import { caseStatusDocumentSchema, contactFieldDocumentSchema } from './people-configuration-schema.ts';
import { groupDocumentSchema, teamDocumentSchema } from './routing-configuration-schema.ts';
import {
  evaluationAssignmentDocumentSchema,
  evaluationFormDocumentSchema,
  surveyDocumentSchema,
} from './quality-configuration-schema.ts';
import { roleDocumentSchema } from './role-schema.ts';
import { webhookDocumentSchema } from './webhook-configuration-schema.ts';

/** A field that a document may leave out: with null, what it says now is taken away. */
type Removable<Field> = Field extends z.ZodOptional<infer Inner extends z.ZodType> ? z.ZodNullable<Inner> : never;
type Change<Shape, Kept extends string> = {
  [Key in keyof Shape]: z.ZodOptional<
    Key extends Kept
      ? Shape[Key] extends z.ZodType
        ? Shape[Key]
        : never
      : Shape[Key] extends z.ZodOptional
        ? Removable<Shape[Key]>
        : Shape[Key] extends z.ZodDefault<infer Inner extends z.ZodType>
          ? Inner
          : Shape[Key] extends z.ZodType
            ? Shape[Key]
            : never
  >;
};

/** `kept`: fields that stay as they are where a document leaves them out, so that there is nothing to take away. */
function changeOf<Shape extends z.core.$ZodShape, const Kept extends string = never>(
  schema: z.ZodObject<Shape>,
  kept: readonly Kept[] = [],
): z.ZodObject<Change<Shape, Kept>, z.core.$strict> {
  const shape = Object.entries(schema.shape as object as Record<string, z.ZodType>).map(([name, field]) => {
    if (field instanceof z.ZodDefault) return [name, (field.unwrap() as z.ZodType).optional()];
    const isRemovable = field instanceof z.ZodOptional && !kept.some((each) => each === name);
    return [name, isRemovable ? (field.unwrap() as z.ZodType).nullable().optional() : field.optional()];
  });
  return z.strictObject(Object.fromEntries(shape) as Change<Shape, Kept>);
}

export const accountChangeSchema = changeOf(accountDocumentSchema.omit({ kind: true, name: true, pageId: true }), [
  'pageToken',
  'appSecret',
  'verifyToken',
  'enabled',
]);
export const serviceChangeSchema = changeOf(serviceDocumentSchema.omit({ kind: true, name: true }));
export const entryChangeSchema = changeOf(entryDocumentSchema.omit({ kind: true, name: true }));
export const userChangeSchema = changeOf(userDocumentSchema.omit({ kind: true, username: true }), ['password']);
export const roleChangeSchema = changeOf(roleDocumentSchema.omit({ kind: true, name: true }));
export const hoursChangeSchema = changeOf(hoursDocumentSchema.omit({ kind: true, name: true }));
export const secretChangeSchema = changeOf(secretDocumentSchema.omit({ kind: true, name: true }), ['value']);
export const botChangeSchema = changeOf(botDocumentSchema.omit({ kind: true, name: true }));
export const webhookChangeSchema = changeOf(webhookDocumentSchema.omit({ kind: true, name: true }));
export const modelChangeSchema = changeOf(modelDocumentSchema.omit({ kind: true, name: true }));
export const contactFieldChangeSchema = changeOf(contactFieldDocumentSchema.omit({ kind: true, name: true }));
export const caseStatusChangeSchema = changeOf(caseStatusDocumentSchema.omit({ kind: true, name: true }));
export const groupChangeSchema = changeOf(groupDocumentSchema.omit({ kind: true, name: true }));
export const teamChangeSchema = changeOf(teamDocumentSchema.omit({ kind: true, name: true }));
export const cannedResponseChangeSchema = changeOf(cannedResponseDocumentSchema.omit({ kind: true, name: true }));
export const evaluationFormChangeSchema = changeOf(evaluationFormDocumentSchema.omit({ kind: true, name: true }));
export const evaluationAssignmentChangeSchema = changeOf(
  evaluationAssignmentDocumentSchema.omit({ kind: true, name: true }),
);
export const surveyChangeSchema = changeOf(surveyDocumentSchema.omit({ kind: true, name: true }));
export const labelChangeSchema = changeOf(labelDocumentSchema.omit({ kind: true, name: true }));
export const chatSettingsChangeSchema = changeOf(chatSettingsDocumentSchema.omit({ kind: true, name: true }));
export const retentionChangeSchema = changeOf(retentionDocumentSchema.omit({ kind: true, name: true }));

import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

const percentage = z.number().min(0).max(100);

export const findAgentSchema = z.strictObject({
  skills: z.array(filledText).max(50).optional(),
  service: filledText.optional(),
  priority: percentage.optional(),
  timeout: duration.optional(),
  intervals: z
    .array(z.strictObject({ for: duration, minLevel: percentage.optional() }))
    .min(1)
    .max(20)
    .optional(),
});

export type FindAgentFields = z.infer<typeof findAgentSchema>;

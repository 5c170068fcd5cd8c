import type { z } from 'zod';
import { blockId } from './common-schema.ts';

export const gotoSchema = blockId;

export type GotoFields = z.infer<typeof gotoSchema>;

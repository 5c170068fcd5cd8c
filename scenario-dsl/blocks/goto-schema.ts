import type { z } from 'zod';
import { blockId } from './common-schema.ts';

export const gotoSchema = blockId.describe('Goes on at another block.');

export type GotoFields = z.infer<typeof gotoSchema>;

import { createHash } from 'node:crypto';
import { done, type OperationHandler } from './operation-handler.ts';

/** 48 bits are as many as a double holds with room to spare. */
const SIX_BYTES = 2 ** 48;

/** A number of at least 0 and below 1: drawn, or, `sticky`, always the same for this customer and this text. */
export const drawNumber: OperationHandler<'draw-number'> = async ({ random }, { operation, pageId, psid }) => {
  if (operation.sticky === undefined) return done({ number: random() });
  const hash = createHash('sha256')
    .update(JSON.stringify([pageId, psid, operation.sticky]))
    .digest();
  return done({ number: hash.readUIntBE(0, 6) / SIX_BYTES });
};

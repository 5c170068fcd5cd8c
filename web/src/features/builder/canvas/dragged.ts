/** The kind of data under which the palette hands over a block's type. */
export const DRAGGED = 'application/x-attendant-block';

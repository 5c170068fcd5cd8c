/**
 * Rises when the same state would lead an actor to other commands, in a workflow or in a compiled block. A run keeps the
 * version it began with, which stands in its history (the answer that opened it, or the start argument of a continued
 * run), so that a newer worker goes on with what an older one began. 1: the first release, whose histories name none.
 */
export const ENGINE_VERSION = 2;

/**
 * Rises when the same state would lead an actor to other commands, in a workflow or in a compiled block. A run keeps the
 * version it began with, which stands in its history (the answer that opened it, or the start argument of a continued
 * run), so that a newer worker goes on with what an older one began, and an older one refuses what a newer one began.
 * 2: a question whose list of choices is empty is not asked.
 * 3: the record tells what the conversation waits for by the clock.
 */
export const ENGINE_VERSION = 3;

/**
 * Refuses a run that a newer engine began: this worker would decide it differently.
 * @throws Error: the workflow task is tried again until a worker of that release takes it
 */
export function requireKnownEngine(engineVersion: number): void {
  if (engineVersion <= ENGINE_VERSION) return;
  throw new Error(
    `This run was begun by engine ${engineVersion}, this worker has ${ENGINE_VERSION}: run a newer worker`,
  );
}

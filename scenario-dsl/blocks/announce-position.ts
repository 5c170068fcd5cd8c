import type { SaidText } from '../expression/said-text.ts';
import { withVariable } from '../expression/variables.ts';
import { emitEffect, getEffectId, runSetup, type RunContext, type RunEvent } from '../machine/run-setup.ts';
import { asText, compileTexts } from './compile-texts.ts';

/** A customer who waits is told at most so often in one search. */
const MAX_ANNOUNCEMENTS = 10;

interface Args {
  context: RunContext;
  event: RunEvent;
}

/** Action: `$(queue.position)`, `$(queue.waiting)` and `$(queue.ewt)` (seconds) are what the dispatcher says. */
export const keepPosition = runSetup.assign({
  variables: ({ context, event }) => {
    if (event.type !== 'queue.changed') return context.variables;
    const { position, waiting, ewtMs } = event;
    const ewt = ewtMs === undefined ? '' : Math.round(ewtMs / 1000);
    return withVariable(context.variables, ['queue'], { position, waiting, ewt });
  },
});

/** Guard: the customer has not been told yet, or the place or the expected wait has halved, or the wait doubled, since then. */
export function isNewsworthy({ context, event }: Args): boolean {
  if (event.type !== 'queue.changed') return false;
  const told = context.announced?.effectId === getEffectId(context) ? context.announced : undefined;
  if (!told) return true;
  if (told.count >= MAX_ANNOUNCEMENTS) return false;
  return event.position <= told.position / 2 || hasChanged(told.ewtMs, event.ewtMs);
}

function hasChanged(before: number | undefined, now: number | undefined): boolean {
  if (before === undefined || now === undefined) return before === undefined && now !== undefined;
  return now <= before / 2 || now >= before * 2;
}

/** Actions: remembers what the customer is told, and tells it; nobody waits for that message's delivery status. */
export function announce(text: SaidText): [ReturnType<typeof runSetup.assign>, ReturnType<typeof emitEffect>] {
  const fill = compileTexts({ text: asText(text) });
  return [
    runSetup.assign({
      announced: ({ context, event }) => {
        const effectId = getEffectId(context);
        const count = context.announced?.effectId === effectId ? context.announced.count + 1 : 1;
        const place = event.type === 'queue.changed' ? event : { position: 0 };
        const ewt = 'ewtMs' in place && place.ewtMs !== undefined ? { ewtMs: place.ewtMs } : {};
        return { effectId, count, position: place.position, ...ewt };
      },
    }),
    emitEffect((context) => ({
      kind: 'send-message',
      id: `${getEffectId(context)}:position-${context.announced?.count ?? 1}`,
      ...fill(context.variables),
      quickReplies: [],
    })),
  ];
}

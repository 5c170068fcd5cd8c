import type { AppDependencies } from '../dependencies.ts';

/** A Page's last event is known to half a minute: a busy Page costs one small write in that time, not one for each body. */
const NOTE_EVERY_MS = 30_000;

/** Notes that a body with events of these Pages came in. Nothing waits for it, and a lost note is no harm. */
export type NotePageEvents = (pageIds: ReadonlySet<string>) => void;

/** Creates the note-taker of one process. */
export function createPageEventNotes({
  pages,
  logger,
  now,
}: Pick<AppDependencies, 'pages' | 'logger' | 'now'>): NotePageEvents {
  const notedAt = new Map<string, number>();
  return (pageIds) => {
    const at = now();
    for (const pageId of pageIds) {
      if (at - (notedAt.get(pageId) ?? -Infinity) < NOTE_EVERY_MS) continue;
      notedAt.set(pageId, at);
      pages.recordEvent(pageId, at).catch((error: unknown) => {
        notedAt.delete(pageId);
        logger.warn({ err: error, pageId }, 'time of the last event not noted');
      });
    }
  };
}

import { call } from '../../../shared/client/client.ts';
import type { Language } from '../language/handlers-thread.ts';

/** Makes a draft of its own of a text, under another name and title. Gives what stands against it. */
export async function saveNew(
  language: Language,
  source: string,
  { name, title }: { name: string; title: string },
): Promise<{ code: 'taken' | 'refused'; message: string } | undefined> {
  const published = await call('GET /api/v1/scenarios/:name/versions', { params: { name }, query: { limit: 1 } });
  if (published.ok) return { code: 'taken', message: '' };
  const edited = await language.saveAs(source, { name, title });
  if ('problem' in edited) return { code: 'refused', message: edited.problem };
  const saved = await call('PUT /api/v1/scenarios/:name/draft', {
    params: { name },
    body: { source: edited.source, revision: 0 },
  });
  if (saved.ok) return undefined;
  return saved.error.code === 'SCENARIO_CHANGED'
    ? { code: 'taken', message: '' }
    : { code: 'refused', message: saved.error.message };
}

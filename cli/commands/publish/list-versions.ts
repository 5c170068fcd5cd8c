import type { Publication, ScenarioVersionView } from '../../../contracts/scenario-schema.ts';
import { getFromApi } from '../../api-client.ts';
import type { CommandIo } from '../../command.ts';
import { askApi } from './ask-api.ts';
import { shorten } from './publish-file.ts';

interface Page {
  items: Publication[];
  next: string | null;
}

/** Prints every publication of a scenario, newest first. Gives the exit code. */
export async function listVersions(
  { name, isJson }: { name: string; isJson: boolean },
  io: CommandIo,
): Promise<number> {
  const publications: Publication[] = [];
  for (let next: string | null = ''; next !== null;) {
    const route: string = `${routeOf(name)}?limit=200${next === '' ? '' : `&cursor=${next}`}`;
    const page: Page | undefined = await askApi(io, (api) => getFromApi<Page>(api, route));
    if (!page) return 1;
    publications.push(...page.items);
    next = page.next;
  }
  if (isJson) io.print(JSON.stringify({ publications }, null, 2));
  else publications.map(formatPublication).forEach(io.print);
  return 0;
}

/** Prints the text of a version as it was published, for a pager or for comparing. Gives the exit code. */
export async function printVersion(
  { name, version }: { name: string; version: string },
  io: CommandIo,
): Promise<number> {
  const route = `${routeOf(name)}/${encodeURIComponent(version)}`;
  const found = await askApi(io, (api) => getFromApi<ScenarioVersionView>(api, route));
  if (!found) return 1;
  io.print(found.source.replace(/\n$/, ''));
  return 0;
}

function formatPublication(publication: Publication): string {
  const { number, publishedAt, isInForce, isRollback, author, note } = publication;
  const words = [isRollback ? 'roll-back' : 'published', `by ${author ?? 'unknown'}`, ...(note === null ? [] : [note])];
  return `${isInForce ? '*' : ' '} ${String(number).padStart(4)}  ${shorten(publication)}  ${publishedAt}  ${words.join(', ')}`;
}

function routeOf(name: string): string {
  return `/api/v1/scenarios/${encodeURIComponent(name)}/versions`;
}

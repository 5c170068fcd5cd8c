import type { Publication } from '../../../contracts/scenario-schema.ts';
import type { RouteBody } from '../../../contracts/http-client.ts';
import type { CommandIo } from '../../command.ts';
import { askApi } from './ask-api.ts';
import { shorten } from './publish-file.ts';

type VersionsPage = RouteBody<'GET /api/v1/scenarios/:name/versions'>;

/** Prints every publication of a scenario, newest first. Gives the exit code. */
export async function listVersions(
  { name, isJson }: { name: string; isJson: boolean },
  io: CommandIo,
): Promise<number> {
  const publications: Publication[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
    const page: VersionsPage | undefined = await askApi(io, (call) =>
      call('GET /api/v1/scenarios/:name/versions', { params: { name }, query }),
    );
    if (!page) return 1;
    publications.push(...page.items);
    cursor = page.next;
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
  const found = await askApi(io, (call) =>
    call('GET /api/v1/scenarios/:name/versions/:version', { params: { name, version } }),
  );
  if (!found) return 1;
  io.print(found.source.replace(/\n$/, ''));
  return 0;
}

function formatPublication(publication: Publication): string {
  const { number, publishedAt, isInForce, isRollback, isCanary, author, note } = publication;
  const what = isCanary ? 'canary' : isRollback ? 'roll-back' : 'published';
  const words = [what, `by ${author ?? 'unknown'}`, ...(note === null ? [] : [note])];
  return `${isInForce ? '*' : ' '} ${String(number).padStart(4)}  ${shorten(publication)}  ${publishedAt}  ${words.join(', ')}`;
}

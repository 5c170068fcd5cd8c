import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { onlyVisible } from '../conversations/visible-conversation.ts';
import { mayDo, overseesOthers } from '../../contracts/privileges.ts';
import { REPORT_FIGURES } from '../../contracts/report.ts';
import type { Report, ReportQuery, Reports } from '../../contracts/report-schema.ts';
import type { ReportDefinition } from '../../reports/definition.ts';
import { hasConversations } from '../../reports/figures.ts';
import { reportDefinitions } from '../../reports/report-definitions.ts';
import { listBehind, runReport, TooManyRowsError } from '../../reports/run-report.ts';
import { CSV_MARK, toCsv } from '../../reports/to-csv.ts';
import { takesChats } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { looksAfter } from '../agents/supervised-agents.ts';
import { presentConversations } from '../conversations/present-conversations.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { askReport, refuse } from './ask-report.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Reports over the history, and the conversations behind each number. */
export function registerReportRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listReports, async (request): Promise<Reports> => ({
    items: Object.values(reportDefinitions).map(describe),
    choices: listChoices(await deps.configuration.get(), getPrincipal(request)),
  }));

  registerRoute(app, httpRoutes.getReport, (request) =>
    countReport(deps, getPrincipal(request), { name: request.params.name, query: request.query }),
  );

  registerRoute(app, httpRoutes.getReportAsCsv, async (request, reply) => {
    const { name } = request.params;
    const { dimensions, figures } = reportDefinitions[name];
    const { rows, bucket } = await countReport(deps, getPrincipal(request), { name, query: request.query });
    const table = rows.map(({ from, ...row }) => ({ at: from, ...row }));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .send(CSV_MARK + toCsv({ bucket, dimensions, figures, rows: table }));
  });

  registerRoute(app, httpRoutes.listReportConversations, async (request) => {
    const { figure, cursor = '0', limit, ...query } = request.query;
    const principal = getPrincipal(request);
    const definition = reportDefinitions[request.params.name];
    if (!definition.figures.includes(figure))
      throw refuse('figure', `is none of ${definition.name}`, `It has ${definition.figures.join(', ')}.`);
    const { source, question } = await askReport(deps, definition, { principal, query });
    const found = await take(listBehind(definition, source, { ...question, figure }), Number(cursor), limit + 1);
    const records = await deps.watched.findConversations(found.slice(0, limit));
    const behind = found.slice(0, limit).flatMap((id) => records.get(id) ?? []);
    // Who counts what they do not see is shown none of it.
    const shown = overseesOthers(principal) ? behind : await onlyVisible(deps, principal, behind);
    const items = await presentConversations(deps, shown);
    return { items, next: found.length > limit ? String(Number(cursor) + limit) : null };
  });
}

/** So many of a list, after those that were given before. Nothing more is read. */
async function take(list: AsyncIterable<string>, skipped: number, limit: number): Promise<string[]> {
  const taken: string[] = [];
  let index = 0;
  for await (const item of list) {
    if (index++ < skipped) continue;
    taken.push(item);
    if (taken.length === limit) break;
  }
  return taken;
}

async function countReport(
  deps: AppDependencies,
  principal: Principal,
  { name, query }: { name: ReportDefinition['name']; query: ReportQuery },
): Promise<Report> {
  const definition = reportDefinitions[name];
  const { source, question } = await askReport(deps, definition, { principal, query });
  const { range, context } = question;
  const { rows, totals } = await runReport(definition, source, question).catch((error: unknown) => {
    if (!(error instanceof TooManyRowsError)) throw error;
    throw refuse(
      'bucket',
      `gives ${error.message.toLowerCase()}`,
      'Ask for a shorter time, longer buckets or less at once.',
    );
  });
  return {
    name,
    version: definition.version,
    from: iso(range.from),
    to: iso(range.to),
    zone: query.zone,
    bucket: query.bucket,
    at: iso(context.now),
    rows: rows.map(({ at, keys, figures }) => ({
      from: iso(at),
      to: iso(Math.min(context.calendar.endOf(at), range.to)),
      keys,
      figures,
    })),
    totals,
  };
}

function describe({ needs = {}, figures, ...definition }: ReportDefinition): Reports['items'][number] {
  const { name, version, title, about, dimensions, drawn, bookedAt, edgeCases } = definition;
  return {
    name,
    version,
    title,
    about,
    drawn,
    bookedAt,
    dimensions: [...dimensions],
    edgeCases: [...edgeCases],
    figures: figures.map((figure) => ({
      name: figure,
      ...REPORT_FIGURES[figure],
      hasConversations: !needs.noConversations && hasConversations(figure),
    })),
  };
}

const choice = (value: string, label = value): { value: string; label: string } => ({ value, label });

/** Of what the caller looks after, as the configuration has it now. */
function listChoices(configuration: ConfigurationSnapshot, principal: Principal): Reports['choices'] {
  const { username } = principal;
  const own =
    mayDo(principal, 'see-all-chats') || username === undefined
      ? undefined
      : superviseesOf(configuration.teams(), username);
  const agents = configuration.users().filter(takesChats(configuration.roles()));
  const teams = configuration.teams().filter(({ supervisors }) => !own || supervisors.includes(username ?? ''));
  const services = configuration.services().filter(({ name }) => !own || own.services.includes(name));
  return {
    service: services.map(({ name }) => choice(name)),
    entry: configuration.entries().map(({ name }) => choice(name)),
    agent: agents
      .filter((agent) => looksAfter(configuration, principal, agent.username))
      .map((agent) => choice(agent.username, agent.name)),
    team: teams.map(({ name }) => choice(name)),
    scenario: configuration.scenarioHeads().map(({ name }) => choice(name)),
  };
}

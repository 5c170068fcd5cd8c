import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { REPORT_DIMENSIONS, type ReportDimension } from '../../contracts/report.ts';
import type { ReportQuery } from '../../contracts/report-schema.ts';
import { DEFAULT_SERVICE_LEVEL } from '../../contracts/supervision.ts';
import { createCalendar, isKnownZone, startOfDay } from '../../reports/calendar.ts';
import type { Fact, ReportDefinition } from '../../reports/definition.ts';
import type { ReportQuestion, ReportSource } from '../../reports/run-report.ts';
import type { LabelFilter } from '../../reports/tally.ts';
import type { Principal } from '../access.ts';
import { countedFor } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Longer times are asked for in parts. Of hours there would be too many to read. */
const LONGEST_DAYS = 400;
const LONGEST_DAYS_BY_HOUR = 62;

type Asked = ReportQuery & Partial<Record<ReportDimension, string | undefined>>;

/** A report as it is asked by somebody: where it reads, and what counts for them. */
export async function askReport(
  deps: AppDependencies,
  definition: ReportDefinition,
  { principal, query }: { principal: Principal; query: Asked },
): Promise<{ source: ReportSource; question: ReportQuestion }> {
  const range = readRange(query);
  const configuration = await deps.configuration.get();
  const limits = await countedFor(deps, principal);
  const { needs = {} } = definition;
  const { deliveries, dispositions, evaluations } = needs;
  const wanted = {
    ...range,
    ...limits,
    needs: {
      ...(deliveries && { deliveries }),
      ...(dispositions && { dispositions }),
      ...(evaluations && { evaluations }),
    },
  };
  return {
    source: {
      conversations: () => deps.reportReader.readConversations(wanted),
      agents: () => deps.reportReader.readAgents(range),
    },
    question: {
      range,
      filter: readFilter(query),
      maySee: sightOf(configuration, principal, definition.scope),
      context: {
        calendar: createCalendar(query.zone, query.bucket, range),
        now: deps.now(),
        ...lookUps(configuration),
      },
      serviceOfEntry: (name) => configuration.entries().find((entry) => entry.name === name)?.service,
    },
  };
}

function lookUps(configuration: ConfigurationSnapshot): Pick<ReportQuestion['context'], 'targetMs' | 'teamsOf'> {
  const teams = new Map<string, string[]>();
  for (const { name, members } of configuration.teams())
    for (const member of members) teams.set(member, [...(teams.get(member) ?? []), name]);
  return {
    targetMs: (service) =>
      ((service === undefined ? undefined : configuration.service(service)?.serviceLevel) ?? DEFAULT_SERVICE_LEVEL)
        .withinMs,
    teamsOf: (agent) => teams.get(agent) ?? [],
  };
}

/** Figures of a service are for those who look after it, those of an agent for whoever looks after them. */
function sightOf(
  configuration: ConfigurationSnapshot,
  principal: Principal,
  scope: ReportDefinition['scope'],
): (fact: Fact) => boolean {
  const { username } = principal;
  const own =
    mayDo(principal, 'see-all-chats') || username === undefined
      ? undefined
      : superviseesOf(configuration.teams(), username);
  if (!own) return () => true;
  const seen = new Set(scope === 'service' ? own.services : own.members);
  return ({ labels }) => {
    const label = labels[scope];
    return typeof label === 'string' && seen.has(label);
  };
}

function readRange({ from, to, zone, bucket }: ReportQuery): { from: number; to: number } {
  if (!isKnownZone(zone))
    throw refuse('zone', `"${zone}" is no zone of the table`, 'Name one like Europe/Berlin or UTC.');
  const range = { from: readMoment(zone, from), to: readMoment(zone, to) };
  const days = (range.to - range.from) / DAY_MS;
  if (days <= 0) throw refuse('to', 'does not lie behind "from"', 'It is exclusive: the day after the last one.');
  const longest = bucket === 'hour' ? LONGEST_DAYS_BY_HOUR : LONGEST_DAYS;
  if (days > longest) throw refuse('to', `lies more than ${longest} days behind "from"`, 'Ask in parts, or by days.');
  return range;
}

const readMoment = (zone: string, text: string): number =>
  text.length === 10 ? startOfDay(zone, text) : Date.parse(text);

function readFilter(asked: Asked): LabelFilter {
  return Object.fromEntries(
    REPORT_DIMENSIONS.flatMap((dimension) => {
      const value = asked[dimension];
      return value === undefined ? [] : [[dimension, [value]]];
    }),
  );
}

/** The refusal of an input, with its place and what to do. */
export function refuse(path: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, message, remedy }] });
}

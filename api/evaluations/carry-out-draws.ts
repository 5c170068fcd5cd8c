import { createHash, randomUUID } from 'node:crypto';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { EvaluationAssignmentRule } from '../../adapters/mongo/configuration/quality-items.ts';
import { evaluationIdOf } from '../../adapters/mongo/evaluations-repository.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { USUAL_DUE_DAYS, type DrawnStretch, type EvaluationDraw } from '../../contracts/evaluation-assignment.ts';
import { isPublished } from '../../contracts/evaluation.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AppDependencies } from '../dependencies.ts';
import { createDraw, divideAmong, endOfWeek, startOfWeek, type Candidate } from './draw-stretches.ts';
import { mayGrade } from './may-grade.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How often a process looks whether something is to be drawn. */
export const DRAW_TICK_MS = 30_000;
/** So long after the end of a week its last records are written. */
export const DRAW_GRACE_MS = HOUR_MS;
/** What is older is not drawn any more, after a long standstill. */
const MOST_BACK_MS = 5 * 7 * DAY_MS;
const AT_ONCE = 100;

type DrawDependencies = Pick<
  AppDependencies,
  | 'configuration'
  | 'drawWatch'
  | 'evaluationAssignments'
  | 'evaluationDraws'
  | 'evaluations'
  | 'logger'
  | 'now'
  | 'watched'
>;

/** IANA zone of whose weeks a rule draws. */
export const zoneOf = ({ timeZone = 'UTC' }: Pick<EvaluationAssignmentRule, 'timeZone'>): string => timeZone;

/**
 * Draws what rules say of each week that is over, and gives it out; settles what was graded. Any number of processes may do
 * so: one of them does. A draw is kept as a whole before anything of it is given out, under an id that follows from rule and
 * week, and each assignment has the id of its evaluation: what a process leaves that dies is ended by the next, and nothing
 * is drawn or given twice.
 */
export async function carryOutDraws(deps: DrawDependencies): Promise<void> {
  const now = deps.now();
  if (!(await deps.drawWatch.claim('draw', { by: randomUUID(), now, until: now + DRAW_TICK_MS / 2 }))) return;
  const configuration = await deps.configuration.getFresh();
  const rules = configuration.evaluationAssignments().filter(({ paused }) => paused !== true);
  await deps.evaluationDraws.keepOnly(rules.map(({ name }) => name));
  for (const rule of rules) await drawDue(deps, configuration, rule);
  for (const draw of await deps.evaluationDraws.listPlanned()) await giveOut(deps, draw);
  await settleOpen(deps);
}

/** Every week that is over and was not drawn yet. */
async function drawDue(
  deps: DrawDependencies,
  configuration: ConfigurationSnapshot,
  rule: EvaluationAssignmentRule,
): Promise<void> {
  const { evaluationDraws, now } = deps;
  const zone = zoneOf(rule);
  for (;;) {
    const from = await evaluationDraws.turnOf(rule.name, startOfWeek(zone, now()));
    const to = endOfWeek(zone, from);
    if (now() < to + DRAW_GRACE_MS) return;
    if (to > now() - MOST_BACK_MS) await plan(deps, configuration, { rule, from, to });
    await evaluationDraws.advance(rule.name, { from, to });
  }
}

async function plan(
  deps: DrawDependencies,
  configuration: ConfigurationSnapshot,
  { rule, from, to }: { rule: EvaluationAssignmentRule; from: number; to: number },
): Promise<void> {
  const seed = JSON.stringify([rule.name, from]);
  const id = createHash('sha256').update(seed).digest('hex').slice(0, 32);
  if (await deps.evaluationDraws.has(id)) return;
  const draw = createDraw({ seed, perAgent: rule.perAgent });
  for await (const candidates of readCandidates(deps, configuration, { rule, from, to })) draw.add(candidates);
  const stretches = divideAmong(draw.drawn(), {
    seed,
    evaluators: rule.evaluators,
    mayGrade: (evaluator, agent) => mayGrade(configuration, evaluator, agent),
  });
  const now = deps.now();
  const counts = {
    agents: draw.agents(),
    drawn: stretches.length,
    withoutEvaluator: stretches.filter(({ evaluator }) => evaluator === undefined).length,
  };
  const { name, form, dueDays = USUAL_DUE_DAYS } = rule;
  const times = { from, to, drawnAt: now, dueAt: now + dueDays * DAY_MS };
  if (await deps.evaluationDraws.plan({ id, rule: name, form, ...times, ...counts, stretches }))
    deps.logger.info({ rule: name, from: new Date(from).toISOString(), ...counts }, 'stretches to be graded are drawn');
}

/** Stretches that the rule is about, the form fits and nobody has graded or is to grade by it. */
async function* readCandidates(
  { evaluationDraws, evaluationAssignments, evaluations }: DrawDependencies,
  configuration: ConfigurationSnapshot,
  { rule, from, to }: { rule: EvaluationAssignmentRule; from: number; to: number },
): AsyncGenerator<Candidate[]> {
  const form = configuration.evaluationForms().find(({ name }) => name === rule.form);
  if (!form || form.hidden === true) return;
  const isOfRule = createAgentFilter(configuration, rule);
  const fits = (service: string | undefined): boolean => !form.services || form.services.includes(service ?? '');
  for await (const ended of evaluationDraws.readEnded({
    from,
    to,
    ...(rule.services && { services: rule.services }),
  })) {
    const found = ended
      .filter(({ service }) => fits(service))
      .flatMap(({ conversationId, segments }) =>
        segments.filter(isOfRule).map(({ number, agent }) => ({ conversationId, segment: number, agent })),
      )
      .map((candidate) => ({ candidate, id: evaluationIdOf({ ...candidate, form: rule.form }) }));
    const ids = found.map(({ id }) => id);
    const [given, graded] = await Promise.all([evaluationAssignments.findKnown(ids), evaluations.findMany(ids)]);
    yield found.filter(({ id }) => !given.has(id) && !graded.has(id)).map(({ candidate }) => candidate);
  }
}

/** Of the members of the rule's teams; of whoever is a user, and was then. */
function createAgentFilter(
  configuration: ConfigurationSnapshot,
  { teams }: EvaluationAssignmentRule,
): (segment: { agent: string; from: number }) => boolean {
  const members =
    teams && new Set(configuration.teams().flatMap((team) => (teams.includes(team.name) ? team.members : [])));
  return ({ agent, from }) => {
    const user = configuration.user(agent);
    return user !== undefined && (user.createdAt ?? 0) <= from && (!members || members.has(agent));
  };
}

/** Gives each drawn stretch to whom it was drawn for, as often as it takes; records that are gone meanwhile are left out. */
async function giveOut(deps: DrawDependencies, draw: EvaluationDraw): Promise<void> {
  const { stretches = [] } = draw;
  for (let index = 0; index < stretches.length; index += AT_ONCE) {
    const part = stretches.slice(index, index + AT_ONCE);
    const records = await deps.watched.findConversations([
      ...new Set(part.map(({ conversationId }) => conversationId)),
    ]);
    for (const stretch of part) await give(deps, draw, { stretch, record: records.get(stretch.conversationId) });
  }
  await deps.evaluationDraws.finish(draw.id);
}

async function give(
  { evaluationAssignments }: DrawDependencies,
  { id: draw, rule, form, drawnAt, dueAt }: EvaluationDraw,
  { stretch, record }: { stretch: DrawnStretch; record: ConversationRecord | undefined },
): Promise<void> {
  const { conversationId, segment: number, agent, evaluator } = stretch;
  const segment = record?.segments?.find((each) => each.number === number);
  if (evaluator === undefined || !record || !segment) return;
  const { pageId, psid, service } = record;
  const times = { from: segment.from, to: segment.to, assignedAt: drawnAt, changedAt: drawnAt, dueAt };
  const of = { pageId, psid, conversationId, segment: number, agent, service, form, evaluator, rule, draw };
  const id = evaluationIdOf({ conversationId, segment: number, form });
  await evaluationAssignments.add(withoutUndefined({ id, ...of, ...times, state: 'open' as const, revision: 1 }));
}

/**
 * What was graded is done, also where the process died that was about to say so; what nobody can look at any more is not to be
 * graded.
 */
async function settleOpen({ evaluationAssignments, evaluations, watched, now }: DrawDependencies): Promise<void> {
  for await (const open of evaluationAssignments.readOpen()) {
    const [graded, records] = await Promise.all([
      evaluations.findMany(open.map(({ id }) => id)),
      watched.findConversations([...new Set(open.map(({ conversationId }) => conversationId))]),
    ]);
    for (const { id, conversationId } of open) {
      const evaluation = graded.get(id);
      if (evaluation && isPublished(evaluation)) await evaluationAssignments.settle(id, 'done', now());
      else if (!records.has(conversationId)) await evaluationAssignments.settle(id, 'withdrawn', now());
    }
  }
}

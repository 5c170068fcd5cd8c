import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import { evaluationIdOf } from '../../adapters/mongo/evaluations-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import {
  USUAL_DUE_DAYS,
  type EvaluationAssignment,
  type EvaluationDraw,
} from '../../contracts/evaluation-assignment.ts';
import type { AssignmentProgress, AssignmentView } from '../../contracts/evaluation-assignment-schema.ts';
import type { Segment } from '../../contracts/history-event.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AssignmentCounts } from '../../adapters/mongo/evaluation-assignments.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { looksAfter } from '../agents/supervised-agents.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { DRAW_GRACE_MS, zoneOf } from './carry-out-draws.ts';
import { endOfWeek, startOfWeek } from './draw-stretches.ts';
import { formsFor } from './forms-for.ts';
import { isGrader, mayGrade } from './may-grade.ts';
import { presentAssignment } from './present-assignment.ts';
import { identityOf } from './present-evaluation.ts';

const DAY_MS = 24 * 3_600_000;
/** Draws of each rule that are shown. */
const DRAWS_SHOWN = 6;

/** Who is to grade what: docs/evaluations.md. */
export function registerAssignmentRoutes(app: App, deps: AppDependencies): void {
  registerReading(app, deps);
  registerGiving(app, deps);
}

function registerReading(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listAssignments, async (request) => {
    const { cursor, limit, state, agent, evaluator, rule } = request.query;
    const principal = getPrincipal(request);
    const configuration = await deps.configuration.get();
    if (agent !== undefined && !looksAfter(configuration, principal, agent)) return { items: [], next: null };
    const agents = agent === undefined ? superviseesFor(configuration, principal) : [agent];
    const since = evaluator === undefined ? undefined : configuration.user(evaluator)?.createdAt;
    const filter = withoutUndefined({ state, evaluator, agents, rule, since });
    const { items, next } = await deps.evaluationAssignments.list(filter, { cursor, limit });
    const evaluations = await deps.evaluations.findMany(items.map(({ id }) => id));
    const shown = items
      .filter((each) => isGrader(configuration, principal, each))
      .map((each) => presentAssignment(configuration, each, evaluations.get(each.id)));
    // One that was finished a moment ago is settled a moment later.
    return { items: shown.filter((each) => each.state === state), next };
  });

  registerRoute(app, httpRoutes.listAssignmentProgress, async () => {
    const configuration = await deps.configuration.get();
    const now = deps.now();
    const turns = await deps.evaluationDraws.listTurns();
    const rules = await Promise.all(
      configuration.evaluationAssignments().map(async (rule) => {
        const draws = await deps.evaluationDraws.listOfRule(rule.name, DRAWS_SHOWN);
        return { rule, draws };
      }),
    );
    const ids = rules.flatMap(({ draws }) => draws.map(({ id }) => id));
    const counts = await deps.evaluationAssignments.countOfDraws(ids, now);
    const items = rules.map(({ rule, draws }): AssignmentProgress => {
      const { name, form, perAgent, evaluators, paused } = rule;
      const zone = zoneOf(rule);
      const nextDrawAt = endOfWeek(zone, turns.get(name) ?? startOfWeek(zone, now)) + DRAW_GRACE_MS;
      return {
        rule: name,
        form,
        perAgent,
        evaluators: evaluators.map((username) => identityOf(configuration, username)),
        ...(paused !== true && { nextDrawAt: new Date(nextDrawAt).toISOString() }),
        draws: draws.map((draw) => presentDraw(draw, counts.get(draw.id))),
      };
    });
    return { items, next: null };
  });
}

const NONE: AssignmentCounts = { open: 0, done: 0, withdrawn: 0, overdue: 0 };

function presentDraw(
  { from, to, drawnAt, dueAt, agents, drawn, withoutEvaluator }: EvaluationDraw,
  counts = NONE,
): AssignmentProgress['draws'][number] {
  const [began, ended, at, due] = [from, to, drawnAt, dueAt].map((ms) => new Date(ms).toISOString()) as [
    string,
    string,
    string,
    string,
  ];
  return { from: began, to: ended, drawnAt: at, dueAt: due, agents, drawn, withoutEvaluator, ...counts };
}

function registerGiving(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.assignEvaluation, async (request) => {
    const principal = getPrincipal(request);
    const record = await getVisibleConversation(deps, principal, request.params.id);
    const configuration = await deps.configuration.get();
    const { segment, form, evaluator, dueAt } = request.body;
    const asked = { record, segment, form, evaluator, dueAt: readDueAt(deps, dueAt) };
    return present(deps, configuration, await assign(deps, { configuration, principal }, asked));
  });

  registerRoute(app, httpRoutes.changeAssignment, async (request) => {
    const { evaluator, revision, dueAt } = request.body;
    const configuration = await deps.configuration.get();
    const principal = getPrincipal(request);
    const before = await getOpen(deps, principal, { id: request.params.id, revision });
    requireEvaluator(configuration, evaluator, before.agent);
    const assignedBy = principal.username ?? principal.name;
    const changed = { evaluator, assignedBy, dueAt: readDueAt(deps, dueAt) };
    return present(
      deps,
      configuration,
      await replace(deps, { ...before, ...changed, changedAt: deps.now(), revision: revision + 1 }),
    );
  });

  registerRoute(app, httpRoutes.withdrawAssignment, async (request) => {
    const before = await getOpen(deps, getPrincipal(request), { id: request.params.id });
    const { revision } = before;
    await replace(deps, { ...before, state: 'withdrawn', changedAt: deps.now(), revision: revision + 1 });
    return null;
  });
}

/** Whose evaluations somebody sees in lists; undefined: everybody's. */
function superviseesFor(configuration: ConfigurationSnapshot, principal: Principal): readonly string[] | undefined {
  const { username } = principal;
  if (mayDo(principal, 'see-all-chats') || username === undefined) return undefined;
  return superviseesOf(configuration.teams(), username)?.members;
}

interface Asked {
  record: ConversationRecord;
  segment: number;
  form: string;
  evaluator: string;
  dueAt: number;
}

async function assign(
  deps: AppDependencies,
  { configuration, principal }: { configuration: ConfigurationSnapshot; principal: Principal },
  asked: Asked,
): Promise<EvaluationAssignment> {
  const { record, form, evaluator, dueAt } = asked;
  const { number: segment, agent, from, to } = segmentOf(configuration, principal, asked);
  requireEvaluator(configuration, evaluator, agent);
  const { conversationId, pageId, psid, service } = record;
  const id = evaluationIdOf({ conversationId, segment, form });
  const [known, evaluation] = await Promise.all([deps.evaluationAssignments.find(id), deps.evaluations.find(id)]);
  // A draft is somebody's: it may be given to them, so that they finish it.
  const isTheirDraft = evaluation?.state === 'draft' && evaluation.evaluator === evaluator;
  if (evaluation && !isTheirDraft) throw new AppError('EVALUATION_EXISTS');
  if (known?.state === 'open') throw new AppError('ASSIGNMENT_EXISTS');
  const now = deps.now();
  const of = { id, conversationId, pageId, psid, service, segment, from, to, agent, form };
  const given = { evaluator, assignedBy: principal.username ?? principal.name, assignedAt: now, changedAt: now, dueAt };
  const fresh = withoutUndefined({ ...of, ...given, state: 'open' as const, revision: (known?.revision ?? 0) + 1 });
  const isKept = known ? await deps.evaluationAssignments.replace(fresh) : await deps.evaluationAssignments.add(fresh);
  if (!isKept) throw new AppError('ASSIGNMENT_EXISTS');
  return fresh;
}

/** @throws AppError REQUEST_INVALID where the caller may not have it graded, or not by that form */
function segmentOf(
  configuration: ConfigurationSnapshot,
  principal: Principal,
  { record, segment: number, form }: Asked,
): Segment {
  const segment = record.segments?.find((each) => each.number === number);
  if (!segment || !isGrader(configuration, principal, segment))
    throw refusal('segment', 'is no stretch of an agent whom you look after', 'Give the number of one that is listed.');
  if (!formsFor(configuration, record).some(({ name }) => name === form))
    throw refusal('form', 'is no form for this conversation', 'Give the name of one that is listed.');
  return segment;
}

/** @throws AppError REQUEST_INVALID where they may not grade the agent */
function requireEvaluator(configuration: ConfigurationSnapshot, evaluator: string, agent: string): void {
  if (mayGrade(configuration, evaluator, agent)) return;
  const message = `is nobody who may grade ${agent}`;
  throw refusal(
    'evaluator',
    message,
    'Give the user name of somebody who may evaluate chats and looks after the agent.',
  );
}

function readDueAt({ now }: AppDependencies, dueAt: string | undefined): number {
  if (dueAt === undefined) return now() + USUAL_DUE_DAYS * DAY_MS;
  const ms = Date.parse(dueAt);
  if (ms <= now()) throw refusal('dueAt', 'is over already', 'Give a moment that is still to come.');
  return ms;
}

/** An open one of an agent whom the caller looks after, as they saw it. */
async function getOpen(
  { configuration, evaluationAssignments }: AppDependencies,
  principal: Principal,
  { id, revision }: { id: string; revision?: number },
): Promise<EvaluationAssignment> {
  const found = await evaluationAssignments.find(id);
  if (!found || !isGrader(await configuration.get(), principal, found)) throw new AppError('ASSIGNMENT_NOT_FOUND');
  if (found.state !== 'open') throw new AppError('ASSIGNMENT_SETTLED');
  if (revision !== undefined && found.revision !== revision) throw new AppError('ASSIGNMENT_CHANGED');
  return found;
}

async function replace(deps: AppDependencies, after: EvaluationAssignment): Promise<EvaluationAssignment> {
  if (await deps.evaluationAssignments.replace(after)) return after;
  throw new AppError('ASSIGNMENT_CHANGED');
}

async function present(
  deps: AppDependencies,
  configuration: ConfigurationSnapshot,
  assignment: EvaluationAssignment,
): Promise<AssignmentView> {
  return presentAssignment(configuration, assignment, await deps.evaluations.find(assignment.id));
}

function refusal(path: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, message, remedy }] });
}

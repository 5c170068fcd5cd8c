import { evaluationIdOf } from '../../adapters/mongo/evaluations-repository.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { EVALUATION_STATES, isPublished, type Evaluation, type EvaluationContent } from '../../contracts/evaluation.ts';
import type { ConversationEvaluations, EvaluationView } from '../../contracts/evaluation-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getDeskPrincipal, getPrincipal, type Principal } from '../access.ts';
import { looksAfter } from '../agents/supervised-agents.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentSegment } from '../history/present-event.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { changedMeanwhile, evaluationChanges, type ChangeBy } from './change-evaluation.ts';
import { formsFor } from './forms-for.ts';
import { isGrader, listGraders, mayGrade } from './may-grade.ts';
import { presentAssignment } from './present-assignment.ts';
import { identityOf, presentEvaluation } from './present-evaluation.ts';

const PUBLISHED = EVALUATION_STATES.filter((state) => isPublished({ state }));

/** Agents' stretches graded: docs/evaluations.md. */
export function registerEvaluationRoutes(app: App, deps: AppDependencies): void {
  registerReading(app, deps);
  registerGrading(app, deps);
  registerAnswering(app, deps);
}

function registerReading(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listConversationEvaluations, async (request) => {
    const principal = getPrincipal(request);
    const record = await getVisibleConversation(deps, principal, request.params.id);
    const configuration = await deps.configuration.get();
    const evaluations = await deps.evaluations.listOfConversation(record.conversationId);
    return {
      items: evaluations
        .filter((each) => looksAfter(configuration, principal, each.agent) && isShownTo(principal, each))
        .map((each) => presentEvaluation(configuration, each)),
      ...(await assignmentsFor(deps, configuration, { principal, record, evaluations })),
      segments: segmentsFor(configuration, principal, record),
      forms: formsFor(configuration, record).map((form) => ({ ...form })),
    };
  });

  registerRoute(app, httpRoutes.listEvaluations, async (request) => {
    const { cursor, limit, state, agent, form } = request.query;
    const principal = getPrincipal(request);
    const configuration = await deps.configuration.get();
    if (agent !== undefined && !looksAfter(configuration, principal, agent)) return { items: [], next: null };
    const own = mayDo(principal, 'see-all-chats') || principal.username === undefined;
    const members = own ? undefined : superviseesOf(configuration.teams(), principal.username ?? '')?.members;
    const agents = agent === undefined ? members : [agent];
    const filter = withoutUndefined({ states: state && [state], agents, form });
    const { items, next } = await deps.evaluations.list(filter, { cursor, limit });
    const shown = items.filter((each) => isShownTo(principal, each));
    return { items: shown.map((each) => presentEvaluation(configuration, each)), next };
  });

  registerRoute(app, httpRoutes.getEvaluation, async (request) => {
    const configuration = await deps.configuration.get();
    const found = await getEvaluation(deps, request.params.id);
    const principal = getPrincipal(request);
    if (!isOwn(principal, found) && !isGrader(configuration, principal, found)) throw notFound();
    return presentEvaluation(configuration, found);
  });

  registerRoute(app, httpRoutes.listMyEvaluations, async (request) => {
    const { username, createdAt: since = 0 } = getDeskPrincipal(request);
    const { cursor, limit, state } = request.query;
    const states = PUBLISHED.filter((each) => state === undefined || each === state);
    const configuration = await deps.configuration.get();
    const page = await deps.evaluations.list({ agents: [username], states, since }, { cursor, limit });
    return { ...page, items: page.items.map((each) => presentEvaluation(configuration, each)) };
  });
}

function registerGrading(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.beginEvaluation, async (request) => {
    const principal = getPrincipal(request);
    const record = await getVisibleConversation(deps, principal, request.params.id);
    const configuration = await deps.configuration.get();
    return presentEvaluation(configuration, await begin(deps, { record, principal, ...request.body }));
  });

  registerRoute(app, httpRoutes.saveEvaluation, (request) => {
    const { revision, ...content } = request.body;
    return change(deps, getPrincipal(request), {
      id: request.params.id,
      revision,
      may: isGrader,
      to: (before, by) => evaluationChanges.save(before, by, toContent(content)),
    });
  });

  registerRoute(app, httpRoutes.finishEvaluation, (request) =>
    change(deps, getPrincipal(request), {
      id: request.params.id,
      revision: request.body.revision,
      may: isGrader,
      to: (before, by) => evaluationChanges.finish(before, by),
      // A process that dies before it leaves it to the next look at what is open.
      afterwards: (after) => deps.evaluationAssignments.settle(after.id, 'done', deps.now()),
    }),
  );

  registerRoute(app, httpRoutes.decideEvaluation, (request) => {
    const { body } = request;
    return change(deps, getPrincipal(request), {
      id: request.params.id,
      revision: body.revision,
      may: isGrader,
      to: (before, by) =>
        body.outcome === 'upheld'
          ? evaluationChanges.uphold(before, by, body.text)
          : evaluationChanges.regrade(before, by, { text: body.text, content: toContent(body) }),
    });
  });

  registerRoute(app, httpRoutes.deleteEvaluation, async (request) => {
    const configuration = await deps.configuration.get();
    const found = await getEvaluation(deps, request.params.id);
    if (!isGrader(configuration, getPrincipal(request), found)) throw notFound();
    if (!(await deps.evaluations.deleteDraft(found))) throw new AppError('EVALUATION_SETTLED');
    return null;
  });
}

function registerAnswering(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.confirmEvaluation, (request) =>
    change(deps, getDeskPrincipal(request), {
      id: request.params.id,
      revision: request.body.revision,
      may: (_configuration, principal, evaluation) => isOwn(principal, evaluation),
      to: evaluationChanges.confirm,
    }),
  );

  registerRoute(app, httpRoutes.disputeEvaluation, (request) =>
    change(deps, getDeskPrincipal(request), {
      id: request.params.id,
      revision: request.body.revision,
      may: (_configuration, principal, evaluation) => isOwn(principal, evaluation),
      to: (before, by) => evaluationChanges.dispute(before, by, request.body.text),
    }),
  );
}

type May = (configuration: ConfigurationSnapshot, principal: Principal, evaluation: Evaluation) => boolean;

/** Of their own chats nobody sees a draft. */
function isShownTo({ username }: Principal, evaluation: Evaluation): boolean {
  return isPublished(evaluation) || evaluation.agent !== username;
}

/** A published one of their own stretch: what an earlier user of the name had is not theirs. */
function isOwn({ username, createdAt = 0 }: Principal, evaluation: Evaluation): boolean {
  return evaluation.agent === username && evaluation.from >= createdAt && isPublished(evaluation);
}

const notFound = (): AppError => new AppError('EVALUATION_NOT_FOUND');

async function getEvaluation({ evaluations }: AppDependencies, id: string): Promise<Evaluation> {
  const found = await evaluations.find(id);
  if (!found) throw notFound();
  return found;
}

async function change(
  deps: AppDependencies,
  principal: Principal,
  asked: {
    id: string;
    revision: number;
    may: May;
    to: (before: Evaluation, by: ChangeBy) => Evaluation;
    afterwards?: (after: Evaluation) => Promise<void>;
  },
): Promise<EvaluationView> {
  const configuration = await deps.configuration.get();
  const before = await getEvaluation(deps, asked.id);
  if (!asked.may(configuration, principal, before)) throw notFound();
  const by = { by: principal.username ?? principal.name, at: deps.now(), revision: asked.revision };
  const after = asked.to(before, by);
  if (!(await deps.evaluations.replace(after)))
    throw changedMeanwhile((await deps.evaluations.find(asked.id)) ?? after);
  await asked.afterwards?.(after);
  return presentEvaluation(configuration, after);
}

/** Begins a draft; whoever asks again for their own draft gets it. */
async function begin(
  deps: AppDependencies,
  asked: { record: ConversationRecord; principal: Principal; segment: number; form: string },
): Promise<Evaluation> {
  const { record, principal, segment: number, form: name } = asked;
  const configuration = await deps.configuration.get();
  const segment = record.segments?.find((each) => each.number === number);
  if (!segment || !isGrader(configuration, principal, segment))
    throw refusal('segment', 'is no stretch of an agent whom you look after', 'Give the number of one that is listed.');
  const form = formsFor(configuration, record).find((each) => each.name === name);
  if (!form) throw refusal('form', 'is no form for this conversation', 'Give the name of one that is listed.');
  const { conversationId, pageId, psid, service } = record;
  const id = evaluationIdOf({ conversationId, segment: number, form: name });
  const by = principal.username ?? principal.name;
  const now = deps.now();
  const draft: Evaluation = withoutUndefined({
    id,
    conversationId,
    pageId,
    psid,
    segment: number,
    from: segment.from,
    to: segment.to,
    agent: segment.agent,
    service,
    form: { name, questions: form.questions, version: await deps.evaluations.numberForm(form) },
    state: 'draft' as const,
    score: null,
    isFailed: false,
    evaluator: by,
    answers: [],
    remarks: [],
    createdAt: now,
    changedAt: now,
    changedBy: by,
    steps: [],
    revision: 1,
  });
  if (await deps.evaluations.add(draft)) return draft;
  const known = await deps.evaluations.find(id);
  if (known?.state === 'draft' && known.evaluator === by) return known;
  throw new AppError('EVALUATION_EXISTS');
}

/** What of a conversation is still to be graded, and who could be given which stretches. */
async function assignmentsFor(
  deps: AppDependencies,
  configuration: ConfigurationSnapshot,
  asked: { principal: Principal; record: ConversationRecord; evaluations: readonly Evaluation[] },
): Promise<Pick<ConversationEvaluations, 'assignments' | 'evaluators'>> {
  const { principal, record, evaluations } = asked;
  const known = new Map(evaluations.map((each) => [each.id, each]));
  const segments = record.segments ?? [];
  const assignments = await deps.evaluationAssignments.listOfConversation(record.conversationId);
  return {
    assignments: assignments
      .filter((each) => each.state === 'open' && isGrader(configuration, principal, each))
      .map((each) => presentAssignment(configuration, each, known.get(each.id))),
    evaluators: listGraders(configuration).flatMap((username) => {
      const own = segments.filter(({ agent }) => mayGrade(configuration, username, agent));
      const numbers = own.map(({ number }) => number);
      return own.length === 0 ? [] : [{ ...identityOf(configuration, username), segments: numbers }];
    }),
  };
}

function segmentsFor(
  configuration: ConfigurationSnapshot,
  principal: Principal,
  { segments = [] }: ConversationRecord,
): ConversationEvaluations['segments'] {
  return segments
    .filter((segment) => isGrader(configuration, principal, segment))
    .map((segment) => {
      const { agent, number, from, to } = presentSegment(segment);
      const name = configuration.user(agent)?.name ?? agent;
      return { number, agent: { username: agent, name }, from, ...(to !== undefined && { to }) };
    });
}

function toContent({
  answers,
  comment,
  remarks,
}: {
  answers: readonly {
    question: string;
    value?: string | number | undefined;
    isNa?: boolean | undefined;
  }[];
  comment?: string | undefined;
  remarks: EvaluationContent['remarks'];
}): EvaluationContent {
  return withoutUndefined({ answers: answers.map((answer) => withoutUndefined(answer)), comment, remarks });
}

function refusal(path: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, message, remedy }] });
}

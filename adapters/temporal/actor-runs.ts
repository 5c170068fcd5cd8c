import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import {
  CONVERSATION_WORKFLOW,
  DISPATCHER_WORKFLOW,
  MOVE_WORKFLOW,
  PAGE_WORKFLOW,
} from '../../contracts/actor-messages.ts';
import { moveIdOf, subjectOfWorkflow, type ActorSubject } from './workflow-id.ts';

/** A run of an actor, named so that no customer is. */
export interface ActorRun {
  runId: string;
  actor: 'conversation' | 'dispatcher' | 'page' | 'scenarioMove';
  subject: ActorSubject;
  /** Of one that moves conversations: its operation. */
  moveId?: string;
}

/** A run that ended otherwise than by its own code. */
export interface BrokenRun extends ActorRun {
  how: 'terminated' | 'failed' | 'timed out';
  /** What Temporal or an operator gave as the reason. */
  reason?: string;
}

/** Runs of actors as Temporal's lists show them: what is wrong with them, whoever noticed. Lists lag by a second or so. */
export interface ActorRuns {
  /** Those that closed after `since` (epoch ms), newest first, without those whose `runId` is known already and without erased ones. */
  listBroken(since: number, isKnown: (runId: string) => boolean): Promise<BrokenRun[]>;
  /** Looks at the next running ones in turn; gives those whose workflow tasks fail again and again. */
  listFailing(): Promise<ActorRun[]>;
  /** Whether the matter is over: a broken run when its actor runs anew, a failing one when a task of it has passed; either when it is gone. */
  isOver(runId: string): Promise<boolean>;
}

const TYPES = `WorkflowType IN ('${[CONVERSATION_WORKFLOW, DISPATCHER_WORKFLOW, PAGE_WORKFLOW, MOVE_WORKFLOW].join("', '")}')`;
const MAX_BROKEN = 200;
/** Described in one look; a thousand running actors are seen in as many looks as it takes. */
const LOOKED_AT_ONCE = 100;
/** The second attempt may be a worker that has just died. */
const FAILING_FROM_ATTEMPT = 3;
/** What `deleteRuns` says when it ends an actor whose customer is erased. */
export const ERASED_REASON = 'erased';

const HOW = { TERMINATED: 'terminated', FAILED: 'failed', TIMED_OUT: 'timed out' } as const;

/**
 * Creates the look at one namespace. Attempts are asked of each running actor, a hundred at a time: the search attribute
 * TemporalReportedProblems is unknown to servers before 1.30.
 */
export function createActorRuns(client: Client): ActorRuns {
  let nextPageToken: Uint8Array | undefined;

  async function list(query: string, pageSize: number, pageToken?: Uint8Array): Promise<ListedPage> {
    const { namespace } = client.options;
    const token = pageToken && { nextPageToken: pageToken };
    const answer = await client.workflowService.listWorkflowExecutions({ namespace, query, pageSize, ...token });
    const runs = answer.executions.map(({ execution, type }) => ({
      workflowId: execution?.workflowId ?? '',
      runId: execution?.runId ?? '',
      type: type?.name ?? '',
    }));
    return { runs, next: answer.nextPageToken };
  }

  return {
    async listBroken(since, isKnown) {
      const closed = `ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut') AND CloseTime > '${new Date(since).toISOString()}'`;
      const { runs } = await list(`${TYPES} AND ${closed}`, MAX_BROKEN);
      const broken: BrokenRun[] = [];
      for (const run of runs.filter(({ runId }) => !isKnown(runId))) {
        const found = await describeBroken(client, run);
        if (found) broken.push(found);
      }
      return broken;
    },
    async listFailing() {
      const page = await list(`${TYPES} AND ExecutionStatus = 'Running'`, LOOKED_AT_ONCE, nextPageToken);
      nextPageToken = page.next.length > 0 ? page.next : undefined;
      const failing: ActorRun[] = [];
      for (const run of page.runs) {
        if (attemptOf(await describe(client, run)) >= FAILING_FROM_ATTEMPT) failing.push(toActorRun(run));
      }
      return failing;
    },
    async isOver(runId) {
      const [run] = (await list(`RunId = '${runId}'`, 1)).runs;
      const now = run && (await describe(client, { workflowId: run.workflowId }));
      if (!now || now.runId !== runId) return true;
      return now.status.name === 'RUNNING' ? attemptOf(now) < 2 : !(now.status.name in HOW);
    },
  };
}

interface ListedRun {
  workflowId: string;
  runId: string;
  type: string;
}

interface ListedPage {
  runs: ListedRun[];
  next: Uint8Array;
}

function toActorRun({ workflowId, runId, type }: ListedRun): ActorRun {
  const moveId = moveIdOf(workflowId);
  return {
    runId,
    actor: type as ActorRun['actor'],
    subject: subjectOfWorkflow(workflowId),
    ...(moveId !== undefined && { moveId }),
  };
}

/** Undefined where the run is gone, or was ended because its customer is erased. */
async function describeBroken(client: Client, run: ListedRun): Promise<BrokenRun | undefined> {
  const status = (await describe(client, run))?.status.name;
  if (status !== 'TERMINATED' && status !== 'FAILED' && status !== 'TIMED_OUT') return undefined;
  const reason = status === 'TERMINATED' ? await findTerminationReason(client, run) : undefined;
  if (reason === ERASED_REASON) return undefined;
  return { ...toActorRun(run), how: HOW[status], ...(reason !== undefined && reason !== '' && { reason }) };
}

async function findTerminationReason(client: Client, execution: ListedRun): Promise<string | undefined> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId: execution.workflowId, runId: execution.runId },
    maximumPageSize: 1,
  });
  return history?.events?.[0]?.workflowExecutionTerminatedEventAttributes?.reason ?? undefined;
}

async function describe(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId?: string },
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await client.workflow.getHandle(workflowId, runId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

const attemptOf = (run: WorkflowExecutionDescription | undefined): number => run?.raw.pendingWorkflowTask?.attempt ?? 0;

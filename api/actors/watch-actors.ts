import { randomUUID } from 'node:crypto';
import type { ActorRun, BrokenRun } from '../../adapters/temporal/actor-runs.ts';
import type { AlertRequest } from '../../contracts/alert.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often the actors are looked at, by one process. */
export const ACTOR_WATCH_TICK_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;
/** An api that was away for so long still tells what ended meanwhile. */
const LOOK_BACK_MS = DAY_MS;
/** Longer than runs are looked back for: none is told of twice. */
const REMEMBERED_MS = 30 * DAY_MS;
const LOOKED_AT_ONCE = 50;

type WatchDependencies = Pick<
  AppDependencies,
  'actorWatch' | 'troubledRuns' | 'actorRuns' | 'alerts' | 'now' | 'actors' | 'configuration' | 'scenarioMoves'
>;

/**
 * Tells operators of every actor that Temporal or somebody ended, and of every one whose workflow tasks fail again and
 * again: once for each run. Resolved when the actor runs anew, or its tasks pass.
 */
export function createActorWatch(deps: WatchDependencies): { tick(): Promise<void> } {
  const by = randomUUID();
  return {
    async tick() {
      const now = deps.now();
      if (!(await deps.actorWatch.claim('actors', { by, now, until: now + ACTOR_WATCH_TICK_MS / 2 }))) return;
      await tellBroken(deps, now);
      await tellFailing(deps);
      await closeWhatIsOver(deps, now);
      await deps.troubledRuns.deleteNotedBefore(now - REMEMBERED_MS);
    },
  };
}

async function tellBroken(deps: WatchDependencies, now: number): Promise<void> {
  const known = await deps.troubledRuns.listKnownRunIds('actor-ended');
  const broken = await deps.actorRuns.listBroken(now - LOOK_BACK_MS, (runId) => known.has(runId));
  for (const run of broken) {
    await beginAnew(deps, run);
    // Nobody would ever end it on the screen of whoever waits for it.
    if (run.moveId !== undefined) await deps.scenarioMoves.recordBroken(run.moveId, now);
    await tell(deps, brokenAlert(run), run.runId);
  }
}

/**
 * A dispatcher is not left to the next thing that it is told: who is lost meanwhile, or waits, is nobody else's to look after.
 * Being told its configuration, it runs.
 */
async function beginAnew({ actors, configuration }: WatchDependencies, { subject }: BrokenRun): Promise<void> {
  const groups = subject.group === undefined ? [] : (await configuration.get()).routingGroups();
  const found = groups.find(({ group }) => group === subject.group);
  if (found) await actors.tellConfiguration(found.group, found.configuration);
}

async function tellFailing(deps: WatchDependencies): Promise<void> {
  const known = await deps.troubledRuns.listKnownRunIds('actor-failing');
  for (const run of await deps.actorRuns.listFailing()) {
    if (!known.has(run.runId)) await tell(deps, failingAlert(run), run.runId);
  }
}

type RunAlert = AlertRequest & { kind: 'actor-ended' | 'actor-failing' };

/** The alert first: a process that dies in between tells it twice rather than never. */
async function tell({ alerts, troubledRuns, now }: WatchDependencies, alert: RunAlert, runId: string): Promise<void> {
  const { kind, key: _key, message: _message, remedy: _remedy, ...subject } = alert;
  await alerts.tell(alert);
  await troubledRuns.note({ kind, runId, subject }, now());
}

async function closeWhatIsOver({ actorRuns, troubledRuns, alerts }: WatchDependencies, now: number): Promise<void> {
  for (const run of await troubledRuns.takeOpen(LOOKED_AT_ONCE, now)) {
    if (!(await actorRuns.isOver(run.runId))) continue;
    await alerts.resolve({ ...run.subject, kind: run.kind, key: run.runId });
    await troubledRuns.close(run);
  }
}

const NAMES = {
  conversation: 'A conversation',
  dispatcher: 'The dispatcher',
  page: 'The actor that repairs the send lane',
  scenarioMove: 'An operation that moves conversations to another version',
} as const;

function nameOf({ actor, subject, moveId }: ActorRun): string {
  if (moveId !== undefined) return `${NAMES[actor]} (${moveId})`;
  if (subject.group !== undefined) return `${NAMES[actor]} of group "${subject.group}"`;
  return subject.pageId === undefined ? NAMES[actor] : `${NAMES[actor]} of Page ${subject.pageId}`;
}

function brokenAlert(run: BrokenRun): RunAlert {
  const why = run.reason === undefined ? '' : `: “${run.reason}”`;
  return {
    ...run.subject,
    kind: 'actor-ended',
    key: run.runId,
    message: `${nameOf(run)} was ${run.how}${why} (run ${run.runId})`,
    remedy:
      run.moveId === undefined
        ? 'Look the run up in Temporal’s UI. It begins anew with the next thing that it is told, as a customer’s next message; what it had not recorded is lost.'
        : 'Who was moved is on the other version, everybody else where they were. Move the others from the scenario’s publications, or move all of them back.',
  };
}

function failingAlert(run: ActorRun): RunAlert {
  return {
    ...run.subject,
    kind: 'actor-failing',
    key: run.runId,
    message: `${nameOf(run)} cannot go on: its workflow tasks fail again and again (run ${run.runId})`,
    remedy:
      'The worker’s log and the run in Temporal’s UI name the error. Nothing is lost: it goes on with a worker that can take it.',
  };
}

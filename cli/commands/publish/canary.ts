import type { CanaryGuardrails } from '../../../contracts/canary.ts';
import type { CanaryView, VerdictView } from '../../../contracts/publication-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import type { CommandIo } from '../../command.ts';
import { askApi } from './ask-api.ts';
import { shorten, tellPublication } from './publish-file.ts';
import { GUARDRAIL_WORDS } from './read-canary.ts';

interface Request {
  name: string;
  isJson: boolean;
}

/** Prints how a canary does beside the rest. Gives the exit code. */
export function showCanary(request: Request, io: CommandIo): Promise<number> {
  const { name } = request;
  return askAndShow(request, io, (call) => call('GET /api/v1/scenarios/:name/canary', { params: { name } }));
}

/** Gives it to another part of the new conversations, or changes its guardrails. Gives the exit code. */
export function changeCanary(
  request: Request & { changes: { percent?: number; guardrails?: Partial<CanaryGuardrails> } },
  io: CommandIo,
): Promise<number> {
  const { name, changes: body } = request;
  return askAndShow(request, io, (call) => call('PATCH /api/v1/scenarios/:name/canary', { params: { name }, body }));
}

/** Gives it to nobody new. Gives the exit code. */
export function endCanary(request: Request, io: CommandIo): Promise<number> {
  const { name } = request;
  return askAndShow(request, io, (call) =>
    call('POST /api/v1/scenarios/:name/canary/end', { params: { name }, body: {} }),
  );
}

/** Puts it in force for all new conversations. Gives the exit code. */
export async function finishCanary(
  { name, note, isJson }: Request & { note: string | undefined },
  io: CommandIo,
): Promise<number> {
  const response = await askApi(io, (call) =>
    call('POST /api/v1/scenarios/:name/canary/finish', { params: { name }, body: { note } }),
  );
  if (!response) return 1;
  io.print(isJson ? JSON.stringify(response, null, 2) : tellPublication(response));
  return 0;
}

async function askAndShow(
  { isJson }: Request,
  io: CommandIo,
  ask: (call: HttpClient) => Promise<HttpResponse<CanaryView>>,
): Promise<number> {
  const canary = await askApi(io, ask);
  if (!canary) return 1;
  if (isJson) io.print(JSON.stringify(canary, null, 2));
  else describeCanary(canary).forEach(io.print);
  return 0;
}

const ENDS: Readonly<Record<NonNullable<CanaryView['end']>['how'], string>> = {
  returned: 'taken back by a guardrail',
  ended: 'ended',
  finished: 'finished: in force for all new conversations',
  replaced: 'ended, since another version was published',
};

/** How a canary ended, in words. */
export function describeEnd({ how, at, by, number }: NonNullable<CanaryView['end']>): string {
  return `${ENDS[how]}${number === null ? '' : ` (number ${number})`}, ${at}${by === null ? '' : ` by ${by}`}`;
}

function describeCanary(canary: CanaryView): string[] {
  const { scenario, number, percent, end, canary: ours, rest, verdicts, startedAt, author } = canary;
  const state = end ? describeEnd(end) : `on ${percent} % of new conversations`;
  return [
    `${scenario}@${shorten(canary)} (number ${number}), since ${startedAt} by ${author}: ${state}`,
    `canary  ${ours.running} running, ${ours.ended} ended`,
    `rest    ${rest.running} running, ${rest.ended} ended (number ${rest.number})`,
    ...verdicts.map(describeVerdict),
  ];
}

/** A guardrail as a line: `errors    breached   canary 12.0 % of 50, rest 1.5 % of 400, margin 5`. */
export function describeVerdict({ guardrail, state, canary, rest, margin }: VerdictView): string {
  const unit = guardrail === 'survey' ? '' : ' %';
  const show = (measure: VerdictView['canary']): string =>
    measure ? `${measure.value.toFixed(1)}${unit} of ${measure.of}` : 'nothing yet';
  const word = GUARDRAIL_WORDS[guardrail].padEnd(8);
  return `${word}  ${state.padEnd(8)}  canary ${show(canary)}, rest ${show(rest)}, margin ${margin}`;
}

import type { Canary, CanaryEnd, Guardrail, Verdict } from '../../contracts/canary.ts';
import type { AppDependencies } from '../dependencies.ts';

type Deps = Pick<AppDependencies, 'alerts' | 'store' | 'logger'>;

/** Tells of a canary that has ended: operators, where a guardrail sent it back, and the report of its publication. Again it changes nothing. */
export async function tellCanaryEnd({ alerts, store, logger }: Deps, scenario: string, canary: Canary): Promise<void> {
  const { number, version, guardrails, steps, end } = canary;
  if (!end) return;
  if (end.how === 'returned') {
    await alerts.tell({
      kind: 'canary-returned',
      key: alertKey(scenario, number),
      message: `Version ${number} of scenario "${scenario}" was taken back from new conversations. ${breachesOf(end)}`,
      remedy: `New conversations begin with the version in force again, running ones keep theirs. Read its report (attendant versions ${scenario} --report ${number}), repair it and publish it anew.`,
    });
  }
  await store.publicationReports.recordCanary({ scenario, number, version }, { guardrails, steps, end });
  logger.info({ scenario, version, number, how: end.how }, 'canary ended');
}

/** Somebody has dealt with a canary that was taken back: another version takes its place. */
export async function closeCanaryAlert(
  { alerts }: Pick<Deps, 'alerts'>,
  scenario: string,
  canary: Canary,
): Promise<void> {
  if (canary.end?.how === 'returned')
    await alerts.resolve({ kind: 'canary-returned', key: alertKey(scenario, canary.number) });
}

function alertKey(scenario: string, number: number): string {
  return `${scenario}:${number}`;
}

/** What was too much worse, in a sentence each. */
function breachesOf({ verdicts = [] }: CanaryEnd): string {
  return verdicts.filter(isBreached).map(inWords).join(' ');
}

const NAMES: Readonly<Record<Guardrail, string>> = {
  handOff: 'Handed to an agent',
  errors: 'Failed',
  left: 'Left by the customer',
  survey: 'Survey score',
};

/** `Failed: 12.0 % against 1.5 % of the rest, more than 5 worse.` */
function inWords({ guardrail, canary, rest, margin }: Verdict): string {
  const unit = guardrail === 'survey' ? '' : ' %';
  const show = (value: number | undefined): string => `${(value ?? 0).toFixed(1)}${unit}`;
  return `${NAMES[guardrail]}: ${show(canary?.value)} against ${show(rest?.value)} of the rest, more than ${margin} worse.`;
}

/** What sends a canary back. */
export function isBreached({ state }: Verdict): boolean {
  return state === 'breached';
}

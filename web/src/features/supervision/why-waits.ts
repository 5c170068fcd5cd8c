import type { TFunction } from 'i18next';
import type { QueueLine } from '../../shared/data/overview.ts';
import { formatDuration } from '../../shared/lib/format.ts';

type Why = NonNullable<QueueLine['why']>;
type Verdict = Why['agents'][number]['verdict'];

/** What stands in the way, and the words for it. */
const OBSTACLES: readonly (readonly [readonly Verdict[], 'full' | 'away' | 'lost' | 'lacks'])[] = [
  [['slots-taken', 'capacity-taken', 'ramping-up'], 'full'],
  [['not-ready', 'finishing', 'supervising'], 'away'],
  [['connection-lost'], 'lost'],
  [['lacks-skills'], 'lacks'],
];

/** Why somebody waits, in a few sentences; the most important first. */
export function tellWhy(t: TFunction, { offer, why }: Pick<QueueLine, 'offer' | 'why'>, now: number): string {
  if (offer) {
    const left = Math.max(0, Math.round((Date.parse(offer.expiresAt) - now) / 1000));
    return t('supervision.why.offered', { name: offer.agent.name, count: left });
  }
  if (!why) return t('supervision.why.unknown');
  const { skills, position, ewtMs, onlyAgent, preferredAgent, widensAt } = why;
  const wanted = skills.map(({ name, minLevel }) =>
    minLevel > 1 ? t('supervision.why.skill', { name, level: minLevel }) : name,
  );
  return [
    ...(wanted.length > 0 ? [t('supervision.why.needs', { skills: wanted.join(', ') })] : []),
    ...(onlyAgent === undefined ? [] : [t('supervision.why.only', { name: onlyAgent })]),
    ...(preferredAgent === undefined ? [] : [t('supervision.why.preferred', { name: preferredAgent })]),
    ...tellObstacles(t, why),
    ...(widensAt === undefined
      ? []
      : [t('supervision.why.widens', { time: formatDuration(Date.parse(widensAt) - now) })]),
    t('supervision.why.place', { position, time: formatDuration(ewtMs) }),
  ].join(' ');
}

function tellObstacles(t: TFunction, { agents }: Why): string[] {
  const told = OBSTACLES.flatMap(([verdicts, words]) => {
    const found = agents.filter(({ verdict }) => verdicts.includes(verdict));
    const count = found.reduce((sum, each) => sum + each.count, 0);
    if (count === 0) return [];
    const names = found.flatMap((each) => each.names).slice(0, 3);
    const rest = count - names.length;
    const named = names.join(', ');
    return [
      t(`supervision.why.${words}`, {
        count,
        names: rest > 0 ? t('supervision.why.more', { names: named, count: rest }) : named,
      }),
    ];
  });
  const isAnybody = agents.some(({ verdict }) => verdict !== 'logged-out' && verdict !== 'lacks-skills');
  return isAnybody ? told.slice(0, 2) : [t('supervision.why.nobody')];
}

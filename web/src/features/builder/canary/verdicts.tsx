import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerdictView } from '../../../../../contracts/publication-schema.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';

const LOOKS = {
  waiting: { icon: IconHourglass, look: 'muted' },
  holds: { icon: IconCircleCheck, look: 't-success' },
  breached: { icon: IconAlertTriangle, look: 't-danger' },
} as const;

/** The guardrails, each with the figures of both sides. */
export function Verdicts({ verdicts, minimum }: { verdicts: readonly VerdictView[]; minimum: number }): ReactNode {
  const { t } = useTranslation('builder');
  if (verdicts.length === 0) return null;
  return (
    <ul className="verdicts">
      {verdicts.map((verdict) => (
        <li key={verdict.guardrail} className="xs">
          <Icon of={LOOKS[verdict.state].icon} size={14} className={LOOKS[verdict.state].look} />
          <span className="med">{t(`canary.guardrail.${verdict.guardrail}`)}</span>
          {(verdict.canary ?? verdict.rest) && <Figures verdict={verdict} />}
          <span className={LOOKS[verdict.state].look}>
            {t(`canary.state.${verdict.state}`, { margin: verdict.margin, minimum })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Figures({ verdict: { guardrail, canary, rest } }: { verdict: VerdictView }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const show = (measure: VerdictView['canary']): string => {
    if (!measure) return '–';
    const value = formats.number(Math.round(measure.value * 10) / 10);
    return guardrail === 'survey' ? value : t('canary.percentValue', { value });
  };
  return (
    <span className="num">
      {t('canary.figures', { canary: show(canary), rest: show(rest) })}{' '}
      <span className="muted">{t('canary.of', { canary: canary?.of ?? 0, rest: rest?.of ?? 0 })}</span>
    </span>
  );
}

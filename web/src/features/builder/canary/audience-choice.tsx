import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DEFAULT_GUARDRAILS,
  DEFAULT_PERCENT,
  GUARDRAILS,
  type CanaryGuardrails,
} from '../../../../../contracts/canary.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';

/** A part of the new conversations as somebody types it; what is no number is told as they publish. */
export interface Part {
  percent: string;
  minimum: string;
  margins: Readonly<Record<(typeof GUARDRAILS)[number], string>>;
}

/** What is offered. */
const usualPart: Part = {
  percent: String(DEFAULT_PERCENT),
  minimum: String(DEFAULT_GUARDRAILS.minimum),
  margins: {
    handOff: String(DEFAULT_GUARDRAILS.handOff),
    errors: String(DEFAULT_GUARDRAILS.errors),
    left: String(DEFAULT_GUARDRAILS.left),
    survey: String(DEFAULT_GUARDRAILS.survey),
  },
};

/** A margin that nobody writes is not looked at. Gives undefined where one of the numbers is none. */
export function readPart(part: Part): { percent: number; guardrails: CanaryGuardrails } | undefined {
  const [percent, minimum] = [readWhole(part.percent, 99), readWhole(part.minimum, 1000)];
  if (percent === undefined || minimum === undefined) return undefined;
  const margins = GUARDRAILS.map((guardrail) => [guardrail, readMargin(part.margins[guardrail])] as const);
  if (margins.some(([, margin]) => margin === undefined)) return undefined;
  const guardrails = { minimum, ...Object.fromEntries(margins) } as CanaryGuardrails;
  return { percent, guardrails };
}

/** From 1 to the most that there is. */
function readWhole(text: string, most: number): number | undefined {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= 1 && number <= most ? number : undefined;
}

function readMargin(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const number = Number(text.replace(',', '.'));
  return number >= 0 && number <= 100 ? number : undefined;
}

/** Who gets the version: all new conversations, or a part of them, and what takes it back from these. `part` is absent for all. */
export function AudienceChoice({
  part,
  onChange,
}: {
  part: Part | undefined;
  onChange: (part: Part | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const choices = (['all', 'part'] as const).map((value) => ({ value, label: t(`canary.for.${value}`) }));
  return (
    <section className="impact-part">
      <h3>{t('canary.whoGetsIt')}</h3>
      <Segmented
        label={t('canary.whoGetsIt')}
        value={part ? 'part' : 'all'}
        choices={choices}
        onChange={(value) => onChange(value === 'all' ? undefined : usualPart)}
      />
      <p className="xs secondary">{t(part ? 'canary.forMore.part' : 'canary.forMore.all')}</p>
      {part && <PartFields part={part} onChange={onChange} />}
    </section>
  );
}

function PartFields({ part, onChange }: { part: Part; onChange: (part: Part) => void }): ReactNode {
  const { t } = useTranslation('builder');
  const { percent, minimum, margins } = part;
  return (
    <>
      <div className="canary-fields">
        <NumberField
          label={t('canary.percent')}
          value={percent}
          error={readWhole(percent, 99) === undefined ? t('canary.percentWrong') : undefined}
          onChange={(text) => onChange({ ...part, percent: text })}
        />
        <NumberField
          label={t('canary.minimum')}
          value={minimum}
          error={readWhole(minimum, 1000) === undefined ? t('canary.minimumWrong') : undefined}
          onChange={(text) => onChange({ ...part, minimum: text })}
        />
      </div>
      <p className="xs secondary canary-rule">{t('canary.rule')}</p>
      <div className="canary-fields">
        {GUARDRAILS.map((guardrail) => (
          <NumberField
            key={guardrail}
            label={t(`canary.margin.${guardrail}`)}
            value={margins[guardrail]}
            error={readMargin(margins[guardrail]) === undefined ? t('canary.marginWrong') : undefined}
            onChange={(text) => onChange({ ...part, margins: { ...margins, [guardrail]: text } })}
          />
        ))}
      </div>
    </>
  );
}

function NumberField({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}): ReactNode {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <div className="input">
          <input {...control} inputMode="decimal" value={value} onChange={(event) => onChange(event.target.value)} />
        </div>
      )}
    </Field>
  );
}

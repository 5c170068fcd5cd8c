import { IconChartDots3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { machineTimeZone, useSettings } from '../../../shared/data/settings.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useActions, useBuilder, useBuilderContext } from '../builder-context.tsx';
import { countAtWays, trafficQuery, type Traffic } from '../model/traffic.ts';

const PERIODS = ['7', '30', '90'] as const;

/** What real conversations did, on the canvas: how many came through each block and way, and where customers fell silent. */
export function TrafficBar(): ReactNode {
  const { t } = useTranslation('builder');
  const { set } = useActions();
  const [isOn, setIsOn] = useState(false);
  return (
    <div className="zoom traffic-bar" role="group" aria-label={t('traffic.title')}>
      <IconButton
        icon={IconChartDots3}
        label={t(isOn ? 'traffic.hide' : 'traffic.show')}
        aria-pressed={isOn}
        className={isOn ? 'on' : ''}
        onClick={() => {
          if (isOn) set({ marks: undefined });
          setIsOn(!isOn);
        }}
      />
      {isOn && <Period />}
    </div>
  );
}

function Period(): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const { name } = useBuilderContext();
  const { timeZone } = useSettings();
  const zone = timeZone === 'auto' ? machineTimeZone() : timeZone;
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  const { data, error } = useQuery(trafficQuery(name, { days: Number(days), zone, dayOf: formats.dayKey }));
  useMarks(data);
  return (
    <>
      <Segmented
        label={t('traffic.period')}
        value={days}
        choices={PERIODS.map((value) => ({ value, label: t('traffic.days', { count: Number(value) }) }))}
        onChange={setDays}
      />
      <span className={`xs traffic-words ${error ? 't-danger' : 'muted'}`} role="status">
        {error
          ? error.message
          : data
            ? t('traffic.conversations', { count: data.conversations, number: formats.number(data.conversations) })
            : t('traffic.loading')}
      </span>
    </>
  );
}

/** Draws them, also when the scenario is edited meanwhile. */
function useMarks(traffic: Traffic | undefined): void {
  const formats = useFormats();
  const graph = useBuilder((state) => state.graph);
  const { set } = useActions();
  useEffect(() => {
    if (!traffic) return;
    set({
      marks: {
        ran: new Set(),
        live: undefined,
        missing: new Set(graph.blocks.map(({ id }) => id).filter((id) => !traffic.blocks.get(id)?.visited)),
        counts: countAtWays(graph, traffic, (count) => formats.number(count)),
        traffic: traffic.blocks,
      },
    });
  }, [traffic, graph, formats, set]);
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** More than these are told in figures only. */
const DRAWN = 8;

/** How many chats at a time, and how many of them are taken. */
export function Slots({ used, all }: { used: number; all: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="slots num" role="img" aria-label={t('state.slotsLabel', { used, all })}>
      {t('state.slots', { used, all })}
      {all <= DRAWN && (
        <span className="slot-bar">
          {Array.from({ length: all }, (_each, index) => (
            <i key={index} className={index < used ? 'on' : ''} />
          ))}
        </span>
      )}
    </span>
  );
}

import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NoDesk } from '../features/home/home.tsx';
import { WorkTable } from '../features/work/work-table.tsx';
import type { ConversationView } from '../shared/data/chats.ts';
import { useMe } from '../shared/data/session.ts';
import { useFormats } from '../shared/i18n/i18n.ts';
import { IconButton } from '../shared/ui/icon-button.tsx';
import { EarlierTranscript } from './earlier-transcript.tsx';

/** What one has done on a day: today, or any day before. */
export function WorkPage(): ReactNode {
  const { takesChats } = useMe();
  return takesChats ? <Work /> : <NoDesk />;
}

const two = (value: number): string => String(value).padStart(2, '0');

const dayOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** Midnight here, so many days later: days of summer time are not all of the same length. */
const midnight = (day: string, later = 0): Date => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date;
};

function Work(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const today = dayOf(new Date());
  const [day, setDay] = useState(today);
  const [opened, setOpened] = useState<ConversationView>();

  function show(next: string): void {
    if (next === '' || next > today) return;
    setDay(next);
    setOpened(undefined);
  }

  return (
    <div className={`work ${opened ? 'has-opened' : ''}`}>
      <main className="work-main" id="main" data-region>
        <header className="work-head">
          <h1>{t('work.title')}</h1>
          <span className="row row-1 end">
            <IconButton
              icon={IconChevronLeft}
              label={t('work.dayBefore')}
              onClick={() => show(dayOf(midnight(day, -1)))}
            />
            <span className="input sm">
              <input
                type="date"
                aria-label={t('work.day')}
                max={today}
                value={day}
                onChange={(event) => show(event.target.value)}
              />
            </span>
            <IconButton
              icon={IconChevronRight}
              label={t('work.dayAfter')}
              onClick={() => show(dayOf(midnight(day, 1)))}
            />
          </span>
          <span className="muted" role="status">
            {formats.weekday(midnight(day).getTime())}
          </span>
        </header>
        <WorkTable
          since={midnight(day).toISOString()}
          until={midnight(day, 1).toISOString()}
          opened={opened?.id}
          onOpen={setOpened}
        />
      </main>
      {opened && (
        <aside className="work-side" aria-label={t('work.transcript')} data-region>
          <EarlierTranscript key={opened.id} conversation={opened} onBack={() => setOpened(undefined)} />
        </aside>
      )}
    </div>
  );
}

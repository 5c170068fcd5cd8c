import { IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { TypingBubble } from '../../shared/ui/typing-bubble.tsx';
import { attempt } from './attempt.ts';
import { PhoneMessage } from './phone-message.tsx';
import { TapButton } from './tap-button.tsx';
import {
  phoneOf,
  threadQuery,
  type Customer,
  type Message,
  type Page,
  type Parties,
  type Thread,
} from './simulator-api.ts';

/** Older ones are not drawn. */
const MOST_MESSAGES = 200;
/** A pause this long is worth a time of its own. */
const PAUSE_MS = 15 * 60_000;

interface Props {
  phone: Parties;
  page: Page;
  customer: Pick<Customer, 'name'>;
}

/** The chat as Messenger shows it: runs, marks, typing, and what can be tapped below the last message. */
export function PhoneThread({ phone, page, customer }: Props): ReactNode {
  const { t } = useTranslation('simulator');
  const thread = useQuery(threadQuery(phone)).data;
  const end = useRef<HTMLDivElement>(null);
  const count = thread?.items.length ?? 0;
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [count, thread?.isTyping]);
  const runs = runsOf((thread?.items ?? []).slice(-MOST_MESSAGES));
  return (
    <>
      <div
        ref={end}
        className="ph-scroll scroll"
        role="log"
        aria-label={t('phone.messages', { name: customer.name })}
        // Scrolled by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className="log">
          {thread && count === 0 && <p className="sys">{t('phone.begin')}</p>}
          {runs.map((run) => (
            <Run key={run.messages[0]?.mid} run={run} parties={phone} name={customer.name} pageName={page.name} />
          ))}
          {(thread?.waitingEvents ?? 0) > 0 && (
            <div className="sys">
              <Icon of={IconHourglass} size={14} />
              {t('phone.waits', { count: thread?.waitingEvents ?? 0 })}
            </div>
          )}
          {thread?.isTyping && <Typing name={page.name} />}
        </div>
      </div>
      <Taps thread={thread} phone={phone} page={page} />
    </>
  );
}

interface RunOfMessages {
  from: Message['from'];
  persona: string | undefined;
  /** Said above it where the pause was long. */
  at: number | undefined;
  isLast: boolean;
  messages: Message[];
}

function runsOf(messages: readonly Message[]): RunOfMessages[] {
  const runs: RunOfMessages[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const isPause = before === undefined || message.at - before.at > PAUSE_MS;
    const run = runs.at(-1);
    if (run && !isPause && run.from === message.from && run.persona === message.persona) run.messages.push(message);
    else {
      const { from, persona, at } = message;
      runs.push({ from, persona, at: isPause ? at : undefined, isLast: false, messages: [message] });
    }
    before = message;
  }
  for (const from of ['customer', 'page'] as const) {
    const last = runs.findLast((run) => run.from === from);
    if (last) last.isLast = true;
  }
  return runs;
}

function Run({
  run,
  parties,
  name,
  pageName,
}: {
  run: RunOfMessages;
  parties: Parties;
  name: string;
  pageName: string;
}): ReactNode {
  const { t } = useTranslation('simulator');
  const formats = useFormats();
  const isToday = run.at !== undefined && formats.dayKey(run.at) === formats.dayKey(Date.now());
  const last = run.messages.at(-1);
  return (
    <>
      {run.at !== undefined && (
        <div className="sys">{isToday ? t('phone.today', { time: formats.time(run.at) }) : formats.moment(run.at)}</div>
      )}
      <div className={`run ${run.from === 'customer' ? 'out' : ''}`}>
        <div className="stack">
          {run.persona !== undefined && <span className="who">{run.persona}</span>}
          {run.messages.map((message, index) => (
            <PhoneMessage
              key={message.mid}
              message={message}
              parties={parties}
              name={name}
              pageName={pageName}
              isFirst={index === 0}
            />
          ))}
          {run.isLast && last && <Marks message={last} />}
        </div>
      </div>
    </>
  );
}

function Marks({ message: { from, isRead, isDelivered } }: { message: Message }): ReactNode {
  const { t } = useTranslation('simulator');
  if (from === 'page') return <span className="meta">{isRead ? t('phone.readByMe') : t('phone.unread')}</span>;
  const taken = isDelivered ? t('phone.delivered') : t('phone.sent');
  return <span className="meta">{isRead ? t('phone.seen') : taken}</span>;
}

function Typing({ name }: { name: string }): ReactNode {
  const { t } = useTranslation('simulator');
  return (
    <div className="run">
      <div className="stack">
        <TypingBubble label={t('phone.typing', { name })} />
      </div>
    </div>
  );
}

/** What can be tapped: quick replies of the last message, and in an empty chat what the Page offers to begin with. */
function Taps({ thread, phone, page }: { thread: Thread | undefined; phone: Parties; page: Page }): ReactNode {
  const { t } = useTranslation('simulator');
  const acts = phoneOf(phone);
  const { get_started: begin, ice_breakers: breakers, persistent_menu: menu } = page.profile;
  const quickReplies = thread?.items.at(-1)?.quickReplies ?? [];
  if (thread && thread.items.length === 0) {
    const title = t('phone.getStarted');
    return (
      <div className="qr" role="group" aria-label={title}>
        <button type="button" onClick={() => attempt(() => acts.press(title, begin?.payload ?? 'GET_STARTED'))}>
          {title}
        </button>
        {breakers?.[0]?.call_to_actions.map(({ question, payload }) => (
          <button key={payload} type="button" onClick={() => attempt(() => acts.press(question, payload))}>
            {question}
          </button>
        ))}
      </div>
    );
  }
  if (quickReplies.length > 0) {
    return (
      <div className="qr" role="group" aria-label={t('phone.quickReplies')}>
        {quickReplies.map(({ title, payload }) => (
          <button
            key={`${title} ${payload}`}
            type="button"
            dir="auto"
            onClick={() => attempt(() => acts.choose(title, payload))}
          >
            {title}
          </button>
        ))}
      </div>
    );
  }
  const items = menu?.[0]?.call_to_actions ?? [];
  if (items.length === 0) return null;
  return (
    <div className="qr" role="group" aria-label={t('phone.menu')}>
      {items.map((button) => (
        <TapButton key={button.title} button={button} parties={phone} />
      ))}
    </div>
  );
}

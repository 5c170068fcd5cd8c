import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '../../shared/data/names.ts';
import type { OfferView } from '../../shared/data/offers.ts';
import { KEY_NAMES, useCommand } from '../../shared/lib/commands.ts';
import { announce } from '../../shared/ui/announcer.tsx';
import { WaitTimer } from '../../shared/ui/timer.tsx';
import { CountdownRing, useSecondsLeft } from './countdown-ring.tsx';
import { useAnswer } from './use-answer.ts';

/** Nobody should wait longer in a queue. */
const WAIT_TARGET_MS = 120_000;
/** The offer's last seconds are told. */
const ENDING_SECONDS = 5;

/** A customer, or a place in a chat, that is offered: who, what about, since when, why me, and how long. */
export function OfferCard({
  offer,
  hasKeys,
  onAccepted,
}: {
  offer: OfferView;
  hasKeys: boolean;
  onAccepted: (conversationId: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const name = useCustomerName()(offer);
  const words = wordsOf(offer);
  const left = useSecondsLeft(offer.expiresAt);
  const isEnding = left <= ENDING_SECONDS;
  const { answer, isBusy } = useAnswer(offer, onAccepted);
  useCommand('accept', hasKeys ? () => void answer('accept') : undefined);
  useCommand('reject', hasKeys ? () => void answer('reject') : undefined);
  useArrival({ name, service: offer.service ?? '', words: words ?? '' });
  useEffect(() => {
    if (left === ENDING_SECONDS) announce(t('offer.left', { count: left }), 'assertive');
  }, [left, t]);

  return (
    <article className={`offer ${isEnding ? 'ending' : ''}`} aria-label={t('offer.label', { name })} data-region>
      <div className="row row-3">
        <CountdownRing left={left} isEnding={isEnding} />
        <div className="grow">
          <div className="row">
            <span className="semi clip grow" dir="auto">
              {name}
            </span>
            <WaitTimer
              since={Date.parse(offer.waitingSince)}
              targetMs={WAIT_TARGET_MS}
              title={t('offer.waited')}
              calmIcon={IconHourglass}
            />
          </div>
          <div className="xs muted clip">{offer.service}</div>
        </div>
      </div>
      <p className="words" dir="auto">
        {words ?? t('offer.noWords')}
      </p>
      {offer.message !== undefined && (
        <p className="words inote" dir="auto">
          {offer.message}
        </p>
      )}
      <OfferFacts offer={offer} />
      <div className="acts">
        <button type="button" className="btn accept" aria-disabled={isBusy} onClick={() => void answer('accept')}>
          {t('offer.accept')} {hasKeys && <kbd>{KEY_NAMES.accept}</kbd>}
        </button>
        <button type="button" className="btn outline" aria-disabled={isBusy} onClick={() => void answer('reject')}>
          {t('offer.reject')} {hasKeys && <kbd>{KEY_NAMES.reject}</kbd>}
        </button>
      </div>
    </article>
  );
}

/** What the customer wants, as far as they have said it: the last thing they said, or answered. */
function wordsOf({ firstWords, lastWords, answers = [] }: OfferView): string | undefined {
  if (lastWords?.by === 'customer' && lastWords.text) return lastWords.text;
  return answers.at(-1)?.value ?? firstWords?.text;
}

/** The skills that are asked for, the Page, and why it comes to me. */
function OfferFacts({ offer: { kind, from, skills, account, reason } }: { offer: OfferView }): ReactNode {
  const { t } = useTranslation();
  const by = from?.name ?? '';
  const why = {
    chat: reason,
    transfer: t('offer.kindTransfer', { name: by }),
    consult: t('offer.kindConsult', { name: by }),
    conference: t('offer.kindConference', { name: by }),
  }[kind];
  return (
    <>
      <div className="chips">
        {skills.map((skill) => (
          <span key={skill.name} className="chip">
            {skill.name} {skill.level}
          </span>
        ))}
        <span className="xs muted clip end">{account}</span>
      </div>
      <p className="why">{why}</p>
    </>
  );
}

/** Tells screen readers of the offer, once. */
function useArrival({ name, service, words }: { name: string; service: string; words: string }): void {
  const { t } = useTranslation();
  const isTold = useRef(false);
  useEffect(() => {
    if (isTold.current) return;
    isTold.current = true;
    announce(t('offer.arrived', { name, service, words }), 'assertive');
  }, [name, service, words, t]);
}

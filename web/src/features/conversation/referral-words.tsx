import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../shared/data/messages.ts';

/** How the customer came. */
export function ReferralWords({ message: { referral } }: { message: MessageView }): ReactNode {
  const { t } = useTranslation();
  if (referral?.source?.toUpperCase() === 'ADS') {
    const title = referral.ad?.['ad_title'] ?? referral.ad?.['title'];
    return title === undefined ? t('conversation.cameFromAdPlain') : t('conversation.cameFromAd', { title });
  }
  return referral?.ref === undefined
    ? t('conversation.cameFromPlain')
    : t('conversation.cameFromLink', { ref: referral.ref });
}

import { IconMenu2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PageProfile } from '../../../../../contracts/page-profile.ts';
import { Avatar } from '../../../shared/ui/avatar.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useWords } from '../form/words.ts';

/** The part for everybody whose language has none. */
function ofDefault<Part extends { locale: string }>(parts: readonly Part[] | undefined): Part | undefined {
  return parts?.find(({ locale }) => locale === 'default') ?? parts?.[0];
}

/** How a new customer meets the Page, in the language of everybody else. */
export function ProfilePreview({ profile, name }: { profile: PageProfile; name: string }): ReactNode {
  const { word } = useWords();
  const greeting = ofDefault(profile.greeting)?.text ?? '';
  const questions = ofDefault(profile.iceBreakers)?.questions ?? [];
  const menu = ofDefault(profile.persistentMenu);
  return (
    <figure className="profile-preview">
      <figcaption className="xs muted">{word('profile.preview')}</figcaption>
      <div className="preview-phone">
        <Avatar name={name} size={40} />
        <b className="med">{name}</b>
        {greeting !== '' && (
          <p dir="auto">
            {greeting.replaceAll('{{user_first_name}}', 'Nadia').replaceAll('{{user_full_name}}', 'Nadia Rahman')}
          </p>
        )}
        <span className="gap" />
        {questions.map(({ question, payload }) => (
          <span key={`${payload} ${question}`} className="preview-question" dir="auto">
            {question}
          </span>
        ))}
        {menu && (
          <ul className="preview-menu">
            {menu.items.map((item) => (
              <li key={item.title} dir="auto">
                {item.title}
              </li>
            ))}
          </ul>
        )}
        {profile.getStarted !== undefined ? (
          <span className="preview-start">{word('profile.start')}</span>
        ) : (
          <span className="preview-composer">
            {menu && <Icon of={IconMenu2} size={14} />}
            {menu?.isComposerDisabled !== true && 'Aa'}
          </span>
        )}
      </div>
    </figure>
  );
}

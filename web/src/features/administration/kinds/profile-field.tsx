import type { ReactNode } from 'react';
import type { PageProfile } from '../../../../../contracts/page-profile.ts';
import { FieldNote } from '../form/field-note.tsx';
import { useWords } from '../form/words.ts';
import type { CustomFieldProps } from '../model/section.ts';
import { Greetings, Menus, Questions, StartButton } from './profile-parts.tsx';
import { ProfilePreview } from './profile-preview.tsx';

/** What customers see of the Page: a switch, its parts, and how it will look. */
export function ProfileField({ value, onChange, values, problem }: CustomFieldProps): ReactNode {
  const { word } = useWords();
  const profile = value as PageProfile | undefined;

  function change(changed: Partial<PageProfile>): void {
    const next = Object.fromEntries(
      Object.entries({ ...profile, ...changed }).filter(([, part]) => part !== undefined && part !== ''),
    );
    onChange(next);
  }

  return (
    <div className="stack-16">
      <label className="admin-switch">
        <input
          type="checkbox"
          role="switch"
          className="switch-input"
          checked={profile !== undefined}
          onChange={(event) => onChange(event.target.checked ? {} : undefined)}
        />
        <span>{word('profile.isOurs')}</span>
      </label>
      {profile === undefined ? (
        <p className="xs muted">{word('profile.isMetas')}</p>
      ) : (
        <div className="profile">
          <div className="stack-16">
            <StartButton profile={profile} change={change} />
            <Greetings profile={profile} change={change} />
            <Questions profile={profile} change={change} />
            <Menus profile={profile} change={change} />
          </div>
          <ProfilePreview profile={profile} name={typeof values['name'] === 'string' ? values['name'] : ''} />
        </div>
      )}
      <FieldNote hint={undefined} problem={problem} />
    </div>
  );
}

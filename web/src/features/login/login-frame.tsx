import './login.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSelect } from '../../shared/ui/appearance.tsx';
import { Mark } from '../../shared/ui/mark.tsx';

/** What stands around the cards of the door. */
export function LoginFrame({ children, foot }: { children: ReactNode; foot?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="login">
      <main className="login-box">
        <div className="login-brand">
          <Mark />
          <span>
            <b>{t('app.name')}</b>
            <span className="xs muted">{t('login.tagline')}</span>
          </span>
        </div>
        {children}
      </main>
      <footer className="login-foot">
        <LanguageSelect />
        {foot}
      </footer>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { isShipped } from '../../../../contracts/privileges.ts';

/** What people read for a role: those that ship have words of ours, own ones their title. */
export function useRoleName(): (role: string, title?: string) => string {
  const { t } = useTranslation();
  return (role, title) => (isShipped(role) ? t(`roles.${role}`) : (title ?? role));
}

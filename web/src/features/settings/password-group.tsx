import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../shared/client/client.ts';
import { problemOf } from '../../shared/client/problem-of.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Group } from './group.tsx';
import { PasswordField } from './password-field.tsx';

/** Changes one's own password. */
export function PasswordGroup(): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [problem, setProblem] = useState<{ field: 'current' | 'new'; text: string }>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const response = await call('PUT /api/v1/users/me/password', { body: { currentPassword, newPassword } });
    if (!response.ok) {
      const isNew = response.error.details[0]?.path === 'newPassword';
      return setProblem({ field: isNew ? 'new' : 'current', text: problemOf(response.error) });
    }
    setProblem(undefined);
    setCurrent('');
    setNew('');
    await queryClient.invalidateQueries({ queryKey: ['sessions'] });
    tell({ kind: 'success', title: t('settings.passwordChanged') });
  }

  return (
    <Group title={t('settings.password')} text={t('settings.passwordText')}>
      <form className="fields" onSubmit={(event) => void submit(event)}>
        <PasswordField
          label={t('settings.currentPassword')}
          isOwn
          value={currentPassword}
          error={problem?.field === 'current' ? problem.text : undefined}
          onChange={setCurrent}
        />
        <PasswordField
          label={t('settings.newPassword')}
          hint={t('settings.passwordHint')}
          isOwn={false}
          value={newPassword}
          error={problem?.field === 'new' ? problem.text : undefined}
          onChange={setNew}
        />
        <button type="submit" className="btn outline" aria-disabled={currentPassword === '' || newPassword === ''}>
          {t('settings.changePassword')}
        </button>
      </form>
    </Group>
  );
}

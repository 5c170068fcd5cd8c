import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A dialog: its name, what it is about, and what can be done at its foot. */
export function Dialog({
  isOpen,
  title,
  onClose,
  children,
  foot,
  width = 520,
}: {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
  width?: number;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={width}
      radius="lg"
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {children}
      {foot !== undefined && <div className="dialog-foot">{foot}</div>}
    </Modal>
  );
}

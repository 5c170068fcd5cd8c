import { IconAlertCircle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useToasts, type Toast } from '../data/toasts.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

const SHOWN_MS = 6000;

const LOOKS = {
  success: { icon: IconCircleCheck, className: 't-success' },
  danger: { icon: IconAlertCircle, className: 't-danger' },
  neutral: { icon: IconInfoCircle, className: 'muted' },
} as const;

/** Results, at the bottom start of the page; they stay while the pointer or the focus is on them. */
export function Toasts(): ReactNode {
  const toasts = useToasts((store) => store.toasts);
  return (
    <div className="toasts" role="status">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast: { id, kind, title, text, action } }: { toast: Toast }): ReactNode {
  const { t } = useTranslation();
  const dismiss = useToasts((store) => store.dismiss);
  const [isHeld, setIsHeld] = useState(false);
  const look = LOOKS[kind];
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld, dismiss]);
  return (
    <div
      className="toast"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Icon of={look.icon} size={18} className={look.className} />
      <span className="grow">
        <span className="med">{title}</span>
        {text !== undefined && <span className="xs muted toast-text">{text}</span>}
      </span>
      {action && (
        <button
          type="button"
          className="btn sm outline"
          onClick={() => {
            dismiss(id);
            action.act();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon={IconX} size={14} label={t('app.close')} onClick={() => dismiss(id)} />
    </div>
  );
}

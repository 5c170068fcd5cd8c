import { create } from 'zustand';
import { reasonOf } from '../client/problem-of.ts';

export interface Toast {
  id: number;
  kind: 'success' | 'danger' | 'neutral';
  title: string;
  text?: string | undefined;
  action?: { label: string; act: () => void } | undefined;
}

interface ToastStore {
  toasts: Toast[];
  dismiss: (id: number) => void;
}

const MOST = 3;
let next = 1;

export const useToasts = create<ToastStore>()((set) => ({
  toasts: [],
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));

/** Tells that something was not done, and why. */
export function tellFailure(title: string, error: unknown): void {
  tell({ kind: 'danger', title, text: reasonOf(error) });
}

/** Tells a result that the screen does not show anyway. */
export function tell(toast: Omit<Toast, 'id'>): void {
  const id = next++;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }].slice(-MOST) }));
}

import type { ReactNode } from 'react';
import { AlertsPage as Alerts } from '../features/supervision/alerts-page.tsx';
import { useLookInto } from './use-look-into.ts';

/** Alerts of services; the chat that one is about is looked into. */
export function AlertsPage(): ReactNode {
  const lookInto = useLookInto();
  return <Alerts onLookInto={(id) => lookInto(id, 'monitor')} />;
}

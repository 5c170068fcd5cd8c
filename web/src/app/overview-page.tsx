import type { ReactNode } from 'react';
import { SupervisionPage } from '../features/supervision/supervision-page.tsx';
import { useLookInto } from './use-look-into.ts';

/** The live overview; a chat that is looked into opens on a page of its own. */
export function OverviewPage(): ReactNode {
  return <SupervisionPage onLookInto={useLookInto()} />;
}

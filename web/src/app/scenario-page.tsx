import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BuilderPage } from '../features/builder/builder-page.tsx';

/** The Scenario Builder of the scenario that the address names. */
export function ScenarioPage(): ReactNode {
  const { id } = useParams({ from: '/shell/admin/scenarios/$id' });
  const navigate = useNavigate();
  return <BuilderPage key={id} name={id} onLeave={() => void navigate({ to: '/admin/scenarios' })} />;
}

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { useBuilderContext } from '../builder-context.tsx';
import { canaryQuery } from './canary-data.ts';

const CanaryStrip = lazy(async () => ({ default: (await import('./canary-strip.tsx')).CanaryStrip }));

/** Under the head while a version is tried on a part of the conversations, and after a guardrail took it back: how it does, and what can be done. */
export function CanaryBar(): ReactNode {
  const { name } = useBuilderContext();
  const { data: canary } = useQuery(canaryQuery(name));
  if (!canary || (canary.end && canary.end.how !== 'returned')) return null;
  return (
    <Suspense fallback={null}>
      <CanaryStrip canary={canary} />
    </Suspense>
  );
}

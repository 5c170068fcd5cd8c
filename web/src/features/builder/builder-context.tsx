import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { BuilderActions, BuilderState, BuilderStore, Languages } from './model/builder-store.ts';

/** What the parts of one builder share. */
export interface BuilderContextValue {
  name: string;
  store: BuilderStore;
  languages: Languages;
}

export const BuilderContext = createContext<BuilderContextValue | undefined>(undefined);

export function useBuilderContext(): BuilderContextValue {
  const value = useContext(BuilderContext);
  if (!value) throw new Error('Only inside of a builder');
  return value;
}

/** A part of the builder's state. */
export function useBuilder<Part>(select: (state: BuilderState & BuilderActions) => Part): Part {
  return useStore(useBuilderContext().store, select);
}

/** What can be done; never changes. */
export function useActions(): BuilderActions {
  return useBuilderContext().store.getState();
}

import { useEffect, useRef, useState } from 'react';
import type { HttpResponse } from '../../../../../contracts/http-client.ts';
import { call, isAway } from '../../../shared/client/client.ts';
import type { BuilderStore } from './builder-store.ts';
import type { OpenedScenario } from './scenario-data.ts';

type SaveState = 'saved' | 'waiting' | 'saving' | 'away' | 'refused' | 'changed';

export interface Autosave {
  state: SaveState;
  savedAt: string | undefined;
  revision: number;
  /** Saves what is not saved yet. Gives the revision of the draft, undefined where it could not be saved. */
  flush: () => Promise<number | undefined>;
  /** It was published or thrown away: there is no draft any more. */
  forget: () => void;
}

const SAVE_AFTER_MS = 800;
const AGAIN_AFTER_MS = 4000;

/** Keeps the draft by itself, over the revision that was read: what somebody else saved meanwhile is never written over. */
export function useAutosave(name: string, store: BuilderStore, opened: OpenedScenario): Autosave {
  const [state, setState] = useState<SaveState>('saved');
  const [savedAt, setSavedAt] = useState(opened.savedAt);
  const [revision, setRevision] = useState(opened.revision);
  const kept = useRef({
    text: opened.source,
    revision: opened.revision,
    running: Promise.resolve<number | undefined>(0),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  async function save(): Promise<number | undefined> {
    const { text } = store.getState().history;
    if (text === kept.current.text) return kept.current.revision;
    setState('saving');
    const response = await call('PUT /api/v1/scenarios/:name/draft', {
      params: { name },
      body: { source: text, revision: kept.current.revision },
    });
    if (!response.ok) {
      if (isAway(response)) schedule(AGAIN_AFTER_MS);
      setState(stateOf(response));
      return undefined;
    }
    kept.current = { ...kept.current, text, revision: response.body.revision };
    setRevision(response.body.revision);
    setSavedAt(response.body.savedAt);
    const isNewest = store.getState().history.text === text;
    // What the api knows besides, agents, services and other scenarios, is in its report alone.
    if (isNewest) store.setState({ report: response.body.report as never });
    setState(isNewest ? 'saved' : 'waiting');
    return response.body.revision;
  }

  /** One at a time: each goes over the revision of the one before. */
  function flush(): Promise<number | undefined> {
    clearTimeout(timer.current);
    kept.current.running = kept.current.running.then(save, save);
    return kept.current.running;
  }

  function schedule(afterMs: number): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void latest.current(), afterMs);
  }

  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    const stop = store.subscribe((now, before) => {
      if (now.history.text === before.history.text) return;
      setState((known) => (known === 'changed' ? known : 'waiting'));
      schedule(SAVE_AFTER_MS);
    });
    const leave = (): void => void latest.current();
    window.addEventListener('pagehide', leave);
    return () => {
      stop();
      window.removeEventListener('pagehide', leave);
      leave();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `schedule` goes through `latest`
  }, [store]);

  return {
    state,
    savedAt,
    revision,
    flush,
    forget() {
      kept.current = { ...kept.current, text: store.getState().history.text, revision: 0 };
      setRevision(0);
      setState('saved');
    },
  };
}

function stateOf(refusal: Extract<HttpResponse<unknown>, { ok: false }>): SaveState {
  if (isAway(refusal)) return 'away';
  return refusal.error.code === 'SCENARIO_CHANGED' ? 'changed' : 'refused';
}

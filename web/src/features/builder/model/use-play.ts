import { useState } from 'react';
import type { TestStep } from '../../../../../scenario-dsl/testing/test-file-schema.ts';
import { useBuilderContext } from '../builder-context.tsx';
import type { PlayState } from '../language/play-thread.ts';
import { keepTests } from './kept-tests.ts';

/** A chat with the draft. */
export interface Play {
  state: PlayState | undefined;
  problem: string | undefined;
  /** Who is offered chats: somebody who can do everything. */
  agent: string;
  begin: () => Promise<void>;
  step: (step: TestStep) => Promise<void>;
  back: () => Promise<void>;
  keepTest: (name: string, text: string) => void;
}

const AGENT = 'bob';

/** Plays the text as it is when the chat begins, with an agent who has every skill that it asks for. */
export function usePlay(): Play {
  const { store, languages, name } = useBuilderContext();
  const [state, setState] = useState<PlayState>();
  const [problem, setProblem] = useState<string>();
  const { checks } = languages;
  function take(played: { state: PlayState } | { problem: string }): void {
    if ('problem' in played) {
      setProblem(played.problem);
      return;
    }
    setProblem(undefined);
    setState(played.state);
    const { path, block, isEnded } = played.state;
    const ran = new Set(path.map((way) => way.block));
    store.setState({ marks: { ran, live: isEnded ? undefined : block, missing: new Set(), counts: new Map() } });
  }
  return {
    state,
    problem,
    agent: AGENT,
    begin: async () =>
      take(await checks.beginPlay(store.getState().history.text, settingsFor(skillsOf(store.getState().history.text)))),
    step: async (step) => take(await checks.playStep(step)),
    back: async () => take(await checks.backPlay(1)),
    keepTest: (_title, text) => keepTests(name, text),
  };
}

/** The names of skills that a text asks for. */
function skillsOf(text: string): string[] {
  return [
    ...new Set(
      [...text.matchAll(/skills: *\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
        list.split(',').map((each) => each.trim().replaceAll(/['"]/g, '')),
      ),
    ),
  ].filter((skill) => /^[\w -]+$/.test(skill));
}

function settingsFor(skills: readonly string[]): string {
  const levels = skills.map((skill) => `${skill}: 100`).join(', ');
  return `variables: { customer: { firstName: Ada, lastName: Byron } }\nagents: { ${AGENT}: { name: Bob, skills: { ${levels} } } }`;
}

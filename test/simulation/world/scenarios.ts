import { createHash } from 'node:crypto';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { MOVE_SCENARIO } from './moves.ts';
import type { ScenarioName } from './plan.ts';

const SOURCES: Record<ScenarioName, string> = {
  moves: MOVE_SCENARIO,
  chat: `
attendant: 1
scenario: chat
blocks:
  hello:
    send-message: { text: "Hello" }
  find:
    find-agent: { skills: [support], timeout: 90s }
    exits: { no-agents: late, timeout: late }
  talk:
    connect-chat: { noAnswer: 15s }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  out:
    goto: end
  late:
    send-message: { text: "Nobody is free" }
  end:
    exit: {}
`,
  'chat-and-out': `
attendant: 1
scenario: chat-and-out
blocks:
  find:
    find-agent: { skills: [support], timeout: 10m }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: find, target-disconnected: end }
  end:
    exit: {}
`,
  question: `
attendant: 2
scenario: question
languages: [en, de]
language: $(item.referral.ref|en)
snippets:
  thanks: { en: "Thank you for $(topic)", de: "Danke für $(topic)" }
blocks:
  ask:
    send-message: { text: { en: "What is it about?", de: "Worum geht es?" }, wait: { into: topic, timeout: 60s } }
    exits: { timeout: end }
  find:
    find-agent: { skills: [support], priority: 5, timeout: 3m }
    exits: { no-agents: end, timeout: end }
  found:
    send-message: { text: { en: "$(agent.name) will be with you", de: "$(agent.name) ist gleich da" } }
  talk:
    connect-chat: { noAnswer: 10s }
    exits: { no-answer: again, target-disconnected: thanks }
  again:
    goto: find
  thanks:
    send-message: { text: { snippet: thanks } }
  end:
    exit: {}
`,
  urgency: `
attendant: 1
scenario: urgency
blocks:
  how:
    if:
      - { when: "$(item.message) contains 'urgent'", go: find-first }
      - { else: find }
  find-first:
    find-agent: { skills: [support], priority: 9, timeout: 5m }
    exits: { no-agents: end, timeout: end }
  found-first:
    goto: talk
  find:
    find-agent: { skills: [support], timeout: 5m }
    exits: { no-agents: end, timeout: end }
  talk:
    connect-chat: { noAnswer: 15s }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  end:
    exit: {}
`,
  escalation: `
attendant: 1
scenario: escalation
blocks:
  find:
    find-agent: { skills: [support], intervals: [{ for: 20s, minLevel: 50 }, { for: 5m, minLevel: 10 }] }
    exits: { no-agents: closed, timeout: closed }
  talk:
    connect-chat: { noAnswer: 12s }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  out:
    goto: end
  closed:
    send-message: { text: "Nobody is here" }
  end:
    exit: {}
`,
};

export interface WorldScenario {
  version: string;
  document: ScenarioDocument;
}

const parsed = new Map<ScenarioName, WorldScenario>();

/** A scenario of the simulated world, checked once in each process. */
export function findWorldScenario(name: ScenarioName): WorldScenario {
  const known = parsed.get(name);
  if (known) return known;
  const { document, problems } = parseScenario(SOURCES[name]);
  if (!document) throw new Error(`The scenario "${name}" of the simulated world is wrong: ${JSON.stringify(problems)}`);
  const scenario = { version: createHash('sha256').update(SOURCES[name]).digest('hex'), document };
  parsed.set(name, scenario);
  return scenario;
}

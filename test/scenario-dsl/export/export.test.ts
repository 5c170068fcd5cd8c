import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMachine, type AnyStateNode } from 'xstate';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../../scenario-dsl/export/to-xstate.ts';
import { runState } from '../../../scenario-dsl/machine/run-setup.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { parseBlocks } from '../scenario-run.ts';

const { document } = parseScenario(readFileSync('scenarios/mobile-chat.yaml', 'utf8'));
if (!document) throw new Error('Mobile Chat cannot be read.');

/** Every transition of a machine by source, event and target; the loop bound's and the machine's own name left out. */
function arrows(root: AnyStateNode): string[] {
  const nodes = [root, ...Object.values(root.states).flatMap((block) => [block, ...Object.values(block.states)])];
  return nodes.flatMap((node) => {
    const own = [...node.transitions.values(), node.always ?? []].flat();
    return own
      .map(({ eventType, target }) => `${nodeName(node)} ${eventType} ${(target ?? []).map(nodeName).join()}`)
      .map((arrow) => arrow.replace(/(xstate\.after\.\d+)\.\S+/, '$1'))
      .filter((arrow) => !arrow.endsWith(runState.failed));
  });
}

function nodeName({ id, key, parent }: AnyStateNode): string {
  if (!parent) return 'root';
  return parent.parent ? `${parent.key}.${key}` : id.replace('run.', '');
}

describe('An exported XState machine', () => {
  const json: unknown = JSON.parse(JSON.stringify(toXstate(document)));
  const exported = createMachine(json as Parameters<typeof createMachine>[0]);

  it('is plain JSON from which XState makes a machine with the same arrows', () => {
    expect(arrows(exported.root)).toEqual(arrows(compileScenario(document).machine.root));
  });

  it('calls guards by their conditions and effects by their blocks', () => {
    expect(json).toMatchObject({
      id: 'mobile-chat',
      states: {
        topic: {
          always: [{ guard: "$(question) contains 'invoice'", target: '#find-billing' }, {}, { target: '#find' }],
        },
        find: {
          entry: [{ type: 'find-agent' }],
          after: { '180000': [{ target: '#closed', description: 'timeout', actions: [{ type: 'take-back' }] }] },
        },
        talk: { states: { choosing: { always: [{ guard: 'hasNobody' }, { target: 'offering' }] } } },
      },
    });
  });
});

describe('An exported Mermaid diagram', () => {
  it('has a state for each block and an arrow for each way', () => {
    const lines = toMermaid(document).split('\n');
    expect(lines[0]).toBe('stateDiagram-v2');
    expect(lines).toContain('  state "Find an agent (find-agent)" as block_find');
    expect(lines).toContain('  [*] --> block_welcome');
    expect(lines).toContain('  block_about --> block_thanks : timeout after 10m');
    expect(lines.some((line) => line.includes('send-error'))).toBe(false);
    expect(toMermaid(document, { hasFailures: true })).toContain('  block_found --> on_error : send-error');
    expect(lines).toContain('  block_end --> [*]');
  });

  it('draws a Goto as an arrow, and the first words of a message', () => {
    const blocks =
      'a: { send-message: { text: "Hello, how can we help you today? Please tell us." } }\nb: { goto: c }\nc: { goto: d }\nd: { exit: {} }';
    const { document: parsed } = parseBlocks(blocks);
    if (!parsed) throw new Error('wrong');
    expect(toMermaid(parsed).split('\n')).toEqual([
      'stateDiagram-v2',
      '  state "a (send-message) Hello, how can we help you today? Please…" as block_a'.replace('…', '#8230;'),
      '  state "d (exit)" as block_d',
      '  [*] --> block_a',
      '  block_a --> block_d',
      '  block_d --> [*]',
      '',
    ]);
  });

  it('says what a scenario is given', () => {
    const source = 'attendant: 2\nscenario: x\ninputs: { brand: text }\nblocks:\n  a: { exit: {} }\n';
    const parsed = parseScenario(source).document;
    if (!parsed) throw new Error('It cannot be read.');
    expect(toMermaid(parsed)).toMatch(/\[\*\] --> \S+: given brand/);
  });

  it('keeps what an author writes from meaning something to Mermaid', () => {
    const parsed = parseBlocks(`a: { title: 'x" as y: <b>; z', if: [{ when: "$(q|) == ';:'", go: a }] }`);
    if (!parsed.document) throw new Error('wrong');
    const [, state, , arrow] = toMermaid(parsed.document).split('\n');
    expect(state).toBe('  state "x#34; as y#58; #60;b#62;#59; z (if)" as block_a');
    expect(arrow).toBe('  block_a --> block_a : $(q|) == #39;#59;#58;#39;');
  });
});

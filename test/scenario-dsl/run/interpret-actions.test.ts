import { describe, expect, it } from 'vitest';
import { assign, createMachine, transition } from 'xstate';
import { interpretActions } from '../../../scenario-dsl/run/interpret-actions.ts';

const timer = { id: 'xstate.after.5.a', delay: 5, event: { type: 'xstate.after.5.a' } };

describe('The actions of a pure transition', () => {
  it('have the shapes that the pinned XState gives today', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { after: { 5: 'b' }, on: { go: 'b' }, exit: assign({}) }, b: { after: { 7: 'a' } } },
    });
    const [, actions] = transition(machine, machine.resolveState({ value: 'a' }), { type: 'go' });
    expect(actions.map(({ type, params }) => ({ type, params }))).toEqual([
      { type: 'xstate.cancel', params: { sendId: 'xstate.after.5.m.a' } },
      {
        type: 'xstate.raise',
        params: expect.objectContaining({
          id: 'xstate.after.7.m.b',
          delay: 7,
          event: { type: 'xstate.after.7.m.b' },
        }) as unknown,
      },
    ]);
  });

  it('arm and cancel deadlines', () => {
    const armed = interpretActions([{ type: 'xstate.raise', params: timer }], [{ id: 'other', at: 1 }], 100);
    expect(armed.deadlines).toEqual([
      { id: 'other', at: 1 },
      { id: 'xstate.after.5.a', at: 105 },
    ]);
    const cancelled = interpretActions([{ type: 'xstate.cancel', params: { sendId: 'other' } }], armed.deadlines, 100);
    expect(cancelled.deadlines).toEqual([{ id: 'xstate.after.5.a', at: 105 }]);
  });

  it.each([
    ['an unknown action', { type: 'xstate.spawnChild', params: {} }],
    ['a delayed raise that is no after', { type: 'xstate.raise', params: { ...timer, id: 'mine' } }],
    ['an effect without an id', { type: 'effect', params: { kind: 'send-message' } }],
  ])('throw as a fault of the engine: %s', (_what, action) => {
    expect(() => interpretActions([action], [], 0)).toThrow('does not know');
  });
});

import { runSetup, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { ChatBotSelectAccountFields } from './chat-bot-select-account-schema.ts';
import { compileTexts } from './compile-texts.ts';

/** Chooses the bot's account; it wins over those of the Ask a Bot blocks. Source: Bright Pattern, Chat Bot Select Account. */
export const chatBotSelectAccount: BlockBehaviour<ChatBotSelectAccountFields> = {
  ways: () => [{ way: 'next', by: 'scenario' }],
  state: (account, wiring) => {
    const fill = compileTexts({ account });
    return {
      always: [
        {
          ...toState(wiring.next),
          actions: runSetup.assign({ botAccount: ({ context }) => fill(context.variables).account }),
        },
      ],
    };
  },
};

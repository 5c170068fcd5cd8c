import { z } from 'zod';
import { duration, saidMessage, variableName, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';
import {
  attachmentSchema,
  buttonsSchema,
  cardsSchema,
  gatherSchema,
  mediaSchema,
  quickRepliesSchema,
  receiptSchema,
  typingSchema,
} from './message-parts-schema.ts';

const contents = ['text', 'attachments', 'cards', 'media', 'receipt'] as const;

const sendMessageSchema = z
  .strictObject({
    text: saidMessage.optional().describe('What to say; $(name) or $(name|fallback) puts a variable in.'),
    buttons: buttonsSchema
      .optional()
      .describe('Up to three buttons in the message itself, which stay; text at most 640.'),
    attachments: z.array(attachmentSchema).min(1).max(10).optional().describe('Pictures, videos, sounds and files.'),
    cards: cardsSchema.optional().describe('Up to ten cards side by side.'),
    media: mediaSchema.optional().describe('A picture or video with buttons.'),
    receipt: receiptSchema.optional().describe('The confirmation of an order.'),
    typing: typingSchema.optional(),
    wait: z
      .strictObject({
        into: variableName.optional().describe('Variable that the reply becomes.'),
        timeout: duration.optional().describe('How long to wait for it; 10m where left out.'),
        files: variableName
          .optional()
          .describe(
            'Expect a picture, video, sound or file: the list of them becomes this variable, and the exit file-received is taken.',
          ),
        gather: gatherSchema.optional(),
      })
      .optional()
      .describe('Wait for the customer’s next message.'),
    quickReplies: quickRepliesSchema.optional(),
  })
  .superRefine((fields, context) => {
    const fail = (path: string[], message: string, remedy: string): void => {
      const params: IssueParams = { code: 'bad-message', remedy };
      context.addIssue({ code: 'custom', path, message, params: { ...params } });
    };
    if (contents.every((name) => fields[name] === undefined)) {
      fail([], 'The message holds nothing.', `Write one of: ${contents.join(', ')}.`);
    }
    for (const name of ['cards', 'quickReplies'] as const) {
      if (!hasMore(fields[name]) || fields.wait) continue;
      fail([name, 'more'], 'Nobody waits for a tap on "more".', 'Add wait: { into: <variable> }.');
    }
    if (['cards', 'quickReplies'].every((name) => hasMore(fields[name as 'cards' | 'quickReplies']))) {
      fail(['quickReplies', 'more'], 'Cards and quick replies cannot both have pages.', 'Keep one "more".');
    }
    if (fields.buttons && fields.text === undefined) {
      fail(['buttons'], 'Buttons need a text above them.', 'Write "text" too.');
    }
  })
  .meta({
    description: 'Sends a message, and waits for the reply where it is told to.',
    anyOf: contents.map((name) => ({ required: [name] })),
    dependentRequired: { buttons: ['text'] },
  });

export type SendMessageFields = z.infer<typeof sendMessageSchema>;

export const sendMessageDefinition = defineBlock({
  schema: sendMessageSchema,
  fieldsForAllExits: {
    text: 'text',
    quickReplies: { each: 'list', title: '$(each)' },
    wait: { files: 'variable' },
  },
  guide: {
    title: 'Send Message',
    group: 'talk',
    notes: [
      'The reply is the first message that comes once the prompt is being sent; it is acted on when the send has settled. The time runs from then on.',
      'Texts over 2,000 characters are refused; with buttons 640. Titles of buttons and quick replies are cut by Messenger after 20.',
      'Cards and quick replies can be made for each item of a list (at most 100): `each` names it, `$(each)` and `$(each.name)` are the item. What does not fit is left out, or comes with a tap on `more`, in pages; that tap is no reply. Where the list is empty, `no-data` is taken if it is wired, and nothing is sent; else the rest of the message is sent, and a message without a rest waits for nobody: it leads where `timeout` does.',
      'A text leaves first, then each attachment; quick replies go with the last.',
      'What a variable leaves without a title or an address (a quick reply, button, card, picture) is left out, and the rest is sent; where nothing is left the scenario goes on.',
    ],
    differs: 'One channel: there is no SMS. *Failed* and *Send error* are one exit, `send-error`.',
  },
});

function hasMore(list: readonly unknown[] | { more?: unknown } | undefined): boolean {
  return list !== undefined && 'more' in list && list.more !== undefined;
}

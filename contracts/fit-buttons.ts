import { isBlank, toAddress, toSendable, type Notes } from './fit-text.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { MessageButton } from './outbound-attachment.ts';

interface Tap {
  title: string;
  payload: string;
}

/**
 * What can be tapped, as far as Messenger takes it: with a title that is cut to its length, and a payload, which is the title
 * where it is empty. The others are left out with a note.
 */
export function fitButtons<Button extends Tap>(
  buttons: readonly Button[],
  { what, limits }: { what: string; limits: { count: number; title: number } },
  notes: Notes,
): Button[] {
  const fitted = buttons.flatMap((button, index) => {
    if (isBlank(button.title)) {
      notes.push(`${what} ${index + 1}: its title is empty`);
      return [];
    }
    const title = toSendable(button.title, limits.title);
    const payload = isBlank(button.payload) ? button.title : button.payload;
    return [{ ...button, title, payload: toSendable(payload, MESSENGER_LIMITS.quickReplyPayload, notes) }];
  });
  if (fitted.length > limits.count) notes.push(`what is over ${limits.count} of ${what}`);
  return fitted.slice(0, limits.count);
}

const LIMITS = { count: MESSENGER_LIMITS.template.buttons, title: MESSENGER_LIMITS.template.buttonTitle };

/** The buttons of a template: those that lead to an address or call a number need one. */
export function fitTemplateButtons(buttons: readonly MessageButton[], notes: Notes): MessageButton[] {
  const leading = buttons.flatMap((button, index): MessageButton[] => {
    if (button.type === 'postback') return [button];
    const target = button.type === 'web_url' ? toAddress(button.url) : toNumberToCall(button.payload);
    if (target === undefined) {
      notes.push(`button ${index + 1}: its ${button.type === 'web_url' ? 'address' : 'number'} is empty or none`);
      return [];
    }
    return [button.type === 'web_url' ? { ...button, url: target } : { ...button, payload: target }];
  });
  // A web address has no payload: the title stands in for one meanwhile.
  const taps = leading.map((button) => ({ button, title: button.title, payload: payloadOf(button) }));
  return fitButtons(taps, { what: 'button', limits: LIMITS }, notes).map(({ button, title, payload }) =>
    button.type === 'web_url' ? { ...button, title } : { ...button, title, payload },
  );
}

function payloadOf(button: MessageButton): string {
  return button.type === 'web_url' ? button.title : button.payload;
}

/** A number to call as Messenger takes it, `+` and digits; people write spaces and parentheses. Undefined where it is none. */
export function toNumberToCall(text: string): string | undefined {
  const number = text.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+');
  return /^\+\d{5,20}$/.test(number) ? number : undefined;
}

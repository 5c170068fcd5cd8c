import { fitTemplateButtons } from './fit-buttons.ts';
import { fitReceipt } from './fit-receipt.ts';
import { isBlank, toAddress, toSendable, type Notes } from './fit-text.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { GenericElement, Template } from './outbound-attachment.ts';

const { template: LIMITS } = MESSENGER_LIMITS;

type TemplateOf<Kind extends Template['kind']> = Extract<Template, { kind: Kind }>;

/** A template as Messenger takes it; a text where no more is left of it, undefined where nothing is. */
export function fitTemplate(template: Template, notes: Notes): Template | string | undefined {
  switch (template.kind) {
    case 'button':
      return fitButtonTemplate(template, notes);
    case 'generic':
      return fitCards(template, notes);
    case 'media':
      return fitMedia(template, notes);
    case 'receipt':
      return fitReceipt(template, notes);
  }
}

function fitButtonTemplate(template: TemplateOf<'button'>, notes: Notes): TemplateOf<'button'> | string | undefined {
  const buttons = fitTemplateButtons(template.buttons, notes);
  if (buttons.length === 0) return toSendable(template.text, MESSENGER_LIMITS.text, notes);
  if (!isBlank(template.text)) {
    return { ...template, text: toSendable(template.text, LIMITS.buttonText, notes), buttons };
  }
  notes.push('the buttons: the text above them is empty');
  return undefined;
}

/** Messenger wants something beside the title of each card: titles alone leave as a text. */
function fitCards({ elements }: TemplateOf<'generic'>, notes: Notes): TemplateOf<'generic'> | string | undefined {
  const cards = elements.flatMap((element, index) => fitCard(element, index + 1, notes));
  const whole = cards.filter(hasMoreThanTitle);
  if (whole.length === 0) return cards.length === 0 ? undefined : textOf(cards, notes);
  for (const { title } of cards.filter((card) => !hasMoreThanTitle(card)))
    notes.push(`the card "${title}": it has nothing but a title`);
  if (whole.length > LIMITS.elements) notes.push(`what is over ${LIMITS.elements} cards`);
  return { kind: 'generic', elements: whole.slice(0, LIMITS.elements) };
}

function textOf(cards: readonly GenericElement[], notes: Notes): string {
  const titles = cards.map(({ title }) => title).join('\n');
  return toSendable(titles, MESSENGER_LIMITS.text, notes);
}

function hasMoreThanTitle({ subtitle, imageUrl, url, buttons }: GenericElement): boolean {
  return [subtitle, imageUrl, url, buttons].some((field) => field !== undefined);
}

function fitCard(element: GenericElement, number: number, notes: Notes): GenericElement[] {
  const { title, subtitle } = element;
  if (isBlank(title)) {
    notes.push(`card ${number}: its title is empty`);
    return [];
  }
  const imageUrl = addressOf(element.imageUrl, `the picture of card ${number}`, notes);
  const url = addressOf(element.url, `the address of card ${number}`, notes);
  const buttons = fitTemplateButtons(element.buttons ?? [], notes);
  return [
    {
      title: toSendable(title, LIMITS.title),
      ...(subtitle !== undefined && !isBlank(subtitle) && { subtitle: toSendable(subtitle, LIMITS.title) }),
      ...(imageUrl !== undefined && { imageUrl }),
      ...(url !== undefined && { url }),
      ...(buttons.length > 0 && { buttons }),
    },
  ];
}

function addressOf(address: string | undefined, what: string, notes: Notes): string | undefined {
  const sendable = address === undefined ? undefined : toAddress(address);
  if (address !== undefined && sendable === undefined) notes.push(`${what}: it is empty or no address`);
  return sendable;
}

function fitMedia(template: TemplateOf<'media'>, notes: Notes): TemplateOf<'media'> | undefined {
  const { kind, media } = template;
  const attachmentId = (template.attachmentId ?? '').toWellFormed();
  const url = isBlank(attachmentId) ? addressOf(template.url ?? '', `the ${media}`, notes) : undefined;
  if (isBlank(attachmentId) && url === undefined) return undefined;
  const buttons = fitTemplateButtons(template.buttons ?? [], notes);
  return { kind, media, ...(url === undefined ? { attachmentId } : { url }), ...(buttons.length > 0 && { buttons }) };
}

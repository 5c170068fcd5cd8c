import { isBlank, toAddress, toSendable, type Notes } from './fit-text.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { ReceiptAddress, ReceiptElement, ReceiptTemplate } from './outbound-attachment.ts';

const { template: LIMITS } = MESSENGER_LIMITS;
/** Meta names no limit for these; ours keeps a receipt small. */
const LINE = 200;

/**
 * A receipt as Messenger takes it: without items, sums and lines that are empty. Undefined where one is empty that it needs. A
 * sum that did not read as a number is null here, whatever its type says.
 */
export function fitReceipt(receipt: ReceiptTemplate, notes: Notes): ReceiptTemplate | undefined {
  const missing = listMissing(receipt);
  if (missing.length > 0) {
    notes.push(`the receipt: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} empty`);
    return undefined;
  }
  const elements = fitElements(receipt.elements, notes);
  const address = receipt.address && fitAddress(receipt.address, notes);
  return {
    kind: 'receipt',
    recipientName: line(receipt.recipientName),
    orderNumber: line(receipt.orderNumber),
    currency: receipt.currency.toWellFormed(),
    paymentMethod: line(receipt.paymentMethod),
    summary: withoutEmptySums(receipt.summary),
    ...fitLines(receipt),
    ...(elements.length > 0 && { elements }),
    ...(address && { address }),
    ...(receipt.adjustments && { adjustments: fitAdjustments(receipt.adjustments) }),
  };
}

function fitLines({ merchantName = '', orderUrl = '', timestamp = '' }: ReceiptTemplate): Partial<ReceiptTemplate> {
  const url = toAddress(orderUrl);
  return {
    ...(!isBlank(merchantName) && { merchantName: line(merchantName) }),
    ...(url !== undefined && { orderUrl: url }),
    ...(/^\d+$/.test(timestamp) && { timestamp }),
  };
}

function listMissing({ recipientName, orderNumber, currency, paymentMethod, summary }: ReceiptTemplate): string[] {
  const needed = { recipientName, orderNumber, currency, paymentMethod };
  const texts = Object.entries(needed).flatMap(([name, text]) => (isBlank(text) ? [name] : []));
  return isSum(summary.totalCost) ? texts : [...texts, 'summary.totalCost'];
}

function fitElements(elements: readonly ReceiptElement[] = [], notes: Notes): ReceiptElement[] {
  const fitted = elements.flatMap((element, index): ReceiptElement[] => {
    const { title, subtitle, imageUrl, currency, price, quantity } = element;
    if (isBlank(title) || !isSum(price)) {
      notes.push(`item ${index + 1} of the receipt: its title or price is empty`);
      return [];
    }
    const picture = imageUrl === undefined ? undefined : toAddress(imageUrl);
    return [
      {
        title: toSendable(title, LIMITS.title),
        price,
        ...(subtitle !== undefined && !isBlank(subtitle) && { subtitle: toSendable(subtitle, LIMITS.title) }),
        ...(isSum(quantity) && { quantity }),
        ...(currency !== undefined && !isBlank(currency) && { currency: line(currency) }),
        ...(picture !== undefined && { imageUrl: picture }),
      },
    ];
  });
  return fitted.slice(0, LIMITS.receiptElements);
}

function fitAdjustments(adjustments: NonNullable<ReceiptTemplate['adjustments']>): { name: string; amount: number }[] {
  return adjustments.flatMap(({ name, amount }) =>
    isBlank(name) || !isSum(amount) ? [] : [{ name: line(name), amount }],
  );
}

/** Messenger wants all of its lines but the second. */
function fitAddress(address: ReceiptAddress, notes: Notes): ReceiptAddress | undefined {
  const { street1, street2, city, postalCode, state, country } = address;
  if ([street1, city, postalCode, state, country].some(isBlank)) {
    notes.push('the address of the receipt: a line of it is empty');
    return undefined;
  }
  return {
    street1: line(street1),
    ...(street2 !== undefined && !isBlank(street2) && { street2: line(street2) }),
    city: line(city),
    postalCode: line(postalCode),
    state: line(state),
    country: line(country),
  };
}

function withoutEmptySums({ totalCost, ...sums }: ReceiptTemplate['summary']): ReceiptTemplate['summary'] {
  return { ...Object.fromEntries(Object.entries(sums).filter(([, sum]) => isSum(sum))), totalCost };
}

function isSum(sum: unknown): sum is number {
  return typeof sum === 'number' && Number.isFinite(sum);
}

function line(text: string): string {
  return toSendable(text, LINE);
}

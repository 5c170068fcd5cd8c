import { describe, expect, it } from 'vitest';
import {
  cannedValuesOf,
  fillCannedText,
  listPlaceholders,
  searchCannedResponses,
} from '../../contracts/canned-response.ts';

const values = cannedValuesOf({
  customer: { firstName: 'Nadia', lastName: 'Rahman', name: 'Nadia Rahman' },
  agent: { name: 'Amara' },
  service: 'Returns',
  page: 'Halden Home',
  answers: { order: 'HH-20418', 'customer.firstName': 'Mallory' },
});

describe('filling a canned response', () => {
  it('takes names of customer, agent, service and Page, and answers, in both spellings', () => {
    const template =
      'Hi $(customer.firstName) {{customer.lastName}}, $(agent.name) of {{ service.name }} at $(page.name): $(order), {{answers.order}}.';
    expect(fillCannedText(template, values)).toEqual({
      text: 'Hi Nadia Rahman, Amara of Returns at Halden Home: HH-20418, HH-20418.',
      unfilled: [],
    });
  });

  it('leaves a placeholder for which there is nothing, and tells it once', () => {
    expect(fillCannedText('On $(date), between $(from) and {{to}}, $(date)', values)).toEqual({
      text: 'On $(date), between $(from) and {{to}}, $(date)',
      unfilled: ['date', 'from', 'to'],
    });
  });

  it('says what stands after the bar where there is nothing, and takes an empty value for nothing', () => {
    const nobody = cannedValuesOf({ customer: { firstName: '' } });
    expect(fillCannedText('Hello $(customer.firstName|there){{customer.lastName|}}!', nobody).text).toBe(
      'Hello there!',
    );
  });

  it('never takes an answer for a name of ours, and fills nothing that a customer wrote', () => {
    expect(fillCannedText('$(customer.firstName)', values).text).toBe('Nadia');
    const sly = cannedValuesOf({ customer: { firstName: '$(agent.name)' }, agent: { name: 'Amara' } });
    expect(fillCannedText('$(customer.firstName)', sly).text).toBe('$(agent.name)');
  });

  it('looks at no letter case of names', () => {
    expect(fillCannedText('$(Customer.firstname)', values).text).toBe('Nadia');
  });

  it('takes prices and braces of other kinds for what they are', () => {
    const text = 'It is $5 (or $(…)?), { } and {{}} and $() stay';
    expect(listPlaceholders('It is $5, { } and {{}} and $() stay')).toEqual([]);
    expect(listPlaceholders(text)).toEqual(['…']);
  });
});

describe('searching canned responses', () => {
  const all = [
    { name: 'refund', folder: 'Money', text: 'We pay you back when the driver has picked it up.' },
    { name: 'pickup-where', folder: 'Returns', text: 'Where should we pick it up?' },
    { name: 'pickup-time', folder: 'Returns', text: 'Our driver will collect the parcel.' },
    { name: 'late-pickup', folder: 'Returns', text: 'The driver is late.' },
  ];
  const find = (query: string) => searchCannedResponses(all, query).map(({ name }) => name);

  it('puts those first whose name begins so, then names and folders, then texts', () => {
    expect(find('/pick')).toEqual(['pickup-time', 'pickup-where', 'late-pickup', 'refund']);
  });

  it('wants every word, wherever it stands', () => {
    expect(find('driver returns')).toEqual(['late-pickup', 'pickup-time']);
    expect(find('nothing driver')).toEqual([]);
  });

  it('gives all by folder and name for no word', () => {
    expect(find(' ')).toEqual(['refund', 'late-pickup', 'pickup-time', 'pickup-where']);
  });
});

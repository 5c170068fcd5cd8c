// Fields of blocks that are written well and come to nothing: addresses that lead nowhere, and numbers that are no quantities.
import { toAddress } from '../../contracts/fit-text.ts';
import { toNumberToCall } from '../../contracts/fit-buttons.ts';
import { listQuestions } from '../blocks/request-input.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { firstSaid } from '../expression/said-text.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import { listBlockTexts } from './block-texts.ts';

/** What is told of a field; `path` leads on from the block's type. */
interface FieldSlip {
  path: SourcePath;
  code: 'no-address' | 'no-number-to-call' | 'digits-as-number';
  message: string;
  remedy: string;
}

/** Addresses and numbers of a message that Messenger does not take: what has them is left out when it is sent. */
export function findDeadAddresses(block: ScenarioBlock): FieldSlip[] {
  if (block.type !== 'send-message') return [];
  return listBlockTexts(block).flatMap(({ source, path: [, ...path] }): FieldSlip[] => {
    if (source.includes('$(')) return [];
    const field = path.at(-1);
    if ((field === 'url' || field === 'image') && toAddress(source) === undefined) {
      const message = `${quoted(source)} is no web address: what has it is left out.`;
      return [{ path, code: 'no-address', message, remedy: `Write https:// before it: ${withHttps(source)}.` }];
    }
    if (field === 'phone' && toNumberToCall(source) === undefined) {
      const message = `${quoted(source)} is no number that Messenger calls: its button is left out.`;
      return [{ path, code: 'no-number-to-call', message, remedy: 'Begin with + and the country: "+49 30 123456".' }];
    }
    return [];
  });
}

function withHttps(source: string): string {
  return `https://${source.trim().replace(/^(?:[a-z]+:)?\/*/i, '')}`;
}

/** What is written in digits and is no quantity, in English and German as a word of its own. */
const CODES =
  /(?:^|[^\p{L}])(?:zip|zip ?codes?|post ?codes?|postal(?: ?codes?)?|plz|postleitzahl|pin|iban|cvv|cvc|(?:last|first) (?:\w+ )?digits|last ?(?:4|four)|letzten? (?:\w+ )?(?:ziffern|stellen)|code postal|código postal)(?:$|[^\p{L}])/iu;

/** A number keeps no zeros in front: 01067 becomes 1067. */
export function findDigitsAsNumbers(block: ScenarioBlock): FieldSlip[] {
  if (block.type !== 'request-input') return [];
  const { form } = block.fields;
  return listQuestions(block.fields).flatMap(({ type, into, text }, index): FieldSlip[] => {
    const words = `${into.replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2').replaceAll(/[._-]/g, ' ')} | ${firstSaid(text)}`;
    if (type !== 'number' || !CODES.test(words)) return [];
    return [
      {
        path: form ? ['form', index, 'type'] : ['type'],
        code: 'digits-as-number',
        message: 'A number keeps no zeros in front: 01067 becomes 1067.',
        remedy: String.raw`Write type: text, and look at it behind the question: $(${into}) matches '^\d{5}$'.`,
      },
    ];
  });
}

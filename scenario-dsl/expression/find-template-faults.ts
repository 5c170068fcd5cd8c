import type { SyntaxFault } from './expression.ts';
import { catchFault, parseTemplateText, readSubstitution } from './parse-expression.ts';

const MAX_FAULTS = 20;

/** Everything that is wrong with the substitutions of a text, one fault for each. */
export function findTemplateFaults(source: string): SyntaxFault[] {
  const whole = parseTemplateText(source);
  if ('template' in whole) return [];
  const faults: SyntaxFault[] = [];
  for (let at = source.indexOf('$('); at >= 0 && faults.length < MAX_FAULTS; at = source.indexOf('$(', at)) {
    if (source.charAt(at - 1) === '$') {
      at += 2;
      continue;
    }
    const read = catchFault(source, () => readSubstitution(source, { at, depth: 0 }));
    if ('fault' in read) faults.push(read.fault);
    const close = source.indexOf(')', at);
    if ('fault' in read && close < 0) break;
    at = 'fault' in read ? close + 1 : read.end;
  }
  return faults.length === 0 ? [whole.fault] : faults;
}

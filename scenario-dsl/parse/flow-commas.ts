import { isScalar, Scalar, type Node } from 'yaml';
import { quoted, type Finding } from '../problems/finding.ts';
import { quote } from './explain-yaml-fault.ts';

/** A key and its value in { }. */
export type FlowPair = { key: Node; value: Node | null };

/** The value without quotes that a comma has cut off from what stands behind it as a key; undefined where that is one. */
export function findCut(before: FlowPair, behind: FlowPair): Scalar | undefined {
  const { value } = before;
  if (!isScalar(value) || value.type !== Scalar.PLAIN) return undefined;
  const isNumber = typeof value.value === 'number' && isScalar(behind.key) && /^\d+$/.test(behind.key.source ?? '');
  return typeof value.value === 'string' || isNumber ? value : undefined;
}

/** What is told of a value that is cut at a comma. */
export function describeComma(whole: string): Pick<Finding, 'message' | 'remedy'> {
  if (/^[-+]?\d+(?:,\d+)+$/.test(whole)) {
    return {
      message: `In { } a comma ends a value: ${quoted(whole)} is cut at it.`,
      remedy: `Write the number without it: ${toNumber(whole)}; as a text in quotes: ${quote(whole)}.`,
    };
  }
  return {
    message: `In { } a comma ends a text without quotes: ${quoted(whole)} is cut at it.`,
    remedy: `Put the text in quotes: ${quote(whole)}.`,
  };
}

/** `5,000,000` has commas between thousands, `12,50` a decimal comma. */
export function toNumber(written: string): number {
  return Number(/^[-+]?\d{1,3}(?:,\d{3})+$/.test(written) ? written.replaceAll(',', '') : written.replace(',', '.'));
}

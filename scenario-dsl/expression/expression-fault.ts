import type { SyntaxFault } from './expression.ts';

/** Leaves the parser's recursion; never leaves the parser. */
export class ExpressionFault extends Error {
  readonly fault: SyntaxFault;
  constructor(fault: SyntaxFault) {
    super(fault.message);
    this.fault = fault;
  }
}

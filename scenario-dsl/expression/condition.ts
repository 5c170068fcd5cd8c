import type { Template, VariableReference } from '../template.ts';

export const comparisonOperators = ['==', '!=', '<=', '>=', '<', '>', 'contains', 'starts-with', 'ends-with'] as const;

export type ComparisonOperator = (typeof comparisonOperators)[number];

/** A parsed condition of an If block. */
export type Condition =
  | { kind: 'and'; left: Condition; right: Condition }
  | { kind: 'or'; left: Condition; right: Condition }
  | { kind: 'not'; condition: Condition }
  | { kind: 'compare'; operator: ComparisonOperator; left: Operand; right: Operand }
  | { kind: 'is-empty'; operand: Operand; negated: boolean }
  | { kind: 'truth'; operand: Operand };

export type Operand =
  | { kind: 'value'; value: number | boolean }
  | { kind: 'text'; template: Template }
  | { kind: 'variable'; reference: VariableReference };

import { isScalar, visit, type Document } from 'yaml';

/** A variable that the environment does not have; `offset`: characters from the beginning of the file. */
export interface MissingVariable {
  name: string;
  offset: number;
}

const REFERENCE = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Writes a text so that `substituteVariables` gives it back as it is. */
export function escapeVariables(text: string): string {
  return text.replace(REFERENCE, (whole: string) => `$${whole}`);
}

/**
 * Replaces `${NAME}` in every text of a document by the environment's value; `$${NAME}` stays as `${NAME}`. After YAML
 * was read, so that a secret is a text whatever characters it holds. Gives the variables that are not there.
 */
export function substituteVariables(document: Document, env: NodeJS.ProcessEnv): MissingVariable[] {
  const missing: MissingVariable[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      node.value = node.value.replace(REFERENCE, (whole: string, escape: string, name: string) => {
        if (escape !== '') return whole.slice(1);
        const value = env[name];
        if (value === undefined || value === '') missing.push({ name, offset: node.range?.[0] ?? 0 });
        return value ?? '';
      });
    },
  });
  return missing;
}

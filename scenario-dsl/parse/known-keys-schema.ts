import { z } from 'zod';

/** The keys that a schema knows in the map at `path`; none where it has no fixed ones. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional) return knownKeys(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((option) => knownKeys(option, path)))];
  const [first, ...rest] = path;
  if (schema instanceof z.ZodUnion) {
    const isItem = typeof first === 'number';
    return schema.options
      .filter((option) => option instanceof z.ZodArray === isItem)
      .flatMap((option) => knownKeys(option, path));
  }
  if (schema instanceof z.ZodArray && first !== undefined) return knownKeys(schema.element, rest);
  if (schema instanceof z.ZodRecord && first !== undefined) return knownKeys(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return Object.keys(schema.shape);
  const inner: unknown = schema.shape[String(first)];
  return inner instanceof z.ZodType ? knownKeys(inner, rest) : [];
}

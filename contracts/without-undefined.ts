/** An object whose fields are absent rather than undefined. */
export type WithoutUndefined<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & { [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined> };

/** Gives a copy without the fields that are undefined. Only the object itself is copied, not what lies in it. */
export function withoutUndefined<Fields extends object>(fields: Fields): WithoutUndefined<Fields>;
export function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

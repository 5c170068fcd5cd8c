/** A name of the author's as an id: `Ask_Name` as `ask-name`; empty where nothing of it can be one. */
export function toKebab(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
}

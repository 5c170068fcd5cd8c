/** Takes the focus to the next region of the page, round and round. */
export function focusNextRegion(): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  );
  const present = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(present + 1) % regions.length];
  const first = next?.querySelector<HTMLElement>('textarea, [tabindex="0"], a[href], button:not([disabled]), input');
  (first ?? next)?.focus();
}

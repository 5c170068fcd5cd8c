import type { ScenarioState } from '../run/step.ts';

/**
 * A short name of a state: another one as soon as anything in it is another. By our own arithmetic, as the workflow sandbox, the api and
 * browsers have no digest in common that is there at once; nobody gains by finding two states of one name.
 */
export function stateKeyOf(state: ScenarioState): string {
  let [high, low] = [0xde_ad_be_ef, 0x41_c6_ce_57];
  for (const letter of JSON.stringify(state)) {
    const code = letter.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return hex(high) + hex(low);
}

function hex(part: number): string {
  return (part >>> 0).toString(16).padStart(8, '0');
}

/** A fault put into the product's code on its way into a world: proof that the worlds would find it. */
export interface Mutant {
  /** What is wrong, in words. */
  fault: string;
  patches: Patch[];
  /** Title of the invariant that breaks. */
  breaks: string;
  /** A seed in whose world it does, or soon after: where nobody knows, all are played from 1. */
  seed: number;
}

interface Patch {
  /** Path from the root of the repository. */
  file: string;
  /** Text that stands there once, and what stands in its place. */
  find: string;
  replace: string;
}

/** A fault put into the product's code on its way into a world: proof that the worlds would find it. */
export interface Mutant {
  /** What is wrong, in words. */
  fault: string;
  /** Path from the root of the repository. */
  file: string;
  /** Text that stands there once, and what stands in its place. */
  find: string;
  replace: string;
  /** Title of the invariant that breaks. */
  breaks: string;
}

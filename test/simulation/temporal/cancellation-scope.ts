import { AsyncLocalStorage } from 'node:async_hooks';
import { CancelledFailure } from './failures.ts';

/** A part of an actor's work that can be called off. What is awaited within it stays within it, as in the SDK. */
export class CancellationScope {
  isCancelled = false;
  readonly isShielded: boolean;
  readonly #parent: CancellationScope | undefined;
  readonly #children = new Set<CancellationScope>();
  readonly #listeners = new Set<(error: CancelledFailure) => void>();

  constructor({ isRoot = false, cancellable = true }: { isRoot?: boolean; cancellable?: boolean } = {}) {
    const parent = isRoot ? undefined : CancellationScope.current();
    this.#parent = parent;
    this.isShielded = !cancellable;
    if (parent) parent.#children.add(this);
  }

  static current(): CancellationScope {
    return scopes.getStore() ?? findRoot();
  }

  static cancellable<Result>(work: () => Promise<Result>): Promise<Result> {
    return new CancellationScope().run(work);
  }

  static nonCancellable<Result>(work: () => Promise<Result>): Promise<Result> {
    return new CancellationScope({ cancellable: false }).run(work);
  }

  get consideredCancelled(): boolean {
    if (this.isShielded) return false;
    return this.isCancelled || (this.#parent?.consideredCancelled ?? false);
  }

  get cancelRequested(): Promise<never> {
    return new Promise((_resolve, reject) => {
      // As in the SDK, also of one that was called off before anybody asked.
      if (this.isCancelled) reject(new CancelledFailure('Cancellation scope cancelled'));
      else this.onCancel(reject);
    });
  }

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return scopes.run(this, work);
  }

  cancel(): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    const error = new CancelledFailure('Cancellation scope cancelled');
    for (const listener of this.#listeners) listener(error);
    for (const child of this.#children) if (!child.isShielded) child.cancel();
  }

  /** Calls back when this scope is called off. Gives the way to stop listening. */
  onCancel(listener: (error: CancelledFailure) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const scopes = new AsyncLocalStorage<CancellationScope>();

let findRoot: () => CancellationScope = () => {
  throw new Error('No workflow code is running');
};

/** Says how the root scope of the actor whose code runs is found. */
export function findRootScopesBy(find: () => CancellationScope): void {
  findRoot = find;
}

/** The scope in which code runs now; the root of the actor where it entered none. */
export function scopeWithin(root: CancellationScope): CancellationScope {
  return scopes.getStore() ?? root;
}

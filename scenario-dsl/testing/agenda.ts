/** Something that happens by itself at a moment, in milliseconds since 1970. */
export interface Plan {
  at: number;
  run: () => void;
  /** Only an alert: by itself it moves nothing on. */
  isQuiet: boolean;
}

/** What the simulated world does later by itself: the earliest first, of one moment what was planned first. */
export class Agenda {
  private plans: Plan[] = [];

  plan(at: number, run: () => void, { isQuiet }: { isQuiet: boolean } = { isQuiet: false }): Plan {
    const plan = { at, run, isQuiet };
    this.plans.push(plan);
    return plan;
  }

  cancel(plan: Plan | undefined): void {
    this.plans = this.plans.filter((other) => other !== plan);
  }

  get nextAt(): number {
    return Math.min(...this.plans.map(({ at }) => at), Infinity);
  }

  /** As `nextAt`, of what moves something on. */
  get nextMoveAt(): number {
    return Math.min(...this.plans.filter(({ isQuiet }) => !isQuiet).map(({ at }) => at), Infinity);
  }

  /** Runs the earliest plan. */
  runNext(): void {
    const at = this.nextAt;
    const next = this.plans.find((plan) => plan.at === at);
    this.cancel(next);
    next?.run();
  }
}

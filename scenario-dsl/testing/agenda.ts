/** Something that happens by itself at a moment, in milliseconds since 1970. */
export interface Plan extends PlanOptions {
  at: number;
  run: () => void;
}

export interface PlanOptions {
  /** Only an alert: by itself it moves nothing on. */
  isQuiet: boolean;
  /** A word on what the scenario's own timer is about to do: it comes before that. */
  isNote?: boolean;
}

/** What the simulated world does later by itself: the earliest first, of one moment what was planned first. */
export class Agenda {
  private plans: Plan[] = [];

  plan(at: number, run: () => void, options: PlanOptions = { isQuiet: false }): Plan {
    const plan = { at, run, ...options };
    this.plans.push(plan);
    return plan;
  }

  cancel(plan: Plan | undefined): void {
    this.plans = this.plans.filter((other) => other !== plan);
  }

  /** Something is to be said of this moment before anything happens in it. */
  hasNote(at: number): boolean {
    return this.plans.some((plan) => plan.isNote === true && plan.at === at);
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
    const due = this.plans.filter((plan) => plan.at === at);
    const next = due.find(({ isNote }) => isNote) ?? due[0];
    this.cancel(next);
    next?.run();
  }
}

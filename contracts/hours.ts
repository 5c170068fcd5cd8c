/** Days of a week, 1 (Monday) to 7. `from` and `to` are `HH:MM`; a `to` that is not later than `from` lies on the next day. */
export interface OpeningTimes {
  days: number[];
  from: string;
  to: string;
}

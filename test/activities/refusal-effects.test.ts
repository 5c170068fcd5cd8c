import { describe, expect, it } from 'vitest';
import { EFFECT_OF_REFUSAL } from '../../activities/resolve-failed-send.ts';
import { classifyGraphError } from '../../adapters/messenger/graph-errors.ts';
import { sendLaneChangeOf } from '../../adapters/messenger/send-lane.ts';

type PartEffect =
  'tried again' | 'waits its turn' | 'waits for the Page' | 'waits for the customer' | 'has failed' | 'echo decides';
type SendLaneEffect = 'none' | 'held' | 'closed';
type Row = [codes: string, part: PartEffect, sendLane: SendLaneEffect];

/** Each code and subcode of Meta's table, and what it does to the message and to the Page. */
const ROWS: Row[] = [
  ['1', 'tried again', 'none'],
  ['1/99', 'tried again', 'none'],
  ['1/1357046', 'echo decides', 'none'],
  ['2', 'tried again', 'none'],
  ['2/2018344', 'waits for the Page', 'closed'],
  ['4', 'waits its turn', 'held'],
  ['4/2018022', 'waits its turn', 'held'],
  ['4/2018354', 'has failed', 'none'],
  ['9/2018352', 'has failed', 'none'],
  ['17', 'waits its turn', 'held'],
  ['32', 'waits its turn', 'held'],
  ['613', 'waits its turn', 'held'],
  ['80001', 'waits its turn', 'held'],
  ['80002', 'waits its turn', 'held'],
  ['80006', 'waits its turn', 'held'],
  ['341', 'waits its turn', 'held'],
  ['368', 'waits for the Page', 'closed'],
  ['1200', 'tried again', 'none'],
  ['10/2018278', 'waits for the customer', 'none'],
  ['10/2534022', 'waits for the customer', 'none'],
  ['10/2018065', 'waits for the customer', 'none'],
  ['10/2018108', 'has failed', 'none'],
  ['100', 'has failed', 'none'],
  ['100/2018001', 'has failed', 'none'],
  ['100/2018109', 'has failed', 'none'],
  ['100/2018034', 'has failed', 'none'],
  ['100/33', 'has failed', 'none'],
  ['190', 'waits for the Page', 'closed'],
  ['190/458', 'waits for the Page', 'closed'],
  ['190/459', 'waits for the Page', 'closed'],
  ['190/460', 'waits for the Page', 'closed'],
  ['190/463', 'waits for the Page', 'closed'],
  ['190/467', 'waits for the Page', 'closed'],
  ['200', 'waits for the Page', 'closed'],
  ['299', 'waits for the Page', 'closed'],
  ['200/1545041', 'has failed', 'none'],
  ['551/1545041', 'has failed', 'none'],
  ['551', 'has failed', 'none'],
  ['200/2018028', 'waits for the Page', 'closed'],
  ['230', 'has failed', 'none'],
  ['10303', 'has failed', 'none'],
  ['546', 'has failed', 'none'],
  ['10/1893063', 'waits its turn', 'held'],
  ['10/2534122', 'waits its turn', 'held'],
  ['10/2534029', 'waits its turn', 'held'],
];

const PART_EFFECTS = {
  'try-again': 'tried again',
  'hold-send-lane': 'waits its turn',
  'wait-for-page': 'waits for the Page',
  'wait-for-customer': 'waits for the customer',
  fail: 'has failed',
} as const;
const SEND_LANE_EFFECTS = { hold: 'held', close: 'closed' } as const;

describe('an error of the Send API', () => {
  it.each(ROWS)('%s: the message %s, the send lane is %s', (...row) => {
    const [codes, part, sendLane] = row;
    const [code, subcode] = codes.split('/').map(Number);
    const error = classifyGraphError(400, { error: { code, error_subcode: subcode } });
    const isAmbiguous = error.class === 'ambiguous';
    const outcome = isAmbiguous
      ? ({ outcome: 'ambiguous', reason: error.operatorMessage, error } as const)
      : ({ outcome: 'refused', error } as const);
    expect(isAmbiguous ? 'echo decides' : PART_EFFECTS[EFFECT_OF_REFUSAL[error.class]]).toBe(part);
    const change = sendLaneChangeOf(outcome, 0);
    expect(change && change.type in SEND_LANE_EFFECTS ? SEND_LANE_EFFECTS[change.type as 'hold'] : 'none').toBe(
      sendLane,
    );
    expect(error.operatorMessage).toMatch(/^[A-Z].{20,}\.$/);
  });
});

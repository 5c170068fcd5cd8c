import { describe, expect, it } from 'vitest';
import { EFFECT_OF_REFUSAL } from '../../activities/resolve-failed-send.ts';
import { GRAPH_ERROR_ROWS } from '../../adapters/messenger/graph-error-rows.ts';
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
  ['100/2018008', 'has failed', 'none'],
  ['100/2018047', 'has failed', 'none'],
  ['100/33', 'waits for the Page', 'closed'],
  ['3', 'waits for the Page', 'closed'],
  ['10', 'waits for the Page', 'closed'],
  ['10/123', 'waits for the Page', 'closed'],
  ['101', 'waits for the Page', 'closed'],
  ['102', 'waits for the Page', 'closed'],
  ['2500', 'waits for the Page', 'closed'],
  ['2022', 'waits its turn', 'held'],
  ['80004', 'waits its turn', 'held'],
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
  ['230', 'waits for the Page', 'closed'],
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

/** Codes of two meanings, and codes that no row knows: Meta's words tell whose fault it is. */
const WORDS: Row[] = [
  ['230 (#230) Requires pages_messaging permission to manage the object', 'waits for the Page', 'closed'],
  ['230 User consent is required to access user profile', 'has failed', 'none'],
  ['10 (#10) This message is sent outside of allowed window.', 'waits for the customer', 'none'],
  ['10 (#10) Application does not have permission for this action', 'waits for the Page', 'closed'],
  ['100 Invalid appsecret_proof provided in the API argument', 'waits for the Page', 'closed'],
  ['100 (#100) Param title is required', 'has failed', 'none'],
  ['9999 You are temporarily blocked from performing this action', 'waits its turn', 'held'],
  ['9999 Requires the pages_x permission', 'waits for the Page', 'closed'],
  ['9999 Something else', 'has failed', 'none'],
];

describe('an error of the Send API', () => {
  it.each(ROWS)('%s: the message %s, the send lane is %s', (...row) => {
    const [codes, part, sendLane] = row;
    const [code, subcode] = codes.split('/').map(Number);
    expect(effectsOf({ code, error_subcode: subcode })).toEqual([part, sendLane]);
  });

  it.each(WORDS)('%s: the message %s, the send lane is %s', (...row) => {
    const [error, part, sendLane] = row;
    const [code, ...words] = error.split(' ');
    expect(effectsOf({ code: Number(code), message: words.join(' ') })).toEqual([part, sendLane]);
  });

  it.each([401, 403])('that no row knows closes the send lane with HTTP %s: nobody is let in', (httpStatus) => {
    expect(effectsOf({ code: 9999 }, httpStatus)).toEqual(['waits for the Page', 'closed']);
  });

  it.each(GRAPH_ERROR_ROWS)(
    'that is the fault of Page or app fails no message, one that is not stops no Page: %j',
    (row) => {
      const effect = EFFECT_OF_REFUSAL[row.class];
      const isOfPage = row.scope === 'page' || row.scope === 'app';
      expect(effect === 'wait-for-page' || effect === 'hold-send-lane').toBe(isOfPage);
    },
  );
});

function effectsOf(said: object, httpStatus = 400): [PartEffect, SendLaneEffect] {
  const error = classifyGraphError(httpStatus, { error: said });
  expect(error.operatorMessage).toMatch(/^[A-Z].{20,}\.$/);
  const isAmbiguous = error.class === 'ambiguous';
  const outcome = isAmbiguous
    ? ({ outcome: 'ambiguous', reason: error.operatorMessage, error } as const)
    : ({ outcome: 'refused', error } as const);
  const change = sendLaneChangeOf(outcome, 0);
  return [
    isAmbiguous ? 'echo decides' : PART_EFFECTS[EFFECT_OF_REFUSAL[error.class]],
    change && change.type in SEND_LANE_EFFECTS ? SEND_LANE_EFFECTS[change.type as 'hold'] : 'none',
  ];
}

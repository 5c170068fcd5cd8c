import { describe, expect, it } from 'vitest';
import { asCsvText } from '../../reports/to-csv.ts';

describe('A text in a cell of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-x', "'-x"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t'=1"],
    ['\n=1', "'\n=1"],
    ['  =1', "'  =1"],
    ['＝1+1', "'＝1+1"],
    ['Hans;=HYPERLINK("x")', `Hans;'=HYPERLINK("x")`],
    ['a; @b', "a;' @b"],
  ])('is no formula anywhere that a spreadsheet begins a cell: %j', (text, cell) => {
    expect(asCsvText(text)).toBe(cell);
  });

  it.each(['Ada', 'a=b', 'a - b; c', '1;2', ''])('stays as it is where it is none: %j', (text) => {
    expect(asCsvText(text)).toBe(text);
  });
});

import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { markWords } from '../../../../contracts/search-words.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import type { RecordView } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { useColumns, type Column } from './columns.ts';
import { OutcomeMark } from './outcome-mark.tsx';

const AT_END: ReadonlySet<Column> = new Set(['wait', 'length', 'messages']);

/** The conversations that were found, one in a line; the whole line opens it. */
export function RecordTable({
  records,
  words,
  isStale,
  onOpen,
  foot,
}: {
  records: readonly RecordView[];
  words: string | undefined;
  /** What is shown is of the question before. */
  isStale: boolean;
  onOpen: (id: string) => void;
  foot: ReactNode;
}): ReactNode {
  const { t } = useTranslation('records');
  const shown = useColumns((columns) => columns.shown);
  return (
    <div className={`recs-scroll ${isStale ? 'stale' : ''}`} tabIndex={0} role="group" aria-label={t('title')}>
      <table className="table recs-table">
        <thead>
          <tr>
            <th scope="col">{t('column.customer')}</th>
            {shown.map((column) => (
              <th key={column} scope="col" className={AT_END.has(column) ? 'r' : ''}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Row key={record.id} record={record} words={words} shown={shown} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {foot && <div className="recs-foot">{foot}</div>}
    </div>
  );
}

function Row({
  record,
  words,
  shown,
  onOpen,
}: {
  record: RecordView;
  words: string | undefined;
  shown: readonly Column[];
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const name = useCustomerName()(record);
  const open = (event: MouseEvent): void => {
    // Who marks words in a line does not mean to leave it.
    if (getSelection()?.isCollapsed === false && event.detail > 0) return;
    onOpen(record.id);
  };
  return (
    <tr className="recs-row" onClick={open}>
      <th scope="row">
        <span className="recs-who">
          <Avatar name={name} size={28} />
          <span className="recs-name">
            <button
              type="button"
              className="recs-open clip"
              onClick={(event) => {
                event.stopPropagation();
                onOpen(record.id);
              }}
            >
              <bdi>{name}</bdi>
            </button>
            {record.excerpt && words !== undefined && (
              <span className="recs-quote clip" dir="auto">
                <span className="visually-hidden">{t(`quoted.${record.excerpt.by}`)}: </span>
                {stretchesOf(record.excerpt.text, words).map(({ at, text, isHit }) =>
                  isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
                )}
              </span>
            )}
          </span>
        </span>
      </th>
      {shown.map((column) => (
        <td key={column} className={AT_END.has(column) ? 'r' : ''} data-label={t(`column.${column}`)}>
          <Cell record={record} column={column} />
        </td>
      ))}
    </tr>
  );
}

const BEFORE_HIT = 24;

/** The text with its words marked, each stretch with where it begins. */
function stretchesOf(text: string, words: string): { at: number; text: string; isHit: boolean }[] {
  let at = 0;
  return markWords(aroundHit(text, words), words).map((stretch) => {
    const placed = { at, ...stretch };
    at += stretch.text.length;
    return placed;
  });
}

/** The text from a little before the first word that was looked for. */
function aroundHit(text: string, words: string): string {
  const before = markWords(text, words)
    .map(({ text: stretch, isHit }) => (isHit ? undefined : stretch))
    .at(0);
  if (before === undefined || before.length <= BEFORE_HIT) return text;
  const cut = before.indexOf(' ', before.length - BEFORE_HIT);
  return cut === -1 ? text : `… ${text.slice(cut + 1)}`;
}

function Cell({ record, column }: { record: RecordView; column: Column }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const none = <span className="muted">{t('none')}</span>;
  const words = (text: string | undefined): ReactNode =>
    text === undefined || text === '' ? (
      none
    ) : (
      <span className="clip recs-text" title={text}>
        {text}
      </span>
    );
  switch (column) {
    case 'startedAt':
      return <span className="num">{formats.moment(record.startedAt)}</span>;
    case 'agents':
      return words(record.agents.map(({ name }) => name).join(', '));
    case 'outcome':
      return <OutcomeMark outcome={record.outcome} reason={record.endReason} />;
    case 'dispositions':
      return words(record.dispositions.join(', '));
    case 'wait':
      return record.waitMs === undefined ? none : formatDuration(record.waitMs);
    case 'length':
      return record.lengthMs === undefined ? none : formatDuration(record.lengthMs);
    case 'messages':
      return formats.number(record.messages);
    case 'evaluation':
      return <Scores scores={record.evaluationScores} />;
    case 'survey':
      return <Scores scores={[record.surveyScore]} />;
    case 'labels':
      return <Labels labels={record.labels} />;
    case 'scenario':
      return words(record.scenario?.name);
    case 'service':
    case 'account':
    case 'entry':
      return words(record[column]);
  }
}

function Scores({ scores = [] }: { scores?: readonly (number | undefined)[] | undefined }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const known = scores.filter((score) => score !== undefined);
  if (known.length === 0) return <span className="muted">{t('none')}</span>;
  return known.map((score) => formats.number(score)).join(', ');
}

function Labels({ labels }: { labels: readonly string[] }): ReactNode {
  const { t } = useTranslation('records');
  if (labels.length === 0) return <span className="muted">{t('none')}</span>;
  return labels.map((label) => <Label key={label} name={label} />);
}

function Label({ name }: { name: string }): ReactNode {
  return <span className="chip">{name}</span>;
}

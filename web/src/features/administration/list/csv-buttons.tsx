import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { tell } from '../../../shared/data/toasts.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { ofKind, showAnew, type Item } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import { readUsers, writeUsers } from '../model/user-csv.ts';
import { save } from './download.ts';
import { judgeUsers, type JudgedUser } from './judge-users.ts';

/** Users as a spreadsheet, out and in; what comes in is tried first and changes nothing until that is confirmed. */
export function CsvButtons({ users }: { users: readonly Item[] }): ReactNode {
  const { word } = useWords();
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [judged, setJudged] = useState<JudgedUser[]>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function tryFile(file: File): Promise<void> {
    const { users: read, unknown, hasNoNames } = readUsers(await file.text());
    if (hasNoNames || unknown.length > 0) {
      setFailure(word(hasNoNames ? 'csv.noNames' : 'csv.unknown', { columns: unknown.join(', ') }));
      return setJudged([]);
    }
    setFailure(undefined);
    setJudged(await judgeUsers(read, { dryRun: true }));
  }

  async function take(): Promise<void> {
    setIsBusy(true);
    const result = await judgeUsers(judged ?? [], { dryRun: false }).finally(() => setIsBusy(false));
    if (result.some(({ problems }) => problems.length > 0)) return setJudged(result);
    await showAnew(queryClient);
    setJudged(undefined);
    tell({ kind: 'success', title: word('csv.taken', { count: result.length }) });
  }

  const isRefused = failure !== undefined || (judged ?? []).some(({ problems }) => problems.length > 0);
  const changes = (judged ?? []).filter(({ outcome }) => outcome === 'created' || outcome === 'changed').length;
  return (
    <>
      <button
        type="button"
        className="btn quiet hide-phone"
        onClick={() =>
          save(new Blob([`\uFEFF${writeUsers(ofKind(users, 'user'))}`], { type: 'text/csv' }), 'users.csv')
        }
      >
        <Icon of={IconDownload} />
        {word('csv.out')}
      </button>
      <button type="button" className="btn quiet hide-phone" onClick={() => input.current?.click()}>
        <Icon of={IconUpload} />
        {word('csv.in')}
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={word('csv.in')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void tryFile(file);
        }}
      />
      <Dialog
        isOpen={judged !== undefined}
        title={word('csv.title')}
        onClose={() => setJudged(undefined)}
        foot={
          <>
            <button type="button" className="btn outline" onClick={() => setJudged(undefined)}>
              {word('csv.cancel')}
            </button>
            {!isRefused && (
              <button
                type="button"
                className="btn primary"
                aria-disabled={isBusy || changes === 0}
                onClick={() => changes > 0 && void take()}
              >
                {word('csv.take', { count: changes })}
              </button>
            )}
          </>
        }
      >
        <div className="dialog-text" role="status">
          <p>{failure ?? word(isRefused ? 'csv.refused' : 'csv.tried')}</p>
          <OutcomeTable judged={judged ?? []} />
        </div>
      </Dialog>
    </>
  );
}

function OutcomeTable({ judged }: { judged: readonly JudgedUser[] }): ReactNode {
  const { word } = useWords();
  if (judged.length === 0) return null;
  return (
    <div className="csv-rows scroll" tabIndex={0} role="region" aria-label={word('csv.title')}>
      <table className="small-table">
        <thead>
          <tr>
            <th scope="col">{word('csv.line')}</th>
            <th scope="col">{word('columns.name')}</th>
            <th scope="col">{word('csv.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {judged.map(({ line, name, outcome, problems }) => (
            <tr key={line}>
              <td className="num">{line}</td>
              <td>{name}</td>
              <td>
                {problems.length === 0
                  ? word(`csv.outcomes.${outcome ?? 'unchanged'}`)
                  : problems.map((problem) => (
                      <span key={problem} className="t-danger block">
                        {problem}
                      </span>
                    ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

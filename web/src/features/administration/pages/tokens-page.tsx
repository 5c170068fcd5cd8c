import { IconCopy, IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { scopesQuery, tokensQuery } from '../data/operations.ts';
import { useWords } from '../form/words.ts';
import { PageHead } from './page-head.tsx';
import { useAction } from './use-action.ts';

/** Tokens by which programs call the API, each for some groups of routes. */
export function TokensPage(): ReactNode {
  const { word } = useWords();
  const tokens = useQuery(tokensQuery).data;
  const [isOpen, setIsOpen] = useState(false);
  const [shown, setShown] = useState<string>();
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.tokens.title')} {...(tokens && { count: tokens.length })}>
        <button type="button" className="btn primary" onClick={() => setIsOpen(true)}>
          <Icon of={IconPlus} />
          {word('tokens.new')}
        </button>
      </PageHead>
      <div className="admin-scroll scroll">
        {shown !== undefined && <ShownToken token={shown} />}
        {tokens?.length === 0 && shown === undefined ? (
          <div className="admin-empty">
            <EmptyState icon={IconKey} title={word('tokens.emptyTitle')}>
              {word('tokens.emptyText')}
            </EmptyState>
          </div>
        ) : (
          <TokenTable />
        )}
      </div>
      <NewToken
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onMade={(token) => {
          setIsOpen(false);
          setShown(token);
        }}
      />
    </main>
  );
}

function ShownToken({ token }: { token: string }): ReactNode {
  const { word } = useWords();
  return (
    <div className="page-body">
      <div className="shown-token" role="status">
        <span className="med">{word('tokens.shownOnce')}</span>
        <code className="mono break">{token}</code>
        <button
          type="button"
          className="btn outline add-row"
          onClick={() => {
            void navigator.clipboard.writeText(token);
            tell({ kind: 'success', title: word('form.copied', { label: word('tokens.token') }) });
          }}
        >
          <Icon of={IconCopy} />
          {word('tokens.copy')}
        </button>
      </div>
    </div>
  );
}

function TokenTable(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const tokens = useQuery(tokensQuery).data ?? [];
  return (
    <table className="table admin-table">
      <thead>
        <tr>
          <th scope="col">{word('columns.name')}</th>
          <th scope="col" className="off-phone">
            {word('tokens.scopes')}
          </th>
          <th scope="col" className="off-phone">
            {word('tokens.used')}
          </th>
          <th scope="col">{word('tokens.expires')}</th>
          <th scope="col">
            <span className="visually-hidden">{word('form.more')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map(({ id, name, scopes, createdBy, lastUsedAt, expiresAt }) => (
          <tr key={id}>
            <td>
              <span className="med">{name}</span>
              <span className="sub">{createdBy}</span>
            </td>
            <td className="off-phone mono" title={scopes.join(', ')}>
              {scopes.join(', ')}
            </td>
            <td className="off-phone">{lastUsedAt === null ? word('tokens.never') : formats.moment(lastUsedAt)}</td>
            <td className="num">{formats.day(expiresAt)}</td>
            <td className="r">
              <button
                type="button"
                className="btn sm outline"
                aria-label={word('tokens.revokeLabel', { name })}
                onClick={() =>
                  void act(() => call('DELETE /api/v1/tokens/:id', { params: { id } }), {
                    done: word('tokens.revoked', { name }),
                    shows: ['tokens'],
                  })
                }
              >
                {word('tokens.revoke')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const USUAL_DAYS = 90;

function NewToken({
  isOpen,
  onClose,
  onMade,
}: {
  isOpen: boolean;
  onClose: () => void;
  onMade: (token: string) => void;
}): ReactNode {
  const { word } = useWords();
  const queryClient = useQueryClient();
  const scopes = useQuery({ ...scopesQuery, enabled: isOpen }).data ?? [];
  const [name, setName] = useState('');
  const [days, setDays] = useState(String(USUAL_DAYS));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();

  async function make(): Promise<void> {
    const body = { name, scopes: [...chosen], expiresInDays: Number(days) };
    const response = await call('POST /api/v1/tokens', { body });
    if (!response.ok) {
      const [detail] = response.error.details;
      return setProblem(detail ? `${detail.path} ${detail.message}. ${detail.remedy ?? ''}` : response.error.message);
    }
    await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
    setName('');
    setChosen(new Set());
    setProblem(undefined);
    onMade(response.body.token);
  }

  return (
    <Dialog
      isOpen={isOpen}
      title={word('tokens.new')}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn outline" onClick={onClose}>
            {word('csv.cancel')}
          </button>
          <button type="button" className="btn primary" onClick={() => void make()}>
            {word('tokens.make')}
          </button>
        </>
      }
    >
      <div className="dialog-fields">
        <Field label={word('tokens.name')} hint={word('tokens.nameHint')} error={problem}>
          {(control) => (
            <div className="input">
              <input {...control} data-autofocus value={name} onChange={(event) => setName(event.target.value)} />
            </div>
          )}
        </Field>
        <Field label={word('tokens.days')}>
          {(control) => (
            <div className="input">
              <input
                {...control}
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.target.value.replaceAll(/\D/g, '').slice(0, 3))}
              />
            </div>
          )}
        </Field>
        <div className="scopes" role="group" aria-label={word('tokens.scopes')} tabIndex={0}>
          {scopes.map(({ scope, routes }) => (
            <label key={scope} title={routes.join('\n')}>
              <input
                type="checkbox"
                className="check-input"
                checked={chosen.has(scope)}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.target.checked) next.add(scope);
                  else next.delete(scope);
                  setChosen(next);
                }}
              />
              <span className="mono">{scope}</span>
            </label>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

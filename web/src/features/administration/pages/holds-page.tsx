import { IconScale } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { legalHoldsQuery, placeHold, releaseHold, type LegalHold } from '../../../shared/data/legal-holds.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useWords } from '../form/words.ts';
import { PageHead } from './page-head.tsx';

/** What neither retention nor erasure removes: each with who and why, to be released; and a way to hold a customer. */
export function HoldsPage(): ReactNode {
  const { word } = useWords();
  const { data: holds, error } = useQuery(legalHoldsQuery);
  const [released, setReleased] = useState<LegalHold>();
  const [isPlacing, setIsPlacing] = useState(false);
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.holds.title')} {...(holds && { count: holds.length })}>
        <button type="button" className="btn primary" onClick={() => setIsPlacing(true)}>
          <Icon of={IconScale} />
          {word('holds.place')}
        </button>
      </PageHead>
      <div className="admin-scroll scroll hold-list">
        <p className="muted">{word('holds.text')}</p>
        {error && (
          <div className="banner danger" role="alert">
            {error.message}
          </div>
        )}
        {holds?.length === 0 && <EmptyState icon={IconScale} title={word('holds.none')} />}
        <ul className="cards">
          {holds?.map((hold) => (
            <HoldCard key={hold.id} hold={hold} onRelease={() => setReleased(hold)} />
          ))}
        </ul>
      </div>
      <Dialog isOpen={isPlacing} title={word('holds.place')} onClose={() => setIsPlacing(false)} width={420}>
        <PlaceForm onDone={() => setIsPlacing(false)} />
      </Dialog>
      <ReleaseDialog hold={released} onClose={() => setReleased(undefined)} />
    </main>
  );
}

function HoldCard({ hold, onRelease }: { hold: LegalHold; onRelease: () => void }): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const { pageId, psid, conversationId, reason, placedBy, placedAt } = hold;
  return (
    <li className="trouble hold">
      <span className="grow">
        <span className="block med" dir="auto">
          {reason}
        </span>
        <span className="block xs">
          {conversationId === undefined ? (
            word('holds.ofCustomer', { psid, pageId })
          ) : (
            <Link to="/records/$id" params={{ id: conversationId }} search={{}}>
              {word('holds.ofConversation', { id: conversationId })}
            </Link>
          )}
        </span>
        <span className="xs muted num">{word('holds.by', { name: placedBy, time: formats.moment(placedAt) })}</span>
      </span>
      <button
        type="button"
        className="btn sm outline"
        aria-label={word('holds.releaseOne', { reason })}
        onClick={onRelease}
      >
        {word('holds.release')}
      </button>
    </li>
  );
}

function PlaceForm({ onDone }: { onDone: () => void }): ReactNode {
  const { word } = useWords();
  const client = useQueryClient();
  const [values, setValues] = useState({ pageId: '', psid: '', reason: '' });
  const [problem, setProblem] = useState<string>();
  const { pageId, psid, reason } = values;
  const isWhole = Object.values(values).every((each) => each.trim() !== '');
  async function place(): Promise<void> {
    const refused = await placeHold({ customer: { pageId: pageId.trim(), psid: psid.trim() } }, reason.trim());
    if (refused !== undefined) return setProblem(refused);
    await client.invalidateQueries(legalHoldsQuery);
    tell({ kind: 'success', title: word('holds.placed') });
    onDone();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void place();
      }}
    >
      <div className="dialog-text col">
        {(['pageId', 'psid', 'reason'] as const).map((name) => (
          <Field
            key={name}
            label={word(`holds.fields.${name}`)}
            {...(name === 'reason' && { hint: word('holds.reasonHint') })}
            error={name === 'psid' ? problem : undefined}
          >
            {(control) => (
              <div className="input">
                <input
                  {...control}
                  dir="auto"
                  value={values[name]}
                  maxLength={name === 'reason' ? 500 : 256}
                  onChange={(event) => {
                    setValues({ ...values, [name]: event.target.value });
                    setProblem(undefined);
                  }}
                />
              </div>
            )}
          </Field>
        ))}
      </div>
      <div className="dialog-foot">
        <button type="submit" className="btn primary end" disabled={!isWhole}>
          {word('holds.hold')}
        </button>
      </div>
    </form>
  );
}

function ReleaseDialog({ hold, onClose }: { hold: LegalHold | undefined; onClose: () => void }): ReactNode {
  const { word } = useWords();
  const client = useQueryClient();
  async function release(id: string): Promise<void> {
    const refused = await releaseHold(id);
    await client.invalidateQueries(legalHoldsQuery);
    tell(
      refused === undefined ? { kind: 'success', title: word('holds.released') } : { kind: 'danger', title: refused },
    );
    onClose();
  }
  return (
    <Dialog
      isOpen={hold !== undefined}
      width={420}
      title={word('holds.releaseTitle')}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn outline" data-autofocus onClick={onClose}>
            {word('holds.keep')}
          </button>
          <button type="button" className="btn danger" onClick={() => hold && void release(hold.id)}>
            {word('holds.release')}
          </button>
        </>
      }
    >
      <p className="dialog-text">{word('holds.releaseText')}</p>
    </Dialog>
  );
}
